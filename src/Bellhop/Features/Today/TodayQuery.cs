using System.Reflection;
using Bellhop.Platform;

namespace Bellhop.Features.Today;

/// <summary>What a day is asked for.</summary>
/// <param name="PropertyIds">Only these properties; all that the actor sees when left out.</param>
/// <param name="Date">The day; each property's own today when left out.</param>
/// <param name="List">Only this list; all four when left out.</param>
/// <param name="Page">The size of each list's page, and where the page of the one list begins.</param>
public sealed record TodayQuery(IReadOnlyList<Guid>? PropertyIds, DateOnly? Date, TodayList? List, PageQuery Page)
{
    internal static string[] Parameters { get; } = ["propertyId*", "date", "list", .. PageQuery.Names];

    /// <summary>The first pages of all lists.</summary>
    public static TodayQuery All { get; } = new(null, null, null, new());

    /// <summary>The errors of the request. The use case refuses them after it has checked the permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>Lets a route handler take it as a parameter.</summary>
    public static ValueTask<TodayQuery?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var (query, errors) = (http.Request.Query, new ValidationErrors());
        var read = new QueryReading(query, errors);
        var asked = new TodayQuery(
            read.Ids("propertyId"),
            read.Day("date"),
            read.OneOf<TodayList>("list", Name),
            PageQuery.Read(query, errors, Parameters.Select(p => p.TrimEnd('*')))
        );
        if (asked is { List: null, Page.Cursor: not null })
        {
            errors.Add("list", "Required");
        }

        return ValueTask.FromResult<TodayQuery?>(asked with { Wrong = errors });
    }

    /// <summary>The list's name in addresses and JSON.</summary>
    public static string Name(TodayList list) => char.ToLowerInvariant($"{list}"[0]) + $"{list}"[1..];
}
