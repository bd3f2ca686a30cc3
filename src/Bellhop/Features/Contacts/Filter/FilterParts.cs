namespace Bellhop.Features.Contacts;

/// <summary>A filter as the conditions it is made of.</summary>
internal static class FilterParts
{
    private static readonly Func<ContactFilter, ContactFilter>[] Takes =
    [
        f => new(Q: f.Q),
        f => new(Sources: f.Sources),
        f => new(PropertyIds: f.PropertyIds),
        f => new(Tags: f.Tags),
        f => new(AllTags: f.AllTags),
        f => new(NoTags: f.NoTags),
        f => new(SegmentId: f.SegmentId),
        f => new(Active: f.Active),
        f => new(MinBookings: f.MinBookings, MaxBookings: f.MaxBookings),
        f => new(MinSpent: f.MinSpent, MaxSpent: f.MaxSpent),
        f => new(MinRating: f.MinRating),
        f => new(CreatedFrom: f.CreatedFrom, CreatedTo: f.CreatedTo),
        f => new(CreatedWithinDays: f.CreatedWithinDays),
        f => new(LastStayFrom: f.LastStayFrom, LastStayTo: f.LastStayTo),
        f => new(LastStayWithinDays: f.LastStayWithinDays),
        f => new(LastStayBeforeDays: f.LastStayBeforeDays),
        f => new(HasPhone: f.HasPhone),
        f => new(HasEmail: f.HasEmail),
        f => new(HasConsent: f.HasConsent),
    ];

    /// <summary>
    /// Each condition alone, in the order a page shows them; together they are the filter. A least and a most of one figure are one.
    /// </summary>
    public static IEnumerable<ContactFilter> Parts(this ContactFilter filter) =>
        Takes.Select(take => take(filter)).Where(part => part != ContactFilter.None);

    /// <summary>The filter without one of its parts.</summary>
    public static ContactFilter Without(this ContactFilter filter, ContactFilter part) =>
        filter
            .Parts()
            .Where(p => p != part)
            .Aggregate(
                ContactFilter.None with
                {
                    PropertyIds = part.PropertyIds is null ? filter.PropertyIds : null,
                    SegmentId = part.SegmentId is null ? filter.SegmentId : null,
                },
                (all, one) => all.And(one with { PropertyIds = null })!
            );

    /// <summary>
    /// What both ask, as one filter; null where they ask about one thing and only both conditions would say it, or where the second names
    /// properties.
    /// </summary>
    public static ContactFilter? And(this ContactFilter one, ContactFilter other)
    {
        var clash = other.PropertyIds is not null;
        var both = one with
        {
            Q = Of(one.Q, other.Q),
            Sources = Of(one.Sources, other.Sources),
            Active = Of(one.Active, other.Active),
            MinBookings = Of(one.MinBookings, other.MinBookings),
            MaxBookings = Of(one.MaxBookings, other.MaxBookings),
            MinSpent = Of(one.MinSpent, other.MinSpent),
            MaxSpent = Of(one.MaxSpent, other.MaxSpent),
            CreatedFrom = Of(one.CreatedFrom, other.CreatedFrom),
            CreatedTo = Of(one.CreatedTo, other.CreatedTo),
            LastStayFrom = Of(one.LastStayFrom, other.LastStayFrom),
            LastStayTo = Of(one.LastStayTo, other.LastStayTo),
            HasPhone = Of(one.HasPhone, other.HasPhone),
            HasEmail = Of(one.HasEmail, other.HasEmail),
            HasConsent = Of(one.HasConsent, other.HasConsent),
            MinRating = Of(one.MinRating, other.MinRating),
            Tags = Of(one.Tags, other.Tags),
            AllTags = Of(one.AllTags, other.AllTags),
            NoTags = Of(one.NoTags, other.NoTags),
            CreatedWithinDays = Of(one.CreatedWithinDays, other.CreatedWithinDays),
            LastStayWithinDays = Of(one.LastStayWithinDays, other.LastStayWithinDays),
            LastStayBeforeDays = Of(one.LastStayBeforeDays, other.LastStayBeforeDays),
        };
        return clash ? null : both;

        T Of<T>(T mine, T theirs)
        {
            clash |= mine is not null && theirs is not null;
            return mine is null ? theirs : mine;
        }
    }
}
