using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Flags;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Today;

/// <summary>A day at the desk: who arrives, who leaves, who is in house and who asks for a stay, at each property on its own day.</summary>
public static class SeeToday
{
    /// <param name="Date">The day asked for, else today in the organisation's zone.</param>
    /// <param name="Properties">The numbers of each property.</param>
    /// <param name="Arrivals">By the guest's name; left out when another list was asked for.</param>
    /// <param name="Departures">By the guest's name; left out when another list was asked for.</param>
    /// <param name="InHouse">By the guest's name; left out when another list was asked for.</param>
    /// <param name="Requests">The longest waiting first; left out when another list was asked for.</param>
    public sealed record Result(
        DateOnly Date,
        IReadOnlyList<Place> Properties,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Page<TodayItem>? Arrivals,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Page<TodayItem>? Departures,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Page<TodayItem>? InHouse,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Page<TodayItem>? Requests
    )
    {
        /// <summary>A list's page; null when another list was asked for.</summary>
        public Page<TodayItem>? Of(TodayList list) =>
            list switch
            {
                TodayList.Arrivals => Arrivals,
                TodayList.Departures => Departures,
                TodayList.InHouse => InHouse,
                _ => Requests,
            };
    }

    /// <param name="Property">The property.</param>
    /// <param name="Day">The day that its numbers are of.</param>
    /// <param name="Arrivals">The number of bookings in this list; the others alike.</param>
    public sealed record Place(PropertyName Property, DateOnly Day, int Arrivals, int Departures, int InHouse, int Requests)
    {
        /// <summary>The number of bookings in a list.</summary>
        public int Of(TodayList list) =>
            list switch
            {
                TodayList.Arrivals => Arrivals,
                TodayList.Departures => Departures,
                TodayList.InHouse => InHouse,
                _ => Requests,
            };
    }

    /// <exception cref="Refusal">403 without bookings.view; 400 for a parameter with a wrong value; 404 for a property that the actor does
    /// not see.</exception>
    public static async Task<Result> Run(TodayQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        query.Wrong?.Refuse();
        query.Page.Refuse();
        var seen = await VisibleProperties.Of(query.PropertyIds, who, db, cancel);
        var house = await SeeOrganization.Run(who, db, cancel);
        var places = house.Places.Where(p => seen?.Contains(p.Id) ?? true).ToDictionary(p => p.Id, p => (p.Name, Today: Today(p, db.Now)));
        var days = places
            .GroupBy(p => (Day: query.Date ?? p.Value.Today, IsToday: query.Date is null || query.Date == p.Value.Today), p => p.Key)
            .Select(g => new TodaySql.Days(g.Key.Day, g.Key.IsToday, [.. g]))
            .ToList();
        var counts = days.Count == 0 ? [] : await Count(days, who, db, cancel);
        var lists = new Dictionary<TodayList, Page<TodayItem>>();
        foreach (var list in Enum.GetValues<TodayList>().Where(l => query.List is null || query.List == l))
        {
            lists[list] = days.Count == 0 ? new([], null) : await Read(list, query, days, who, db, cursors, cancel);
        }

        lists = who.Can(Permission.ContactsView)
            ? await Flagged(lists, places.ToDictionary(p => p.Key, p => query.Date ?? p.Value.Today), who, db, cancel)
            : lists;
        return new(
            query.Date ?? house.Today,
            [
                .. places.Select(p => new Place(
                    new(p.Key, p.Value.Name),
                    query.Date ?? p.Value.Today,
                    counts.GetValueOrDefault((p.Key, TodayList.Arrivals)),
                    counts.GetValueOrDefault((p.Key, TodayList.Departures)),
                    counts.GetValueOrDefault((p.Key, TodayList.InHouse)),
                    counts.GetValueOrDefault((p.Key, TodayList.Requests))
                )),
            ],
            lists.GetValueOrDefault(TodayList.Arrivals),
            lists.GetValueOrDefault(TodayList.Departures),
            lists.GetValueOrDefault(TodayList.InHouse),
            lists.GetValueOrDefault(TodayList.Requests)
        );
    }

