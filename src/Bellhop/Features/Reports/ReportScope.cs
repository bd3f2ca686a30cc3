using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reports;

/// <summary>What a report is asked for: the days of arrival and the properties.</summary>
/// <param name="From">The first day of arrival. When left out, the first day of the month eleven months before the last day's
/// month.</param>
/// <param name="To">The last day of arrival. When left out, today: in the zone of the property if there is only one, else in the
/// organisation's zone.</param>
/// <param name="PropertyIds">Only bookings at these properties; all that the actor sees when left out.</param>
/// <param name="By">What bookings are grouped by.</param>
public sealed record ReportQuery(
    DateOnly? From = null,
    DateOnly? To = null,
    IReadOnlyList<Guid>? PropertyIds = null,
    ReportBy By = ReportBy.Month
)
{
    internal static readonly string[] Parameters = ["from", "to", "propertyId*"];
    internal static readonly string[] WithBy = [.. Parameters, "by"];

    /// <summary>The errors of the request. The use case throws them after it has checked the permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>Lets a route handler take a <see cref="ReportQuery"/> as a parameter.</summary>
    public static ValueTask<ReportQuery?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var (query, errors) = (http.Request.Query, new ValidationErrors());
        return ValueTask.FromResult<ReportQuery?>(Read(query, errors) with { Wrong = errors });
    }

    /// <summary>Reads a request's parameters and adds what is wrong to <paramref name="errors"/>.</summary>
    public static ReportQuery Read(IQueryCollection query, ValidationErrors errors)
    {
        var read = new QueryReading(query, errors);
        var by = ReportBy.Month;
        switch (read.One("by"))
        {
            case null or "month":
                break;
            case "source":
                by = ReportBy.Source;
                break;
            case "property":
                by = ReportBy.Property;
                break;
            default:
                errors.Add("by", "OneOf", "month, source, property");
                break;
        }

        var (from, to) = (read.Day("from"), read.Day("to"));
        read.InOrder("from", from, "to", to);
        return new(from, to, read.Ids("propertyId"), by);
    }
}

public enum ReportBy
{
    Month,
    Source,
    Property,
}

/// <summary>A report query with all defaults filled in: days, properties and currency.</summary>
/// <param name="Properties">Only these properties; null for all of the organisation.</param>
internal sealed record ReportScope(int OrganizationId, DateOnly From, DateOnly To, IReadOnlyList<Guid>? Properties, string Currency)
{
    private const int MostYears = 50;

    /// <exception cref="Refusal">400 for a parameter with a wrong value; 404 for a property that the actor does not see.</exception>
    public static async Task<ReportScope> Of(ReportQuery query, Actor who, BellhopDb db, CancellationToken cancel)
    {
        query.Wrong?.Refuse();
        var (currency, zone) = await Reporting.Of(who.OrganizationId, db, cancel);
        var places = who.Properties?.Distinct().Order().ToArray();
        if (query.PropertyIds is { Count: > 0 } asked)
        {
            var seen = await db
                .Properties.AsNoTracking()
                .VisibleTo(who)
                .Where(p => asked.Contains(p.Id))
                .Select(p => new { p.Id, p.TimeZone })
                .ToListAsync(cancel);
            foreach (var id in asked.Where(id => !seen.Exists(p => p.Id == id)))
            {
                throw Refusal.NotThere("property", id);
            }

            places = [.. seen.Select(p => p.Id).Order()];
            zone = seen is [var only] ? only.TimeZone : zone;
        }

        // If only one end is given and it lies beyond the default of the other end, the other end is moved.
        var to = query.To ?? Later(db.Now.DayIn(Clock.Zone(zone)!), query.From);
        var from = query.From ?? new DateOnly(to.Year, to.Month, 1).AddMonths(-11);
        if (to > from.AddYears(MostYears))
        {
            throw Refusal.Invalid("to", ErrorText.Of<ReportTexts>("TooLong", MostYears));
        }

        return new(who.OrganizationId, from, to, places, currency);
    }

    /// <summary>
    /// SQL condition for the scope's properties. Without a limit it names all properties, so that each is one stretch of the days' key.
    /// </summary>
    public Sql Places(Sql column) =>
        Properties is null
            ? $" AND {column} IN (SELECT id FROM properties WHERE organization_id = {OrganizationId})"
            : Sql.AndIn(column, Properties);

    /// <summary>The first day of each month of the range.</summary>
    public IEnumerable<DateOnly> Months()
    {
        for (var month = new DateOnly(From.Year, From.Month, 1); month <= To; month = month.AddMonths(1))
        {
            yield return month;
        }
    }

    public static DateOnly Month(string text) => DateOnly.ParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture);

    private static DateOnly Later(DateOnly today, DateOnly? from) => from > today ? from.Value : today;
}
