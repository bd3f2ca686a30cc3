using System.Data.Common;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Reports;

namespace Bellhop.Benchmarks.Reports;

/// <summary>The page's queries as one would write them by hand, prepared.</summary>
internal sealed class RawReports(IReadOnlyList<DbCommand> commands) : IAsyncDisposable
{
    private const string Counted = "status IN ('Confirmed', 'InHouse', 'Completed')";

    /// <param name="ofBookings">Count the bookings, instead of reading what is kept of them.</param>
    public static async Task<RawReports> Prepare(DbConnection raw, ReportScope scope, BenchDatabase town, BellhopDb db, bool ofBookings)
    {
        var places = scope.Properties ?? town.Properties;
        var among = "organization_id = @organization AND property_id IN (" + string.Join(", ", places.Select((_, i) => "@place" + i)) + ")";
        var commands = new List<DbCommand>();
        foreach (var text in ofBookings ? OfBookings(town.Engine, among) : OfDays(town.Engine, among, scope))
        {
            var command = raw.CreateCommand();
            command.CommandText = text;
            command
                .With("organization", scope.OrganizationId)
                .With("from", db.Stored(scope.From))
                .With("to", db.Stored(scope.To))
                .With("to_day", (long)scope.To.DayNumber)
                .With("currency", scope.Currency)
                .With("place", db.Stored(scope.Properties is [var only] ? only : Guid.Empty));
            for (var i = 0; i < places.Count; i++)
            {
                command.With("place" + i, db.Stored(places[i]));
            }

            await command.PrepareAsync();
            commands.Add(command);
        }

        return new(commands);
    }

    /// <summary>Reads every column of every row.</summary>
    public async Task Run()
    {
        foreach (var command in commands)
        {
            await using var row = await command.ExecuteReaderAsync();
            var values = new object[row.FieldCount];
            while (await row.ReadAsync())
            {
                row.GetValues(values);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands)
        {
            await command.DisposeAsync();
        }
    }

    private static IEnumerable<string> OfDays(string engine, string among, ReportScope scope) =>
        [
            $"""
                SELECT {Month(
                    engine
                )}, source, property_id, currency, converted_currency, sum(bookings), sum(nights), sum(total), sum(converted),
                sum(guest_bookings), sum(guest_converted) FROM arrival_days
                WHERE {among} AND arrival >= @from AND arrival <= @to GROUP BY 1, 2, 3, 4, 5
                """,
            $"SELECT sum(guest_converted) FROM arrival_days WHERE {among} AND arrival < @from AND converted_currency = @currency",
            scope.Properties is { Count: > 1 }
                ? $"SELECT first, count(*) FROM (SELECT min(first_arrival) AS first FROM contact_at WHERE {among} "
                    + "AND first_arrival <= @to GROUP BY contact_id) guests GROUP BY first"
                : "SELECT at, sum(amount) FROM counters WHERE organization_id = @organization AND property_id = @place "
                    + "AND measure = 5 AND at <= @to_day GROUP BY at",
            "SELECT id, name FROM properties WHERE organization_id = @organization",
        ];

    private static IEnumerable<string> OfBookings(string engine, string among)
    {
        var nights = engine == "sqlite" ? "julianday(departure) - julianday(arrival)" : "departure - arrival";
        var spent = "sum(CASE WHEN converted_currency = @currency THEN converted ELSE 0 END)";
        foreach (var key in new[] { Month(engine), "source", "property_id" })
        {
            yield return $"SELECT {key}, count(*), sum({nights}), {spent} FROM bookings WHERE {among} AND {Counted} AND arrival >= @from "
                + "AND arrival <= @to GROUP BY 1";
        }

        yield return $"""
            SELECT {Month(engine)}, sum(CASE WHEN arrival = first AND arrival >= @from THEN 1 ELSE 0 END), count(*), {spent}
            FROM (SELECT arrival, converted, converted_currency, min(arrival) OVER (PARTITION BY contact_id) AS first FROM bookings
                WHERE {among} AND {Counted} AND arrival <= @to) stays GROUP BY 1
            """;
    }

    private static string Month(string engine) => engine == "sqlite" ? "substr(arrival, 1, 7)" : "to_char(arrival, 'YYYY-MM')";
}
