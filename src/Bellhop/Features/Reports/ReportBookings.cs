using System.Globalization;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reports;

/// <summary>Counted bookings by arrival, with their nights and revenue, by month, source or property; those of deleted guests too.</summary>
public static class ReportBookings
{
    /// <param name="From">The first day of arrival.</param>
    /// <param name="To">The last one.</param>
    /// <param name="By">What the items are.</param>
    /// <param name="Items">Every month of the range; or the sources or properties that have bookings, most revenue first.</param>
    /// <param name="Total">All of them together.</param>
    /// <param name="Unconverted">Totals without a rate into the organisation's currency: they are in no revenue.</param>
    public sealed record Result(DateOnly From, DateOnly To, [property: JsonIgnore] ReportBy By, IReadOnlyList<Item> Items, Sum Total, IReadOnlyList<LeftOut> Unconverted);

    /// <param name="Month">yyyy-MM, of a report by month.</param>
    /// <param name="Source">Of a report by source.</param>
    /// <param name="Property">Of a report by property.</param>
    /// <param name="Nights">Of all of them.</param>
    /// <param name="Revenue">In the organisation's currency.</param>
    public sealed record Item(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Month,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Source? Source,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PropertyName? Property,
        int Bookings,
        long Nights,
        Money Revenue);

    public sealed record Sum(int Bookings, long Nights, Money Revenue);

    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Total">Of the bookings' totals as they were booked.</param>
    public sealed record LeftOut(string Currency, int Bookings, Money Total);

    /// <exception cref="Refusal">403 without reports.view; 400 for a parameter that cannot be taken; 404 for a property not seen.</exception>
    public static async Task<Result> Run(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ReportsView);
        var scope = await ReportScope.Of(query, who, db, cancel);
        var items = query.By switch
        {
            ReportBy.Month => await ByMonth(scope, db, cancel),
            ReportBy.Source => await BySource(scope, db, cancel),
            _ => await ByProperty(scope, db, cancel),
        };
        var total = new Sum(items.Sum(i => i.Bookings), items.Sum(i => i.Nights), new(items.Sum(i => i.Revenue.Minor), scope.Currency));
        return new(scope.From, scope.To, query.By, items, total, await LeftOutOf(scope, db, cancel));
    }

    // Day by day off the index, then the days of a month: so nothing but days is sorted.
    internal static string Text(ReportBy by, ReportScope scope, BellhopDb db)
    {
        var sums = $"count(*) AS bookings, sum({db.Nights("b.arrival", "b.departure")}) AS nights, sum({ReportScope.Spent}) AS revenue";
        var key = by switch { ReportBy.Month => "b.arrival", ReportBy.Source => "b.source", _ => "b.property_id" };
        var grouped = $"SELECT {key} AS item, {sums}{scope.Where(fromTheFirst: false)} GROUP BY {key}";
        return by == ReportBy.Month
            ? $"SELECT {db.Month("item")}, CAST(sum(bookings) AS bigint), CAST(sum(nights) AS bigint), CAST(sum(revenue) AS bigint) FROM ({grouped}) days GROUP BY 1"
            : $"SELECT item, CAST(bookings AS bigint), CAST(nights AS bigint), CAST(revenue AS bigint) FROM ({grouped}) items";
    }

    private static async Task<List<Item>> ByMonth(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        var found = (await Read(ReportBy.Month, scope, (row, _) => row.GetString(0), db, cancel)).ToDictionary(r => r.Key, r => r.Sum, StringComparer.Ordinal);
        return [.. scope.Months().Select(m => m.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Select(m => found.TryGetValue(m, out var sum)
            ? new Item(m, null, null, sum.Bookings, sum.Nights, sum.Revenue) : new Item(m, null, null, 0, 0, new(0, scope.Currency)))];
    }

    private static async Task<List<Item>> BySource(ReportScope scope, BellhopDb db, CancellationToken cancel) =>
        [.. (await Read(ReportBy.Source, scope, (row, _) => row.ReadName<Source>(0), db, cancel)).OrderByDescending(r => r.Sum.Revenue.Minor).ThenByDescending(r => r.Sum.Bookings).ThenBy(r => r.Key)
            .Select(r => new Item(null, r.Key, null, r.Sum.Bookings, r.Sum.Nights, r.Sum.Revenue))];

    private static async Task<List<Item>> ByProperty(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        var names = await db.Properties.AsNoTracking().Where(p => p.OrganizationId == scope.OrganizationId).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        return [.. (await Read(ReportBy.Property, scope, (row, at) => at.ReadId(row, 0), db, cancel)).OrderByDescending(r => r.Sum.Revenue.Minor).ThenByDescending(r => r.Sum.Bookings).ThenBy(r => r.Key)
            .Select(r => new Item(null, null, new(r.Key, names[r.Key]), r.Sum.Bookings, r.Sum.Nights, r.Sum.Revenue))];
    }

    private static async Task<List<(TKey Key, Sum Sum)>> Read<TKey>(ReportBy by, ReportScope scope, Func<System.Data.Common.DbDataReader, BellhopDb, TKey> key, BellhopDb db, CancellationToken cancel)
    {
        await using var reading = await db.Read(Text(by, scope, db), cancel);
        scope.Add(reading.Command, db);
        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        var rows = new List<(TKey, Sum)>();
        while (await row.ReadAsync(cancel))
        {
            rows.Add((key(row, db), new((int)row.GetInt64(1), row.GetInt64(2), new(row.GetInt64(3), scope.Currency))));
        }

        return rows;
    }

    private static async Task<List<LeftOut>> LeftOutOf(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        await using var reading = await db.Read(
            $"SELECT b.currency, count(*), CAST(sum(b.total) AS bigint){scope.Where(fromTheFirst: false)} AND {ReportScope.Unconverted} GROUP BY b.currency ORDER BY b.currency", cancel);
        scope.Add(reading.Command, db);
        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        var rows = new List<LeftOut>();
        while (await row.ReadAsync(cancel))
        {
            rows.Add(new(row.GetString(0), (int)row.GetInt64(1), new(row.GetInt64(2), row.GetString(0))));
        }

        return rows;
    }
}