    private static DateOnly Today(SeeOrganization.Place place, DateTime now) => now.DayIn(Clock.Zone(place.TimeZone) ?? TimeZoneInfo.Utc);

    private static async Task<Dictionary<(Guid, TodayList), int>> Count(
        IReadOnlyList<TodaySql.Days> days,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        (
            await db.Read(
                TodaySql.Counts(days, who.OrganizationId, db.Dialect),
                row => (Place: row.Id(), List: (TodayList)row.Number(), Number: (int)row.Long()),
                cancel
            )
        )
            .Concat(
                (await TodayEnquiries.Count(days, who, db, cancel)).Select(e => (Place: e.Property, List: TodayList.Requests, e.Number))
            )
            .GroupBy(r => (r.Place, r.List), r => r.Number)
            .ToDictionary(g => g.Key, g => g.Sum());

    private static async Task<Page<TodayItem>> Read(
        TodayList list,
        TodayQuery query,
        IReadOnlyList<TodaySql.Days> days,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        var seesGuests = who.Can(Permission.ContactsView);
        var binding =
            $"today/{list}/{who.OrganizationId}/{seesGuests}/{query.Date:yyyy-MM-dd}/"
            + string.Join(',', days.SelectMany(d => d.Properties).Order());
        var after = PositionOf(query.Page.After(cursors, binding));
        var rows = await db.Read(
            TodaySql.Page(list, days, seesGuests, query.Page.Limit + 1, after, who.OrganizationId, db),
            row =>
            {
                var booking = BookingReading.Row(row, who.OrganizationId);
                var (number, key) = (row.LongOrNull(), row.Text());
                var item = seesGuests ? new TodayItem(booking) { StayNumber = (int?)number } : new TodayItem(booking) { Guest = null };
                return (Item: item, Key: key);
            },
            cancel
        );
        if (list == TodayList.Requests)
        {
            // Both are in the order of their ids, which is the order in which they came.
            var enquiries = await TodayEnquiries.Read(days, seesGuests, query.Page.Limit + 1, after?.Id, who, db, cancel);
            rows = [.. rows.Concat(enquiries.Select(e => (Item: e, Key: ""))).OrderBy(r => r.Item.Id).Take(query.Page.Limit + 1)];
        }

        var page = query.Page.Page(rows, r => $"{r.Item.Id:D}{r.Key}", cursors, binding);
        return new([.. page.Items.Select(r => r.Item)], page.NextCursor);
    }

    private static TodaySql.Position? PositionOf(string? cursor) =>
        cursor is null ? null : new(cursor[Guid.Empty.ToString("D").Length..], Guid.Parse(cursor[..Guid.Empty.ToString("D").Length]));

    /// <summary>The lists with the guests' flags, read at once for all of them.</summary>
    private static async Task<Dictionary<TodayList, Page<TodayItem>>> Flagged(
        Dictionary<TodayList, Page<TodayItem>> lists,
        Dictionary<Guid, DateOnly> days,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var guests = lists.Values.SelectMany(l => l.Items).Select(i => i.ContactId).OfType<Guid>().Distinct().ToList();
        var flags = await SeeFlags.Run(guests, who, db, cancel, [.. days.Values.Distinct()]);
        return lists.ToDictionary(
            l => l.Key,
            l => new Page<TodayItem>(
                [
                    .. l.Value.Items.Select(item =>
                        item.ContactId is { } guest && flags.TryGetValue(guest, out var found)
                            ? item with
                            {
                                // Midnight is not everywhere at once: a birthday is a flag on the property's own day.
                                Flags =
                                [
                                    .. found.Where(f =>
                                        f.Reason != GuestFlagKind.Birthday || Birthday.IsOn(f.Text, days[item.Property.Id])
                                    ),
                                ],
                            }
                            : item
                    ),
                ],
                l.Value.NextCursor
            )
        );
    }
}
