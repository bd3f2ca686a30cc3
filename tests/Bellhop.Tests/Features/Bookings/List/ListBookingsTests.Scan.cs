using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public sealed partial class ListBookingsTests
{
    private static async Task<string[]> References(HttpClient client, string query) =>
        [.. (await (await client.GetAsync(Path + query)).Json(200))["items"]!.AsArray().Select(b => b!["reference"]!.GetValue<string>())];

    private sealed record Booked(BookingRow Row, string Guest, string Own);

    private static async Task<List<Booked>> Fill(
        GuestHouse house,
        (int Property, int Person, int Source, int Status, int ArrivesIn)[] stays
    )
    {
        await using var db = house.Database.Open();
        var today = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime);
        for (var i = 0; i < stays.Length; i++)
        {
            var (property, person, source, status, arrivesIn) = stays[i];
            await ReceiveBooking.Run(
                new(
                    house.Properties[property].Id,
                    SourceNames[source],
                    Statuses[status].ToString(),
                    $"{today.AddDays(arrivesIn):yyyy-MM-dd}",
                    $"{today.AddDays(arrivesIn + 2):yyyy-MM-dd}",
                    new(50, "EUR"),
                    new(
                        person % 5 == 4 ? null : Names[person % Names.Length],
                        person % 3 == 2 ? null : $"+3519100000{person:00}",
                        person % 3 == 1 ? null : $"guest{person}@harbour.test-hotel.net"
                    ),
                    i % 3 == 0 ? $"ext-{i}" : null,
                    i % 2 == 0 ? $"R-{i}" : null
                ),
                house.Owner,
                db,
                default
            );
        }

        var texts = await db.Contacts.AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.Search);
        var names = house.Properties.ToDictionary(p => p.Id, p => p.Name);
        return (await db.Bookings.AsNoTracking().ToListAsync()).ConvertAll(b => new Booked(
            BookingRow.Of(b, names[b.PropertyId]),
            b.ContactId is { } id ? texts[id] : "",
            SearchText.OfBooked(b.GuestName, b.GuestPhone, b.GuestEmail) ?? ""
        ));
    }

    private static bool Matches(Booked b, BookingFilter f, Actor who) =>
        who.Sees(b.Row.Property.Id)
        && f.PropertyIds?.Contains(b.Row.Property.Id) != false
        && f.Statuses?.Contains(b.Row.Status) != false
        && f.Sources?.Contains(b.Row.Source) != false
        && !(b.Row.Arrival < f.ArrivalFrom)
        && !(b.Row.Arrival > f.ArrivalTo)
        && (
            f.Q is not { } q
            || SearchTerms.Of(q).Words.All(w => w.IsIn(b.Guest) || w.IsIn(b.Own))
            || b.Row.Reference?.StartsWith(q, StringComparison.OrdinalIgnoreCase) == true
            || b.Row.ExternalId?.StartsWith(q, StringComparison.OrdinalIgnoreCase) == true
        );

    private static async Task<List<BookingRow>> All(GuestHouse house, BookingFilter filter, Actor who)
    {
        await using var db = house.Database.Open();
        var rows = new List<BookingRow>();
        string? cursor = null;
        do
        {
            var page = await ListBookings.Run(new(filter, new(4, cursor)), who, db, house.Cursors, default);
            page.Items.Count.ShouldBeLessThanOrEqualTo(4);
            rows.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);
        return rows;
    }

    /// <summary>In a house this small every word is common; the search index is asked here all the same.</summary>
    private static async Task<List<Guid>> ByIndex(GuestHouse house, BookingFilter filter, Actor who)
    {
        await using var db = house.Database.Open();
        var asked = await BookingQuery.Of(filter, who, db, default);
        if (!asked.Terms.HasIndex)
        {
            return [.. (await All(house, filter, who)).Select(r => r.Id)];
        }

        var byIndex = BookingSql.Page(asked with { Plan = BookingSql.Plan.Index }, 100, null, db);
        return await db.Read(byIndex, row => BookingReading.Row(row, who.OrganizationId).Id, default);
    }

    private static async Task<string> Plan(BellhopDb db, BookingFilter filter, bool after, GuestHouse house)
    {
        var terms = SearchTerms.Of(filter.Q);
        var shown = await RowWords.Of(terms, house.Owner.OrganizationId, db, default);
        var places = filter.PropertyIds ?? [.. house.Properties.Select(p => p.Id)];
        var asked = new BookingQuery(filter, house.Owner.OrganizationId, filter.PropertyIds, places, terms, shown);
        var page = BookingSql.Page(asked, 26, after ? new(new(2026, 11, 24), Guid.CreateVersion7()) : null, db);
        var (explain, others) = db.Engine == "SQLite" ? (Sql.Of($"EXPLAIN QUERY PLAN "), 3) : (Sql.Of($"EXPLAIN "), 0);
        var lines = await db.Read(
            $"{explain}{page}",
            row =>
            {
                row.Skip(others);
                return row.Text();
            },
            default
        );
        return string.Join('\n', lines);
    }
}
