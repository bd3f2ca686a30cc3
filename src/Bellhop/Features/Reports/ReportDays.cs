using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;

namespace Bellhop.Features.Reports;

/// <summary>
/// The sums of the counted bookings with the same month, source, property and currency, read from <see cref="ArrivalDay"/>. Every report is
/// built from these.
/// </summary>
/// <param name="Month">The month's first day. Of the range's first and last month only the days in the range are summed.</param>
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
    /// <summary>Revenue in the organisation's currency; 0 when the bookings are not converted to it.</summary>
    public long Revenue(ReportScope scope) => ConvertedCurrency == scope.Currency ? Converted : 0;

    /// <summary>The same, only for bookings that have a contact.</summary>
    public long GuestRevenue(ReportScope scope) => ConvertedCurrency == scope.Currency ? GuestConverted : 0;

    /// <summary>Reads the whole range in one query.</summary>
    public static Task<List<ReportDays>> Read(ReportScope scope, BellhopDb db, CancellationToken cancel) =>
        db.Read(
            Question(scope, db.Dialect),
            row => new ReportDays(
                ReportScope.Month(row.Text()),
                row.Name<Source>(),
                row.Id(),
                row.Text(),
                row.Text(),
                row.Long(),
                row.Long(),
                row.Long(),
                row.Long(),
                row.Long(),
                row.Long()
            ),
            cancel
        );

    /// <summary>The revenue of bookings with a contact before the range, in the organisation's currency.</summary>
    public static Task<long> Before(ReportScope scope, BellhopDb db, CancellationToken cancel) =>
        db.ReadFirst(QuestionBefore(scope), row => row.Long(), cancel);

    internal static Sql Question(ReportScope scope, SqlDialect dialect) =>
        $"""
            SELECT {dialect.Month($"arrival")}, source, property_id, currency, converted_currency,
            CAST(sum(bookings) AS bigint), CAST(sum(nights) AS bigint), CAST(sum(total) AS bigint), CAST(sum(converted) AS bigint),
            CAST(sum(guest_bookings) AS bigint), CAST(sum(guest_converted) AS bigint) FROM arrival_days
            WHERE organization_id = {scope.OrganizationId}{scope.Places($"property_id")}
            AND arrival >= {scope.From} AND arrival <= {scope.To} GROUP BY 1, 2, 3, 4, 5 HAVING sum(bookings) > 0
            """;

    internal static Sql QuestionBefore(ReportScope scope) =>
        $"""
            SELECT CAST(coalesce(sum(guest_converted), 0) AS bigint) FROM arrival_days
            WHERE organization_id = {scope.OrganizationId}{scope.Places($"property_id")}
            AND arrival < {scope.From} AND converted_currency = {scope.Currency}
            """;
}

/// <summary>How many guests had their first stay, at the properties asked for, on a day.</summary>
internal readonly record struct FirstStays(DateOnly Day, long Guests)
{
    /// <summary>Every day up to the end of the range.</summary>
    public static Task<List<FirstStays>> Read(ReportScope scope, BellhopDb db, CancellationToken cancel) =>
        scope.Properties is { Count: not 1 }
            ? db.Read(Question(scope), row => new FirstStays(row.Day(), row.Long()), cancel)
            : db.Read(Question(scope), row => new FirstStays(DateOnly.FromDayNumber((int)row.Long()), row.Long()), cancel);

    // The first arrival is already stored for all properties together and for each one. For several properties it is the earliest of those.
    internal static Sql Question(ReportScope scope) =>
        scope.Properties is { Count: not 1 }
            ? Sql.Of(
                $"""
                SELECT first, count(*) FROM (SELECT min(first_arrival) AS first FROM contact_at
                WHERE organization_id = {scope.OrganizationId}{scope.Places($"property_id")}
                AND first_arrival <= {scope.To} GROUP BY contact_id) guests GROUP BY first
                """
            )
            : $"""
                SELECT at, CAST(sum(amount) AS bigint) FROM counters
                WHERE organization_id = {scope.OrganizationId} AND property_id = {(scope.Properties is [var only] ? only : Guid.Empty)}
                AND measure = {(int)Intake.Measure.First:fixed} AND at <= {scope.To.DayNumber} GROUP BY at
                """;
}
