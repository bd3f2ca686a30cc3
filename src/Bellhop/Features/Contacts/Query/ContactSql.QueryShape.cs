using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;

namespace Bellhop.Features.Contacts;

internal static partial class ContactSql
{
    /// <summary>The parts of a query that decide its SQL text. Values are parameters.</summary>
    /// <param name="Criteria">Which guests are asked for, and how they are found.</param>
    /// <param name="Sort">The sort order.</param>
    /// <param name="Descending">Whether the order is descending.</param>
    /// <param name="Part">Whether to read the guests with the sort's key, or those without.</param>
    /// <param name="After">Whether it continues after a place.</param>
    /// <param name="Many">True: it reads up to the largest page. False: up to the usual page.</param>
    internal readonly record struct QueryShape(Criteria Criteria, ContactSort Sort, bool Descending, NullsPart Part, bool After, bool Many)
    {
        public PropertyScope Scope => Criteria.Scope;
        public Plan Plan => Criteria.Plan;
        public bool IsByIndex => Criteria.IsByIndex;
    }

    /// <summary>Which guests are asked for, and how they are found.</summary>
    /// <param name="Scope">The properties that figures cover.</param>
    /// <param name="Conditions">The tests that apply.</param>
    /// <param name="Sources">The number of sources.</param>
    /// <param name="Words">The shape of the search, see <see cref="SearchSql"/>. The words themselves are values.</param>
    /// <param name="Tags">How many tags are asked for.</param>
    /// <param name="Plan">How the guests are found.</param>
    /// <param name="Start">The index that a list of few starts from.</param>
    /// <param name="Most">More hits than this are not sorted.</param>
    /// <param name="KnownAt">The number of properties at any of which the guest must be known, whatever the figures cover.</param>
    /// <param name="Segment">The conditions whose SQL is not kept, with their values.</param>
    /// <param name="Guests">For the plan of that name: the SELECT that a list of few starts from, with its values.</param>
    /// <param name="Word">The place of the word to look up in the search index.</param>
    /// <param name="IsOnly">The list is over the organisation's only property, and is read as one over all.</param>
    internal readonly record struct Criteria(
        PropertyScope Scope,
        TestSet Conditions,
        int Sources,
        string Words,
        TagShape Tags,
        Plan Plan = Plan.Walk,
        StartingIndex? Start = null,
        int Most = SearchPlanner.MostHits,
        int KnownAt = 0,
        Sql? Segment = null,
        Sql? Guests = null,
        int Word = SearchTerms.AllWords,
        bool IsOnly = false
    )
    {
        /// <summary>Whether the guests are found by an index other than the order's, and then sorted.</summary>
        public bool IsByIndex => Plan is not (Plan.Walk or Plan.TagWalk or Plan.Sum);
    }

    /// <summary>
    /// The numbers of tags of which a guest must have any, all or none, and of tags to start from. Only guests with a starting tag are
    /// looked at.
    /// </summary>
    internal readonly record struct TagShape(int Any, int All, int None, int From);

    /// <summary>How guests are found.</summary>
    internal enum Plan
    {
        /// <summary>By reading the sort's index in its order.</summary>
        Walk,

        /// <summary>By the search index, then sorted.</summary>
        Index,

        /// <summary>The same for a text of two letters.</summary>
        Pairs,

        /// <summary>By the index of one condition that few meet, then sorted.</summary>
        Few,

        /// <summary>By a condition on more than the guest's columns that few meet, then sorted.</summary>
        Guests,

        /// <summary>By the guests of a rare tag, then sorted.</summary>
        Tags,

        /// <summary>By reading one tag's guests in the order in which they came.</summary>
        TagWalk,

        /// <summary>By summing the figures of every guest over several properties, then sorted.</summary>
        Sum,
    }

    /// <summary>Whether guests have the sort's key. Guests with it come first in both directions.</summary>
    internal enum NullsPart
    {
        Filled,
        Empty,
    }
}
