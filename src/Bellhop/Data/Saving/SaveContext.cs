namespace Bellhop.Data;

/// <summary>
/// Gathers what a save writes in a few statements at its end: figures to recompute, counters, the search index. The save and the followers
/// fill it; use cases only change rows.
/// </summary>
public sealed class SaveContext
{
    /// <summary>Contacts whose bookings changed.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Recount { get; } = [];

    /// <summary>Contacts whose reviews changed.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Rerate { get; } = [];

    /// <summary>What happened in this save and no webhook follower has looked at yet.</summary>
    public List<Platform.Event> Events { get; } = [];

    /// <summary>Contacts that this save creates: all their rows are tracked.</summary>
    public HashSet<Guid> NewContacts { get; } = [];

    /// <summary>Contacts that this save inserts without the tracker, with their figures: no later row of the save changes them.</summary>
    public HashSet<Guid> CountedContacts { get; } = [];

    /// <summary>Contacts whose row this save has locked.</summary>
    public HashSet<Guid> LockedContacts { get; } = [];

    /// <summary>Counter changes by organisation, property (empty for all properties), measure and time.</summary>
    public Dictionary<(int OrganizationId, Guid PropertyId, short Measure, long At), long> Counters { get; } = [];

    /// <summary>Search texts to write, by organisation and contact; a null text removes the entry.</summary>
    public Dictionary<(int OrganizationId, Guid ContactId), (string? Before, string? After)> Search { get; } = [];

    /// <summary>Texts of messages that the search index gets, in the order of the changes.</summary>
    public List<MessageText> MessageTexts { get; } = [];

    /// <summary>Room types of the changed bookings, with their folded words.</summary>
    public Dictionary<(int OrganizationId, string Name), string> RoomTypes { get; } = [];

    /// <summary>Bookings whose change may change members' points.</summary>
    public Dictionary<(int OrganizationId, Guid BookingId), PointChange> PointBookings { get; } = [];

    /// <summary>Rows move between two contacts that are merged or split; nothing else has happened to them.</summary>
    public bool GuestsMove { get; set; }

    /// <param name="PropertyId">Where the booking is.</param>
    /// <param name="Completes">It became this guest's completed booking.</param>
    /// <param name="Counts">It became this guest's counted booking.</param>
    public readonly record struct PointChange(Guid PropertyId, bool Completes, bool Counts);

    /// <summary>Contacts of which something changed by which others are found that may be the same guest.</summary>
    public HashSet<(int OrganizationId, Guid ContactId)> Unchecked { get; } = [];

    /// <summary>Kinds of work that <see cref="Unchecked"/> contacts wait for.</summary>
    public HashSet<(int OrganizationId, string Kind)> ToQueue { get; } = [];

    /// <summary>Changes of the sums by day of arrival.</summary>
    public Dictionary<ArrivalKey, ArrivalSum> Arrivals { get; } = [];

    /// <param name="Source">The source's name.</param>
    /// <param name="Currency">The bookings' currency.</param>
    /// <param name="ConvertedCurrency">The currency that amounts are converted to; empty if they are not converted.</param>
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

    /// <param name="GuestBookings">The bookings that have a contact.</param>
    /// <param name="GuestConverted">The converted amount of the bookings that have a contact.</param>
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

    /// <summary>Subtracts from a day's sums; null subtracts nothing.</summary>
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

    /// <summary>What this save's events must name: the kind, and the id if it matters.</summary>
    internal HashSet<(string Kind, Guid? Id)> ToSay { get; } = [];

    /// <summary>Whether deleted rows must also disappear from the database's files.</summary>
    internal bool HasPersonalDeleted { get; set; }

    internal void Clear()
    {
        ToSay.Clear();
        Events.Clear();
        HasPersonalDeleted = false;
        Recount.Clear();
        Rerate.Clear();
        NewContacts.Clear();
        CountedContacts.Clear();
        LockedContacts.Clear();
        Counters.Clear();
        Arrivals.Clear();
        PointBookings.Clear();
        GuestsMove = false;
        RoomTypes.Clear();
        Search.Clear();
        MessageTexts.Clear();
        Unchecked.Clear();
        ToQueue.Clear();
    }
}

/// <summary>A message's text before and after a change; null where there is none.</summary>
public readonly record struct MessageText(int OrganizationId, Guid MessageId, Guid ConversationId, string? Before, string? After);
