using System.Reflection;
using System.Text.Json;
using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Contacts.Export;

/// <summary>What to export: the guests of a filter and order, or some guests by their ids, and the columns.</summary>
/// <param name="Filter">Which guests. With ids, over which properties.</param>
/// <param name="Sort">The order of the guests.</param>
/// <param name="Descending">Greatest first. Empty values are last in both directions.</param>
/// <param name="Columns">In the order of the file.</param>
/// <param name="Mark">Whether the file begins with a byte order mark.</param>
/// <param name="Ids">Only these guests, when given. The use case refuses an id that the viewer does not see.</param>
public sealed record ExportRequest(
    ContactFilter Filter,
    ContactSort Sort,
    bool Descending,
    IReadOnlyList<ExportColumn> Columns,
    bool Mark = false,
    IReadOnlyList<Guid>? Ids = null
)
{
    /// <summary>At most this many ids fit into an address.</summary>
    public const int MostInAddress = 100;

    internal static string[] Parameters { get; } =
    [.. FilterConditions.OfApiDescribed, .. FilterConditions.OfPagesDescribed, "id*", "sort", "columns*", "bom", "notes"];

    /// <summary>Reads a request's parameters. The use case refuses errors after it has checked the permission.</summary>
    public static ValueTask<ExportRequest?> BindAsync(HttpContext http, ParameterInfo _)
    {
        var errors = new ValidationErrors();
        var read = new QueryReading(http.Request.Query, errors);
        var filter = ContactFilter.ReadWhole(http.Request.Query, errors) with { Wrong = errors };
        var ids = read.Ids("id");
        if (ids?.Count > MostInAddress)
        {
            errors.Add("id", "TooLong", MostInAddress);
        }

        var (sort, descending) = ContactSorts.Read(read.One("sort"), errors);
        var columns = ExportColumns.Read(http.Request.Query["columns"], read.YesNo("notes") == true, errors);
        return ValueTask.FromResult<ExportRequest?>(new(filter, sort, descending, columns, read.YesNo("bom") == true, ids));
    }

    /// <summary>The address that returns the file.</summary>
    public string Address()
    {
        var parts = new[]
        {
            Filter.ToQuery(),
            Ids is null ? "" : string.Join('&', Ids.Select(id => "id=" + id.ToString("D"))),
            "sort=" + Sort.ToQuery(Descending),
            "columns=" + Uri.EscapeDataString(string.Join(',', Columns.Where(c => c != ExportColumns.Notes).Select(c => c.Heading))),
            Mark ? "bom=true" : "",
            Columns.Contains(ExportColumns.Notes) ? "notes=true" : "",
        };
        return "/api/v1/contacts/export?" + string.Join('&', parts.Where(p => p.Length > 0));
    }

    /// <summary>The form that is stored for the job. It holds no values of guests except the search text.</summary>
    /// <param name="properties">The only properties that the asker saw; null for all.</param>
    internal string Write(IReadOnlyList<Guid>? properties) =>
        JsonSerializer.Serialize(
            new Kept(Filter.ToQuery(), Sort.ToQuery(Descending), [.. Columns.Select(c => c.Heading)], Mark, Ids, properties),
            JsonSerializerOptions.Web
        );

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static (ExportRequest Question, IReadOnlyList<Guid>? Properties) Read(string kept)
    {
        var was = JsonSerializer.Deserialize<Kept>(kept, JsonSerializerOptions.Web)!;
        var sort = ContactSorts.Read(was.Sort) ?? (ContactSort.Created, Descending: true);
        var filter = ContactFilter.ReadPage(new QueryCollection(QueryHelpers.ParseQuery(was.Filter)));
        return (
            new(
                filter,
                sort.Sort,
                sort.Descending,
                [.. ExportColumns.All.Where(c => was.Columns.Contains(c.Heading, StringComparer.Ordinal))],
                was.Mark,
                was.Ids
            ),
            was.Properties
        );
    }

    private sealed record Kept(
        string Filter,
        string Sort,
        IReadOnlyList<string> Columns,
        bool Mark,
        IReadOnlyList<Guid>? Ids,
        IReadOnlyList<Guid>? Properties
    );
}
