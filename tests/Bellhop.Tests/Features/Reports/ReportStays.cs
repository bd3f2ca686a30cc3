using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Properties;
using Bellhop.Features.Reports;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Reports;

/// <summary>Stays for reports to tell of, and what counting them one by one says.</summary>
internal static class ReportStays
{
    private static readonly string[] Currencies = ["EUR", "EUR", "NZD", "CHF"];
    private static readonly string[] Sources = ["Website", "BookingCom", "WalkIn"];
    private static readonly string[] Statuses = ["Confirmed", "Completed", "InHouse", "Cancelled", "Pending", "NoShow", "Completed"];

    internal sealed record Stay(int Guest, int Source, int Status, int Currency, int Day, int Nights, int Amount, bool InLisbon);

    internal static readonly Gen<Stay> Stays =
        from guest in Gen.Int[0, 24]
        from source in Gen.Int[0, 2]
        from status in Gen.Int[0, 6]
        from currency in Gen.Int[0, 3]
        from day in Gen.Int[-800, 60]
        from nights in Gen.Int[0, 9]
        from amount in Gen.Int[-20, 900]
        from lisbon in Gen.Bool
        select new Stay(guest, source, status, currency, day, nights, amount, lisbon);

    internal static Task Receive(Stay stay, string? key, TestHouse house, BellhopDb db) =>
        ReceiveBooking.Run(
            new(
                stay.InLisbon ? house.Lisbon : house.Auckland,
                Sources[stay.Source],
                Statuses[stay.Status],
                Text(house.Day(stay.Day)),
                Text(house.Day(stay.Day + stay.Nights)),
                new(stay.Amount, Currencies[stay.Currency]),
                stay.Guest == 0 ? new() : new("Guest " + stay.Guest, $"+3519123456{stay.Guest:00}"),
                key,
                BookedAt: new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)
            ),
            house.Owner,
            db,
            default
        );

    internal static async Task Compare(TestHouse house, Actor who, ReportQuery query)
    {
        await using var db = house.Open();
        var mine = (await db.Bookings.AsNoTracking().ToListAsync())
            .Where(b => b.IsCounted && who.Sees(b.PropertyId) && (query.PropertyIds is null || query.PropertyIds.Contains(b.PropertyId)))
            .ToList();
        var currency = (await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == house.OrganizationId)).Currency;
        var months = await ReportBookings.Run(query, who, db, default);
        var counted = mine.Where(b => b.Arrival >= months.From && b.Arrival <= months.To).ToList();

        months
            .Items.Where(i => i.Bookings > 0)
            .Select(i => (i.Month!, i.Bookings, i.Nights, i.Revenue.Minor))
            .ShouldBe(Sums(counted, Worth, b => Month(b.Arrival)).OrderBy(s => s.Item1, StringComparer.Ordinal));
        (await ReportBookings.Run(query with { By = ReportBy.Source }, who, db, default))
            .Items.Select(i => (i.Source!.ToString()!, i.Bookings, i.Nights, i.Revenue.Minor))
            .ShouldBe(Sums(counted, Worth, b => b.Source.ToString()), ignoreOrder: true);
        (await ReportBookings.Run(query with { By = ReportBy.Property }, who, db, default))
            .Items.Select(i => (i.Property!.Id.ToString(), i.Bookings, i.Nights, i.Revenue.Minor))
            .ShouldBe(Sums(counted, Worth, b => b.PropertyId.ToString()), ignoreOrder: true);
        (months.Total.Bookings, months.Total.Revenue.Minor).ShouldBe((counted.Count, counted.Sum(Worth)));
        months
            .Unconverted.Select(u => (u.Currency, u.Bookings, u.Total.Minor))
            .ShouldBe(
                counted
                    .Where(b => b.ConvertedCurrency != currency)
                    .GroupBy(b => b.Currency)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => (g.Key, g.Count(), g.Sum(b => b.Total)))
            );

        long Worth(Booking booking) => booking.ConvertedCurrency == currency ? booking.Converted ?? 0 : 0;
        var guests = await ReportGuests.Run(query, who, db, default);
        var all = await SeeReports.Run(query, who, db, default);
        all.Months.Items.ShouldBe(months.Items);
        all.Guests.Items.ShouldBe(guests.Items);
        foreach (var item in guests.Items)
        {
            var here = counted.Where(b => Month(b.Arrival) == item.Month).ToList();
            var first = here.Where(b => b.ContactId is { } guest && mine.Where(m => m.ContactId == guest).Min(m => m.Arrival) == b.Arrival)
                .Select(b => b.ContactId)
                .Distinct()
                .Count();
            var known = mine.Where(b =>
                    b.ContactId is not null && b.Arrival <= guests.To && string.CompareOrdinal(Month(b.Arrival), item.Month) <= 0
                )
                .ToList();
            var number = known.Select(b => b.ContactId).Distinct().Count();
            var average = number == 0 ? 0 : (long)decimal.Round((decimal)known.Sum(Worth) / number, MidpointRounding.AwayFromZero);
            (item.Month, item.New, item.Returning, item.WithoutGuest, item.Guests, item.AverageLifetimeValue.Minor).ShouldBe(
                (item.Month, first, here.Count(b => b.ContactId is not null) - first, here.Count(b => b.ContactId is null), number, average)
            );
        }
    }

    private static IEnumerable<(string, int, long, long)> Sums(
        IEnumerable<Booking> bookings,
        Func<Booking, long> worth,
        Func<Booking, string> key
    ) => bookings.GroupBy(key).Select(g => (g.Key, g.Count(), g.Sum(b => (long)b.Nights), g.Sum(worth)));

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
