using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;

namespace Bellhop.Features.Reports;

/// <summary>
/// The bookings of a month from one source at one property, of one currency, summed from the days kept of them (<see cref="ArrivalDay"/>):
/// what every report is put together from.
/// </summary>
/// <param name="Month">Its first day; of the range's first and last month only the range's days are summed.</param>
internal sealed record ReportDays(
    DateOnly Month,
    Source Source,
    Guid PropertyId,
    string Currency,
    string ConvertedCurrency,
    long Bookings,
    long Nights,
    long Total,
    long Converted,
    long GuestBookings,
    long GuestConverted
)
{
    /// <summary>In the organisation's currency; what is not converted to it counts nothing.</summary>
    public long Revenue(ReportScope scope) => ConvertedCurrency == scope.Currency ? Converted : 0;

    /// <summary>The same of those bookings that have a guest.</summary>
    public long GuestRevenue(ReportScope scope) => ConvertedCurrency == scope.Currency ? GuestConverted : 0;

    /// <summary>The whole range, in one query.</summary>
    public static async Task<List<ReportDays>> Read(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        await using var reading = await db.Read(Text(scope, db), cancel);
        return await scope
            .Add(reading, db)
            .With("from", db.Stored(scope.From))
            .With("to", db.Stored(scope.To))
            .ToList(
                row => new ReportDays(
                    ReportScope.Month(row.GetString(0)),
                    row.ReadName<Source>(1),
                    db.ReadId(row, 2),
                    row.GetString(3),
                    row.GetString(4),
                    row.GetInt64(5),
                    row.GetInt64(6),
                    row.GetInt64(7),
                    row.GetInt64(8),
                    row.GetInt64(9),
                    row.GetInt64(10)
                ),
                cancel
            );
    }

    /// <summary>What guests' bookings brought before the range, in the organisation's currency.</summary>
    public static async Task<long> Before(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        await using var reading = await db.Read(TextBefore(scope), cancel);
        return (
            await scope
                .Add(reading, db)
                .With("from", db.Stored(scope.From))
                .With("currency", scope.Currency)
                .ToList(row => row.GetInt64(0), cancel)
        )[0];
    }

    internal static string Text(ReportScope scope, BellhopDb db) =>
        $"""
            SELECT {db.Month(
                "arrival"
            )}, source, property_id, currency, converted_currency,
            CAST(sum(bookings) AS bigint), CAST(sum(nights) AS bigint), CAST(sum(total) AS bigint), CAST(sum(converted) AS bigint),
            CAST(sum(guest_bookings) AS bigint), CAST(sum(guest_converted) AS bigint) FROM arrival_days
            WHERE organization_id = @organization{scope.Places(
                "property_id"
            )} AND arrival >= @from AND arrival <= @to GROUP BY 1, 2, 3, 4, 5 HAVING sum(bookings) > 0
            """;

    internal static string TextBefore(ReportScope scope) =>
        $"""
            SELECT CAST(coalesce(sum(guest_converted), 0) AS bigint) FROM arrival_days
            WHERE organization_id = @organization{scope.Places("property_id")} AND arrival < @from AND converted_currency = @currency
            """;
}

/// <summary>How many guests' first stay at the properties asked about arrived on a day.</summary>
internal readonly record struct FirstStays(DateOnly Day, long Guests)
{
    /// <summary>Every day up to the range's end.</summary>
    public static async Task<List<FirstStays>> Read(ReportScope scope, BellhopDb db, CancellationToken cancel)
    {
        await using var reading = await db.Read(Text(scope), cancel);
        if (scope.Properties is { Count: not 1 })
        {
            return await scope
                .Add(reading, db)
                .With("to", db.Stored(scope.To))
                .ToList(row => new FirstStays(db.ReadDay(row, 0), row.GetInt64(1)), cancel);
        }

        reading
            .With("organization", scope.OrganizationId)
            .With("property", db.Stored(scope.Properties is [var only] ? only : Guid.Empty))
            .With("to", scope.To.DayNumber);
        return await reading.ToList(row => new FirstStays(DateOnly.FromDayNumber((int)row.GetInt64(0)), row.GetInt64(1)), cancel);
    }

    // Counted already over all properties and for each; over some of several a guest's first is the first of theirs there.
    internal static string Text(ReportScope scope) =>
        scope.Properties is { Count: not 1 }
            ? $"""
                SELECT first, count(*) FROM (SELECT min(first_arrival) AS first FROM contact_at
                WHERE organization_id = @organization{scope.Places(
                    "property_id"
                )} AND first_arrival <= @to GROUP BY contact_id) guests GROUP BY first
                """
            : $"""
                SELECT at, CAST(sum(amount) AS bigint) FROM counters
                WHERE organization_id = @organization AND property_id = @property AND measure = {(short)
                    Intake.Measure.First} AND at <= @to GROUP BY at
                """;
}
