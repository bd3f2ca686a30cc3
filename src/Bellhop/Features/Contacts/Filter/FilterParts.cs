namespace Bellhop.Features.Contacts;

/// <summary>A filter as the conditions it is made of.</summary>
internal static class FilterParts
{
    /// <summary>The conditions that the filter asks, in the order a page shows them. A least and a most of one figure are one.</summary>
    public static IEnumerable<Condition> Asked(this ContactFilter filter) => FilterConditions.All.Where(c => c.IsAsked(filter));

    /// <summary>Each condition alone, in that order; together they are the filter.</summary>
    public static IEnumerable<ContactFilter> Parts(this ContactFilter filter) => filter.Asked().Select(c => c.Of(filter));

    /// <summary>The filter without one of its parts.</summary>
    public static ContactFilter Without(this ContactFilter filter, ContactFilter part) =>
        filter.Asked().Where(c => !c.IsAsked(part)).Aggregate(ContactFilter.None, (all, c) => c.Take(all, filter));

    /// <summary>
    /// What both ask, as one filter; null where they ask about one thing and only both conditions would say it, or where the second names
    /// properties.
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
