using System.Data.Common;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Reports;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Reports;

/// <summary><c>reports [--engine sqlite|postgres] [--guests N]</c>: each report over all there is and over twelve months, against the query one would write by hand on the raw driver.</summary>
internal static class ReportsCommand
{
    private const int Goal = 300;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        var guests = int.Parse(options["--guests"] ?? "100000", CultureInfo.InvariantCulture);
        await Console.Out.WriteLineAsync("# Reports\n\nMilliseconds, minimum / median of 40 rounds in turn; the limit is the query by hand on the raw driver, prepared, without a look at who asks.");
        foreach (var each in options.Engines)
        {
            await Measure(await Town.Make(each, guests));
        }

        return 0;
    }

    private static async Task Measure(Town town)
    {
        await using var db = town.Open();
        db.Database.SetCommandTimeout(600);
        var who = Actor.System(town.Organization);
        var bookings = await db.Bookings.CountAsync();
        await Console.Out.WriteLineAsync($"\n## {town.Engine}, {bookings:N0} bookings, load {(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]}\n\n| report | days | ours | by hand | ratio |\n|---|---|---|---|---|");
        await using var raw = town.Connect();
        await raw.OpenAsync();
        foreach (var (days, query) in new[] { ("12 months", new ReportQuery()), ("all", new ReportQuery(new(2000, 1, 1), new(2039, 12, 31))) })
        {
            var scope = await ReportScope.Of(query, who, db, default);
            var total = 0.0;
            foreach (var by in Enum.GetValues<ReportBy>())
            {
                total += await Row($"bookings by {by.ToString().ToLowerInvariant()}", days, () => ReportBookings.Run(query with { By = by }, who, db, default), raw, Hand(by, town.Engine), scope, db);
            }

            total += await Row("guests", days, () => ReportGuests.Run(query, who, db, default), raw, HandGuests(town.Engine), scope, db);
            await Console.Out.WriteLineAsync($"\nThe page's four together, {days}: {total:N0} ms (median); goal {Goal} ms at 119,390 bookings.\n");
        }
    }

    private static async Task<double> Row(string name, string days, Func<Task> ours, DbConnection raw, string hand, ReportScope scope, BellhopDb db)
    {
        await using var command = raw.CreateCommand();
        command.CommandText = hand;
        command.With("organization", scope.OrganizationId).With("from", db.Stored(scope.From)).With("to", db.Stored(scope.To)).With("currency", scope.Currency);
        await command.PrepareAsync();
        var rounds = await Rounds.Run(ours, async () =>
        {
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                row.GetValue(1);
            }
        }, rounds: 40, warm: 3);
        var ratios = rounds.Ours.Zip(rounds.Limit, (a, b) => a / b).ToArray();
        await Console.Out.WriteLineAsync($"| {name} | {days} | {Milliseconds(rounds.Ours)} | {Milliseconds(rounds.Limit)} | {Rounds.Ratio(rounds.R)} / {Rounds.Ratio(Rounds.Median(ratios))} |");
        return Rounds.Median(rounds.Ours) / 1000;
    }

    private static string Milliseconds(double[] micros) => string.Create(CultureInfo.InvariantCulture, $"{micros.Min() / 1000:0.0} / {Rounds.Median(micros) / 1000:0.0}");

    private static string Hand(ReportBy by, string engine)
    {
        var nights = engine == "sqlite" ? "julianday(departure) - julianday(arrival)" : "departure - arrival";
        var key = by switch { ReportBy.Month => Month(engine), ReportBy.Source => "source", _ => "property_id" };
        return $"SELECT {key}, count(*), sum({nights}), sum(CASE WHEN converted_currency = @currency THEN converted ELSE 0 END) FROM bookings WHERE organization_id = @organization "
            + $"AND status IN ('Confirmed', 'InHouse', 'Completed') AND arrival >= @from AND arrival <= @to GROUP BY {key}";
    }

    private static string HandGuests(string engine) =>
        $"""
        SELECT {Month(engine)}, sum(CASE WHEN arrival = first AND arrival >= @from THEN 1 ELSE 0 END), count(*), sum(CASE WHEN converted_currency = @currency THEN converted ELSE 0 END)
        FROM (SELECT arrival, converted, converted_currency, min(arrival) OVER (PARTITION BY contact_id) AS first FROM bookings
        WHERE organization_id = @organization AND status IN ('Confirmed', 'InHouse', 'Completed') AND arrival <= @to) stays GROUP BY {Month(engine)}
        """;

    private static string Month(string engine) => engine == "sqlite" ? "substr(arrival, 1, 7)" : "to_char(arrival, 'YYYY-MM')";
}
