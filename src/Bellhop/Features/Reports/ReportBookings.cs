using System.Globalization;
using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reports;

/// <summary>
/// Counted bookings by month of arrival, source or property, with their nights and revenue. Bookings of deleted guests are included.
/// </summary>
public static class ReportBookings
{
    /// <param name="From">The first day of arrival.</param>
    /// <param name="To">The last day of arrival.</param>
    /// <param name="By">What the items stand for.</param>
    /// <param name="Items">Every month of the range; or the sources or properties with bookings, the highest revenue first.</param>
    /// <param name="Total">The sum of all items.</param>
    /// <param name="Unconverted">Totals without a rate to the organisation's currency. No revenue includes them.</param>
    public sealed record Result(
        DateOnly From,
        DateOnly To,
        [property: JsonIgnore] ReportBy By,
        IReadOnlyList<Item> Items,
        Sum Total,
        IReadOnlyList<LeftOut> Unconverted
    );

    /// <param name="Month">yyyy-MM, in a report by month.</param>
    /// <param name="Source">The source, in a report by source.</param>
    /// <param name="Property">The property, in a report by property.</param>
    /// <param name="Nights">Nights of all these bookings.</param>
    /// <param name="Revenue">In the organisation's currency.</param>
    public sealed record Item(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Month,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Source? Source,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PropertyName? Property,
        int Bookings,
        long Nights,
        Money Revenue
    );

    public sealed record Sum(int Bookings, long Nights, Money Revenue);

    /// <param name="Currency">ISO 4217.</param>
    /// <param name="Total">Sum of the bookings' totals in the booked currency.</param>
    public sealed record LeftOut(string Currency, int Bookings, Money Total);

    /// <exception cref="Refusal">403 without reports.view; 400 for a parameter with a wrong value; 404 for a property that the actor does
    /// not see.</exception>
    public static async Task<Result> Run(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ReportsView);
        var scope = await ReportScope.Of(query, who, db, cancel);
        return await Of(query.By, scope, await ReportDays.Read(scope, db, cancel), db, cancel);
    }

    internal static async Task<Result> Of(
        ReportBy by,
        ReportScope scope,
        IReadOnlyList<ReportDays> days,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        IReadOnlyList<Item> items = by switch
        {
            ReportBy.Month => ByMonth(scope, days),
            ReportBy.Source =>
            [
                .. Sums(days, d => d.Source, scope).Select(s => new Item(null, s.Key, null, s.Sum.Bookings, s.Sum.Nights, s.Sum.Revenue)),
            ],
            _ => await ByProperty(scope, days, db, cancel),
        };
        return new(scope.From, scope.To, by, items, SumOf(days, scope), LeftOutOf(scope, days));
    }

    private static List<Item> ByMonth(ReportScope scope, IReadOnlyList<ReportDays> days)
    {
        var found = days.ToLookup(d => d.Month);
        return
        [
            .. scope
                .Months()
                .Select(m => (Month: m, Sum: SumOf(found[m], scope)))
                .Select(m => new Item(
                    m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                    null,
                    null,
                    m.Sum.Bookings,
                    m.Sum.Nights,
                    m.Sum.Revenue
                )),
        ];
    }

    private static async Task<List<Item>> ByProperty(
        ReportScope scope,
        IReadOnlyList<ReportDays> days,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var names = await db
            .Properties.AsNoTracking()
            .Where(p => p.OrganizationId == scope.OrganizationId)
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        return
        [
            .. Sums(days, d => d.PropertyId, scope)
                .Select(s => new Item(null, null, new(s.Key, names[s.Key]), s.Sum.Bookings, s.Sum.Nights, s.Sum.Revenue)),
        ];
    }

    private static IEnumerable<(TKey Key, Sum Sum)> Sums<TKey>(
        IEnumerable<ReportDays> days,
        Func<ReportDays, TKey> key,
        ReportScope scope
    ) =>
        days.GroupBy(key)
            .Select(g => (g.Key, Sum: SumOf(g, scope)))
            .OrderByDescending(s => s.Sum.Revenue.Minor)
            .ThenByDescending(s => s.Sum.Bookings)
            .ThenBy(s => s.Key);

    private static Sum SumOf(IEnumerable<ReportDays> days, ReportScope scope)
    {
        var (bookings, nights, revenue) = (0L, 0L, 0L);
        foreach (var day in days)
        {
            (bookings, nights, revenue) = (bookings + day.Bookings, nights + day.Nights, revenue + day.Revenue(scope));
        }

        return new((int)bookings, nights, new(revenue, scope.Currency));
    }

    private static List<LeftOut> LeftOutOf(ReportScope scope, IReadOnlyList<ReportDays> days) =>
        [
            .. days.Where(d => d.ConvertedCurrency != scope.Currency)
                .GroupBy(d => d.Currency)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new LeftOut(g.Key, (int)g.Sum(d => d.Bookings), new(g.Sum(d => d.Total), g.Key))),
        ];
}
