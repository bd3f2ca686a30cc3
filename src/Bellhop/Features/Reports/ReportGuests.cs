using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Reports;

/// <summary>
/// First stays against later ones, month by month of arrival, and what a guest was worth on average by the end of each. A stay is a guest's first
/// where none of their counted bookings at the properties asked about arrives earlier.
/// </summary>
public static class ReportGuests
{
    /// <param name="From">The first day of arrival.</param>
    /// <param name="To">The last one.</param>
    /// <param name="Items">Every month of the range.</param>
    public sealed record Result(DateOnly From, DateOnly To, IReadOnlyList<Item> Items);

    /// <param name="Month">yyyy-MM.</param>
    /// <param name="New">Bookings that are a guest's first: so many new guests.</param>
    /// <param name="Returning">Bookings of guests who had one before.</param>
    /// <param name="WithoutGuest">Bookings of deleted guests, and of nobody known: neither can be said of them.</param>
    /// <param name="Guests">Guests up to the month's end, or the range's, since the beginning.</param>
    /// <param name="AverageLifetimeValue">What those guests' bookings brought up to then, divided by them; in the organisation's currency.</param>
    public sealed record Item(string Month, int New, int Returning, int WithoutGuest, int Guests, Money AverageLifetimeValue);

    /// <exception cref="Refusal">403 without reports.view; 400 for a parameter that cannot be taken; 404 for a property not seen.</exception>
    public static async Task<Result> Run(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ReportsView);
        var scope = await ReportScope.Of(query, who, db, cancel);
        var found = await Read(scope, db, cancel);
        var (guests, spent) = (0, 0L);
        var first = new DateOnly(scope.From.Year, scope.From.Month, 1);
        foreach (var month in found.Values.Where(m => m.Month < first))
        {
            (guests, spent) = (guests + month.First, spent + month.Spent);
        }

        var items = new List<Item>();
        foreach (var month in scope.Months())
        {
            var here = found.GetValueOrDefault(month);
            (guests, spent) = (guests + here.First, spent + here.Spent);
            var average = guests == 0 ? 0 : (long)decimal.Round((decimal)spent / guests, MidpointRounding.AwayFromZero);
            items.Add(new(month.ToString("yyyy-MM", CultureInfo.InvariantCulture), here.FirstHere, here.LaterHere, here.Nobody, guests, new(average, scope.Currency)));
        }

        return new(scope.From, scope.To, items);
    }

    // Numbered guest by guest off the index. What arrived before the range makes guests returning, and is in the average.
    internal static string Text(ReportScope scope, BellhopDb db) =>
        $"""
        SELECT {db.Month("arrival")}, CAST(sum(CASE WHEN place = 1 THEN 1 ELSE 0 END) AS bigint), CAST(sum(CASE WHEN place = 1 AND arrival >= @from THEN 1 ELSE 0 END) AS bigint),
        CAST(sum(CASE WHEN place > 1 AND arrival >= @from THEN 1 ELSE 0 END) AS bigint), CAST(sum(CASE WHEN place = 0 AND arrival >= @from THEN 1 ELSE 0 END) AS bigint), CAST(sum(spent) AS bigint)
        FROM (SELECT b.arrival, CASE WHEN b.contact_id IS NULL THEN 0 ELSE row_number() OVER (PARTITION BY b.contact_id ORDER BY b.arrival) END AS place,
        CASE WHEN b.contact_id IS NULL THEN 0 ELSE {ReportScope.Spent} END AS spent{scope.Where(fromTheFirst: true)}) stays GROUP BY 1
        """;

    private static async Task<SortedDictionary<DateOnly, Counted>> Read(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        await using var reading = await db.Read(Text(scope, db), cancel);
        scope.Add(reading.Command, db, fromTheFirst: true);
        reading.With("from", db.Stored(scope.From));
        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        var months = new SortedDictionary<DateOnly, Counted>();
        while (await row.ReadAsync(cancel))
        {
            var month = ReportScope.Month(row.GetString(0));
            months[month] = new(month, (int)row.GetInt64(1), (int)row.GetInt64(2), (int)row.GetInt64(3), (int)row.GetInt64(4), row.GetInt64(5));
        }

        return months;
    }

    /// <param name="First">First stays in the whole month.</param>
    /// <param name="FirstHere">Of them those within the range.</param>
    private readonly record struct Counted(DateOnly Month, int First, int FirstHere, int LaterHere, int Nobody, long Spent);
}
