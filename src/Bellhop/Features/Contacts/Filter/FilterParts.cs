namespace Bellhop.Features.Contacts;

/// <summary>Splits a filter into its conditions, and joins filters.</summary>
internal static class FilterParts
{
    /// <summary>
    /// The conditions that the filter has, in the order in which a page shows them. A least and a most of one figure are one condition.
    /// </summary>
    public static IEnumerable<Condition> Asked(this ContactFilter filter) =>
        filter == ContactFilter.None ? [] : FilterConditions.All.Where(c => c.IsAsked(filter));

    /// <summary>A filter for each condition, in that order. Together they are the whole filter.</summary>
    public static IEnumerable<ContactFilter> Parts(this ContactFilter filter) => filter.Asked().Select(c => c.Of(filter));

    /// <summary>The filter without the conditions of one of its parts.</summary>
    public static ContactFilter Without(this ContactFilter filter, ContactFilter part) =>
        filter.Asked().Where(c => !c.IsAsked(part)).Aggregate(ContactFilter.None, (all, c) => c.Take(all, filter));

    /// <summary>
    /// Joins two filters into one. Null when both ask about the same thing, or when the second names properties: one filter cannot say it
    /// then.
    /// </summary>
    public static ContactFilter? And(this ContactFilter one, ContactFilter other)
    {
        if (PropertyField.Any.IsAsked(other))
        {
            return null;
        }

        foreach (var parameter in FilterConditions.Parameters.Where(p => p.Joins && p.IsAsked(other)))
        {
            if (parameter.IsAsked(one))
            {
                return null;
            }

            one = parameter.Take(one, other);
        }

        return one;
    }
}
