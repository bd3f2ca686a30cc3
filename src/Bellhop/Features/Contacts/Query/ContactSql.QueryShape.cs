using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>What of a question decides its text; values are parameters.</summary>
    /// <param name="Criteria">Who is asked for, and how they are found.</param>
    /// <param name="Sort">By what.</param>
    /// <param name="Descending">Which way.</param>
    /// <param name="Part">Which stretch of the order.</param>
    /// <param name="After">Whether it goes on after a place.</param>
    /// <param name="Many">Whether it reads up to the largest page, or the usual one.</param>
    internal readonly record struct QueryShape(Criteria Criteria, ContactSort Sort, bool Descending, NullsPart Part, bool After, bool Many)
    {
        public int Properties => Criteria.Properties;
        public Plan Plan => Criteria.Plan;
    }

    /// <summary>Who is asked for, and how they are found.</summary>
    /// <param name="Properties">How many; -1 for all.</param>
    /// <param name="Conditions">Which tests.</param>
    /// <param name="Sources">How many.</param>
    /// <param name="Words">What is searched for, by its shape; empty for nothing.</param>
    /// <param name="Tags">How many tags are asked for.</param>
    /// <param name="Plan">How the guests are found.</param>
    /// <param name="Start">What a list of few starts from.</param>
    /// <param name="Most">More than so many are not sorted.</param>
    /// <param name="KnownAt">To any of how many properties a guest must be known, whichever the figures are of.</param>
    /// <param name="Segment">A segment's conditions, put together from constants.</param>
    /// <param name="Word">Which word the index is asked for, by its place.</param>
    internal readonly record struct Criteria(
        int Properties,
        TestSet Conditions,
        int Sources,
        string Words,
        TagShape Tags,
        Plan Plan = Plan.Walk,
        StartingIndex? Start = null,
        int Most = SearchPlanner.MostHits,
        int KnownAt = 0,
        string? Segment = null,
        int Word = SearchTerms.AllWords
    );

    /// <summary>
    /// How many tags of which any, all or none are asked for, and how many to begin with: guests with one of these are looked at, others
    /// are not.
    /// </summary>
    internal readonly record struct TagShape(int Any, int All, int None, int From);

    /// <summary>How guests are found by what is searched for.</summary>
    internal enum Plan
    {
        /// <summary>On the way through the sort's index.</summary>
        Walk,

        /// <summary>By the search index, then sorted.</summary>
        Index,

        /// <summary>The same for a text of two letters.</summary>
        Pairs,

        /// <summary>By the index of one condition that few meet, then sorted.</summary>
        Few,

        /// <summary>By the guests of a rare tag, then sorted.</summary>
        Tags,

        /// <summary>On the way through one tag's guests, which stand by the time they came.</summary>
        TagWalk,
    }

    /// <summary>Guests with the sort's key come first whichever way it goes, then those without.</summary>
    internal enum NullsPart
    {
        Filled,
        Empty,
    }
}
