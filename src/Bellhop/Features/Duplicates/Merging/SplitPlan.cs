using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Whose each row is when a merge is taken back: what either had goes back to it, and what came since goes by the phone, address or id it
/// came with. What could be either's is asked.
/// </summary>
internal sealed class SplitPlan
{
    /// <summary>A row of the one contact that is to be two.</summary>
    /// <param name="Table">Its table.</param>
    /// <param name="Entry">Tracked.</param>
    /// <param name="IsSince">It came after the merge.</param>
    internal sealed record Row(GuestTable Table, EntityEntry Entry, bool IsSince)
    {
        /// <summary>True: the other's; false: the kept contact's; null: nobody knows.</summary>
        public bool? ToOther { get; set; }

        /// <summary>Both have it.</summary>
        public bool IsBoths { get; init; }

        /// <summary>Whether a person may say whose it is. Points of a booking always go with it.</summary>
        public bool IsAsked => Table.Rule.Asked is not null && Entry.Entity is not LoyaltyEntry { BookingId: not null };

        public Guid Id => (Guid)Entry.Property(nameof(Id)).CurrentValue!;
        public Guid? Place => Table.Place(Entry);
    }

    private readonly List<Row> _rows = [];
    private readonly MergeState _state;

    private SplitPlan(MergeState state) => _state = state;

    /// <summary>What came after the merge and may be asked for, the oldest first.</summary>
    public IEnumerable<Row> Since => _rows.Where(r => r.IsSince && r.IsAsked).OrderBy(r => r.Table.At(r.Entry));

    /// <summary>What nobody can tell whose it is.</summary>
    public IReadOnlyList<Row> Undecided => [.. Since.Where(r => r.ToOther is null)];

    /// <summary>All rows by their table.</summary>
    public ILookup<GuestTable, Row> ByTable => _rows.ToLookup(r => r.Table);

    public IEnumerable<Row> Rows(bool toOther) => _rows.Where(r => r.IsBoths || (r.ToOther ?? false) == toOther);

    public IEnumerable<Touch> Touches(bool toOther) => Rows(toOther).Select(r => r.Entry.Entity).OfType<Touch>();

    /// <summary>Whether a shown phone or address leads to the other contact after the split.</summary>
    public bool LeadsToOther(string shown) =>
        _rows.Any(r => r is { ToOther: true, Entry.Entity: Identity identity } && identity.Value == shown);

    /// <param name="assigned">What a person decided, by the row's id: true gives it to the other.</param>
    public static async Task<SplitPlan> Of(
        Merge merge,
        MergeState state,
        IReadOnlyDictionary<Guid, bool> assigned,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var plan = new SplitPlan(state);
        foreach (var table in GuestTable.All(db, OnMerge.Moves))
        {
            var had = state.Of(table);
            foreach (var entry in await table.Rows(merge.OrganizationId, merge.ContactId, db, cancel))
            {
                var key = table.Key(entry);
                var (moved, both) = (had.Moved.Contains(key), had.Both.Contains(key));
                plan._rows.Add(
                    new(table, entry, IsSince: !moved && !both && !had.Kept.Contains(key))
                    {
                        IsBoths = both,
                        ToOther =
                            moved ? true
                            : both || had.Kept.Contains(key) ? false
                            : null,
                    }
                );
            }
        }

        plan.Decide(assigned);
        await plan.FollowBookings(merge.OrganizationId, db, cancel);
        return plan;
    }

    private void Decide(IReadOnlyDictionary<Guid, bool> assigned)
    {
        var known = Keys(_rows.Where(r => r is { IsSince: false, Entry.Entity: Identity }));
        foreach (var row in _rows.Where(r => r.IsSince))
        {
            row.ToOther =
                !row.IsAsked ? null
                : assigned.TryGetValue(row.Id, out var said) ? said
                : row.Entry.Entity is Identity ? null
                : One(row.Table.CameBy(row.Entry).SelectMany(k => known[k]));
        }

        // An identity goes with what came by it.
        var carriers = Keys(_rows.Where(r => r is { IsSince: true, Entry.Entity: not Identity }));
        foreach (var row in _rows.Where(r => r is { IsSince: true, ToOther: null, Entry.Entity: Identity }))
        {
            var carried = row.Table.CameBy(row.Entry).SelectMany(k => carriers[k]).ToList();
            row.ToOther = carried.Contains(null) ? false : One(carried); // it follows as soon as a person has decided of them
        }

        var bookings = _rows.Where(r => r.Entry.Entity is Booking).ToDictionary(r => r.Id, r => r.ToOther);
        foreach (var row in _rows.Where(r => r is { IsSince: true, ToOther: null } && r.Table.Booking(r.Entry) is not null))
        {
            row.ToOther = bookings.GetValueOrDefault(row.Table.Booking(row.Entry)!.Value, false) ?? false;
        }

        foreach (var row in _rows.Where(r => r is { IsSince: true, ToOther: null, Entry.Entity: Touch }).ToList())
        {
            row.ToOther = One(Since.Where(s => s.Place is { } place && place == row.Place).Select(s => s.ToOther)) ?? OnlyTheOtherWas(row);
        }

        foreach (var row in _rows.Where(r => !r.IsAsked))
        {
            row.ToOther ??= false;
        }
    }

    private bool OnlyTheOtherWas(Row row)
    {
        return Knew(_state.OtherPlaces) && !Knew(_state.KeptPlaces);

        bool Knew(IEnumerable<StoredRow> places) => places.Any(p => p.Value<Guid>(nameof(ContactAtProperty.PropertyId)) == row.Place);
    }

    /// <summary>What happened to a booking since goes with the booking.</summary>
    private async Task FollowBookings(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var theirs = _rows.Where(r => r is { ToOther: true, Entry.Entity: Booking }).Select(r => (Guid?)r.Id).ToList();
        var since = _rows.Where(r => r.IsSince && EventOf(r) is not null).ToList();
        if (theirs.Count == 0 || since.Count == 0)
        {
            return;
        }

        var ids = since.ConvertAll(r => EventOf(r)!.Value);
        var events = await db
            .Events.Where(e => e.OrganizationId == organizationId && ids.Contains(e.Id) && theirs.Contains(e.EntityId))
            .Select(e => e.Id)
            .ToListAsync(cancel);
        since.FindAll(r => events.Contains(EventOf(r)!.Value)).ForEach(r => r.ToOther = true);

        static Guid? EventOf(Row row) =>
            row.Entry.Entity switch
            {
                EventContact link => link.EventId,
                EventDetail detail => detail.Id,
                _ => null,
            };
    }

    private static ILookup<string, bool?> Keys(IEnumerable<Row> rows) =>
        rows.SelectMany(r => r.Table.CameBy(r.Entry).Select(key => (Key: key, r.ToOther)))
            .ToLookup(k => k.Key, k => k.ToOther, StringComparer.Ordinal);

    /// <summary>The one answer of all; null where there is none, or they differ.</summary>
    private static bool? One(IEnumerable<bool?> sides) => sides.Distinct().Take(2).ToList() is [var one] ? one : null;
}
