namespace Bellhop.Data;

/// <summary>
/// What a save gathers to write in a few statements at its end: figures to recompute, counters, the search index. The save and the
/// followers fill it; use cases change rows.
/// </summary>
public sealed class SaveContext
{
    /// <summary>Contacts whose bookings changed.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Recount { get; } = [];

    /// <summary>Contacts whose reviews changed.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Rerate { get; } = [];

    /// <summary>Contacts that this save makes: all there is of them is tracked.</summary>
    public HashSet<Guid> NewContacts { get; } = [];

    /// <summary>Contacts whose row this save holds.</summary>
    public HashSet<Guid> LockedContacts { get; } = [];

    /// <summary>Counter changes by key: organisation, property (empty for all), measure, at.</summary>
    public Dictionary<(int OrganizationId, Guid PropertyId, short Measure, long At), long> Counters { get; } = [];

    /// <summary>Search texts to write: null removes. By organisation and contact.</summary>
    public Dictionary<(int OrganizationId, Guid ContactId), (string? Before, string? After)> Search { get; } = [];

    /// <summary>Changes of the sums by day of arrival.</summary>
    public Dictionary<ArrivalKey, ArrivalSum> Arrivals { get; } = [];

    /// <param name="Source">Its name.</param>
    /// <param name="Currency">What was booked in.</param>
    /// <param name="ConvertedCurrency">What it is converted to; empty where it is not.</param>
    public readonly record struct ArrivalKey(
        int OrganizationId,
        Guid PropertyId,
        DateOnly Arrival,
        string Source,
        string Currency,
        string ConvertedCurrency
    ) : IComparable<ArrivalKey>
    {
        public int CompareTo(ArrivalKey other)
        {
            var first = (OrganizationId, PropertyId, Arrival).CompareTo((other.OrganizationId, other.PropertyId, other.Arrival));
            return first != 0 ? first
                : string.CompareOrdinal(Source, other.Source) is not 0 and var source ? source
                : string.CompareOrdinal(Currency, other.Currency) is not 0 and var currency ? currency
                : string.CompareOrdinal(ConvertedCurrency, other.ConvertedCurrency);
        }
    }

    /// <param name="GuestBookings">Those with a contact.</param>
    /// <param name="GuestConverted">Theirs of the converted.</param>
    public readonly record struct ArrivalSum(
        long Bookings,
        long Nights,
        long Total,
        long Converted,
        long GuestBookings,
        long GuestConverted
    )
    {
        public static ArrivalSum operator +(ArrivalSum a, ArrivalSum b) =>
            new(
                a.Bookings + b.Bookings,
                a.Nights + b.Nights,
                a.Total + b.Total,
                a.Converted + b.Converted,
                a.GuestBookings + b.GuestBookings,
                a.GuestConverted + b.GuestConverted
            );

        public static ArrivalSum operator -(ArrivalSum a) =>
            new(-a.Bookings, -a.Nights, -a.Total, -a.Converted, -a.GuestBookings, -a.GuestConverted);
    }

    /// <summary>Adds to a day's sums; null adds nothing.</summary>
    public void Arrive((ArrivalKey Key, ArrivalSum Sum)? added)
    {
        if (added is var (key, sum))
        {
            Arrivals[key] = Arrivals.GetValueOrDefault(key) + sum;
        }
    }

    /// <summary>Takes from a day's sums; null takes nothing.</summary>
    public void Leave((ArrivalKey Key, ArrivalSum Sum)? gone)
    {
        if (gone is var (key, sum))
        {
            Arrive((key, -sum));
        }
    }

    public void AddToCounter(int organizationId, Guid propertyId, short measure, long at, long amount)
    {
        var key = (organizationId, propertyId, measure, at);
        Counters[key] = Counters.GetValueOrDefault(key) + amount;
    }

    /// <summary>What events must name before this save ends: the kind, and the id where it matters.</summary>
    internal HashSet<(string Kind, Guid? Id)> ToSay { get; } = [];

    /// <summary>Whether rows were deleted that must be gone from the database's files too.</summary>
    internal bool HasPersonalDeleted { get; set; }

    internal void Clear()
    {
        ToSay.Clear();
        HasPersonalDeleted = false;
        Recount.Clear();
        Rerate.Clear();
        NewContacts.Clear();
        LockedContacts.Clear();
        Counters.Clear();
        Arrivals.Clear();
        Search.Clear();
    }
}
