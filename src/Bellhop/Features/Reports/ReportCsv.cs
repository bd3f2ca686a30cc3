using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Reports;

/// <summary>The reports' tables as files. Headings and figures are the same in every language.</summary>
public static class ReportCsv
{
    public static async Task<IResult> Bookings(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var report = await ReportBookings.Run(query, who, db, cancel);
        var by = report.By switch
        {
            ReportBy.Month => "month",
            ReportBy.Source => "source",
            _ => "property",
        };
        var rows = report.Items.Select(i =>
            new object?[]
            {
                i.Month ?? i.Source?.ToString() ?? i.Property!.Name,
                i.Bookings,
                i.Nights,
                i.Revenue.Amount,
                i.Revenue.Currency,
            }
        );
        return File($"bookings-by-{by}", report.From, report.To, [by, "bookings", "nights", "revenue", "currency"], rows);
    }

    public static async Task<IResult> Guests(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var report = await ReportGuests.Run(query, who, db, cancel);
        var rows = report.Items.Select(i =>
            new object?[]
            {
                i.Month,
                i.New,
                i.Returning,
                i.WithoutGuest,
                i.Guests,
                i.AverageLifetimeValue.Amount,
                i.AverageLifetimeValue.Currency,
            }
        );
        return File(
            "guests",
            report.From,
            report.To,
            ["month", "new", "returning", "without guest", "guests", "average lifetime value", "currency"],
            rows
        );
    }

    internal static string Text(IReadOnlyList<string> head, IEnumerable<object?[]> rows) =>
        string.Concat(rows.Prepend([.. head]).Select(CsvLine.Of));

    private static IResult File(string name, DateOnly from, DateOnly to, IReadOnlyList<string> head, IEnumerable<object?[]> rows) =>
        Results.File(
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text(head, rows))],
            "text/csv; charset=utf-8",
            string.Create(CultureInfo.InvariantCulture, $"{name}-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv")
        );
}
