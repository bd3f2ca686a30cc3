using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Reports;

/// <summary>What a report is asked about: arrivals on which days, at which properties.</summary>
/// <param name="From">The first day of arrival; where left out, the first of the month eleven months before the last day's.</param>
/// <param name="To">The last day of arrival; where left out, today where the one property is, else where the organisation is.</param>
/// <param name="PropertyIds">At any of these; all one sees where left out.</param>
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

    /// <summary>What was wrong with the request this was read from: refused by the use case, after its permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>Lets a route take one as a plain parameter.</summary>
    public static ValueTask<ReportQuery?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var (query, errors) = (http.Request.Query, new ValidationErrors());
        return ValueTask.FromResult<ReportQuery?>(Read(query, errors) with { Wrong = errors });
    }

    /// <summary>Reads a request's parameters; what is wrong is added to <paramref name="errors"/>.</summary>
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

/// <summary>A question with everything decided: the days, the properties, the currency.</summary>
/// <param name="Properties">The only ones; null for all of the organisation's.</param>
internal sealed record ReportScope(int OrganizationId, DateOnly From, DateOnly To, IReadOnlyList<Guid>? Properties, string Currency)
{
    private const int MostYears = 50;

    /// <exception cref="Refusal">400 for a parameter that cannot be taken; 404 for a property not seen.</exception>
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

        // A range that begins after it ends is put right here where only one end was given.
        var to = query.To ?? Later(db.Now.DayIn(Clock.Zone(zone)!), query.From);
        var from = query.From ?? new DateOnly(to.Year, to.Month, 1).AddMonths(-11);
        if (to > from.AddYears(MostYears))
        {
            throw Refusal.Invalid("to", ErrorText.Of<ReportTexts>("TooLong", MostYears));
        }

        return new(who.OrganizationId, from, to, places, currency);
    }

    /// <summary>SQL of the scope's properties; without a limit all are named, so that each is a stretch of the days' key.</summary>
    public Sql Places(Sql column) =>
        Properties is null
            ? $" AND {column} IN (SELECT id FROM properties WHERE organization_id = {OrganizationId})"
            : Sql.AndIn(column, Properties);

    /// <summary>The months of the range, each by its first.</summary>
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
