namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>What of a question decides its text; values are parameters.</summary>
    /// <param name="Properties">How many; -1 for all.</param>
    /// <param name="Conditions">Which conditions.</param>
    /// <param name="Sources">How many.</param>
    /// <param name="Terms">How many spellings are searched for.</param>
    /// <param name="Sort">By what.</param>
    /// <param name="Descending">Which way.</param>
    /// <param name="Part">Which stretch of the order.</param>
    /// <param name="After">Whether it goes on after a place.</param>
    /// <param name="Many">Whether it reads up to the largest page, or the usual one.</param>
    /// <param name="Way">How the guests are found.</param>
    /// <param name="Tags">How many tags are asked for.</param>
    internal readonly record struct Shape(
        int Properties, Condition Conditions, int Sources, int Terms, ContactSort Sort, bool Descending, Part Part, bool After, bool Many, Way Way = Way.Walk, TagShape Tags = default);

    /// <summary>How many tags of which any, all or none are asked for, and how many to begin with: guests with one of these are looked at, others are not.</summary>
    internal readonly record struct TagShape(int Any, int All, int None, int From);

    /// <summary>How guests are found by what is searched for.</summary>
    internal enum Way
    {
        /// <summary>On the way through the sort's index.</summary>
        Walk,

        /// <summary>By the search index, then sorted.</summary>
        Index,

        /// <summary>The active ones, where those are few, then sorted.</summary>
        Active,

        /// <summary>The same for a text of two letters.</summary>
        Pairs,

        /// <summary>By the guests of a rare tag, then sorted.</summary>
        Tags,

        /// <summary>On the way through one tag's guests, which stand by the time they came.</summary>
        TagWalk,
    }

    /// <summary>Guests with the sort's key come first whichever way it goes, then those without.</summary>
    internal enum Part
    {
        Filled,
        Empty,
    }

    [Flags]
    internal enum Condition
    {
        None = 0,
        Active = 1,
        NotActive = 1 << 1,
        MinBookings = 1 << 2,
        MaxBookings = 1 << 3,
        MinSpent = 1 << 4,
        MaxSpent = 1 << 5,
        CreatedFrom = 1 << 6,
        CreatedTo = 1 << 7,
        LastStayFrom = 1 << 8,
        LastStayTo = 1 << 9,
        Phone = 1 << 10,
        NoPhone = 1 << 11,
        Email = 1 << 12,
        NoEmail = 1 << 13,
        Nobody = 1 << 14,
    }

    /// <summary>What of a count decides its text.</summary>
    internal readonly record struct CountShape(int Properties, Condition Conditions, int Sources, int Terms, Way Way = Way.Walk, TagShape Tags = default);
}
