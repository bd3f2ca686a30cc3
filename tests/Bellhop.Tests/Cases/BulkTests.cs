extern alias benches;

using System.Globalization;
using Bellhop.Data;
using benches::Bellhop.Benchmarks.Loading;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests;

/// <summary>Two years of two real hotels' bookings, sent as an outside system would.</summary>
public class BulkTests
{
    /// <summary>What the file's authors counted of a guest, by hand.</summary>
    internal sealed record Guest(string Phone, int Bookings, long Spent, DateOnly? LastArrival);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Two_hotels_bookings_give_exactly_their_guests_and_sent_again_change_nothing(string engine)
    {
        var file = Cases.Path("c_bulk/derived_bookings_with_guests_19899.csv");
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var place = Path.Combine(Path.GetTempPath(), $"bellhop-{Guid.NewGuid():N}.place");

        var first = await LoadBookings.Run(app.As(house.Owner), file, place, 8, null, TestContext.Current.CancellationToken);

        (first.Made, first.Known, first.Refused.Count).ShouldBe((19_899, 0, 0));
        await using var db = app.Open();
        var guests = await Guests(db);
        var expected = Expected(Path.ChangeExtension(file, "expected_contacts.csv"));
        guests.Count.ShouldBe(expected.Count);
        guests.Except(expected).ShouldBeEmpty();

        var before = await app.Snapshot();
        var events = await app.Events();
        var second = await LoadBookings.Run(app.As(house.Owner), file, place, 8, null, TestContext.Current.CancellationToken);

        (second.Made, second.Known, second.Refused.Count).ShouldBe((0, 19_899, 0));
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(events);
    }

    internal static async Task<HashSet<Guest>> Guests(BellhopDb db) =>
        [
            .. await db
                .Contacts.Where(c => c.Phone != null)
                .Select(c => new Guest(c.Phone!, c.Bookings, c.Spent, c.LastArrival))
                .ToListAsync(),
        ];

    internal static HashSet<Guest> Expected(string file)
    {
        using var csv = CsvReader.FromFile(file);
        var guests = new HashSet<Guest>();
        while (csv.Read())
        {
            var last = csv.GetString("last_arrival_stayed");
            guests.Add(
                new(
                    csv.GetString("phone_e164"),
                    csv.Parse<int>("stays"),
                    (long)(csv.Parse<decimal>("total_spent_stayed") * 100),
                    string.IsNullOrEmpty(last) ? null : DateOnly.ParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                )
            );
        }

        return guests;
    }
}
