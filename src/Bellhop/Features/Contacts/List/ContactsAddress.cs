using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The address of the contacts page. It holds everything that a person chose, so that a link shows the same and Back works.
/// </summary>
/// <param name="Filter">Which guests.</param>
/// <param name="Sort">The sort order.</param>
/// <param name="Descending">Greatest first.</param>
/// <param name="Panel">The panel that is open: <see cref="Filters"/>, <see cref="Import"/>, <see cref="Export"/>,
/// <see cref="SaveSegment"/>, <see cref="View"/> or none.</param>
/// <param name="Edit">The guest whose panel is open.</param>
/// <param name="Profile">The guest whose profile is open.</param>
public sealed record ContactsAddress(
    ContactFilter Filter,
    ContactSort Sort = default,
    bool Descending = true,
    string? Panel = null,
    Guid? Edit = null,
    Guid? Profile = null
)
{
    public const string Path = "/contacts";
    public const string Filters = "filters";
    public const string Import = "import";
    public const string Export = "export";
    public const string SaveSegment = "segment";
    public const string View = "view";

    /// <summary>Reads an address. Invalid parts are ignored, because people edit addresses.</summary>
    public static ContactsAddress Read(string uri)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(new Uri(uri).Query));
        var sort = ContactSorts.Read(query["sort"].ToString()) ?? (ContactSort.Created, Descending: true);
        var panel = query["panel"].ToString();
        return new(
            ContactFilter.ReadPage(query),
            sort.Sort,
            sort.Descending,
            panel is Filters or Import or Export or SaveSegment or View ? panel : null,
            Guid.TryParse(query["edit"].ToString(), out var edit) ? edit : null,
            Guid.TryParse(new Uri(uri).AbsolutePath.TrimEnd('/').Split('/')[^1], out var profile) ? profile : null
        );
    }

    /// <summary>The address, from the site's root.</summary>
    public string Write()
    {
        var parts = new[]
        {
            Filter.ToQuery(),
            Sort == ContactSort.Created && Descending ? "" : "sort=" + Sort.ToQuery(Descending),
            Panel is null ? "" : "panel=" + Panel,
            Edit is { } edit ? "edit=" + edit.ToString("D") : "",
        };
        var query = string.Join('&', parts.Where(p => p.Length > 0));
        var path = Profile is { } profile ? $"{Path}/{profile:D}" : Path;
        return query.Length == 0 ? path : path + "?" + query;
    }

    /// <summary>The address of the list alone, with nothing open over it.</summary>
    public ContactsAddress Closed => this with { Panel = null, Edit = null, Profile = null };

    /// <summary>Whether the address is one of this page, with or without a profile.</summary>
    public static bool IsHere(string uri) =>
        new Uri(uri).AbsolutePath is var path
        && (path == Path || (path.StartsWith(Path + "/", StringComparison.Ordinal) && Guid.TryParse(path[(Path.Length + 1)..], out _)));

    /// <summary>
    /// The same guests sorted by another column. A newly chosen column begins in its usual direction; choosing it again reverses the order.
    /// </summary>
    public ContactsAddress SortedBy(ContactSort sort) =>
        Closed with
        {
            Sort = sort,
            Descending = sort == Sort ? !Descending : !sort.Key.RisesFirst,
        };

    /// <summary>
    /// The address of a guest's profile. On this page it keeps the list's filter and order; elsewhere it is over all guests.
    /// </summary>
    public static string Open(string uri, Guid guest) =>
        ((IsHere(uri) ? Read(uri).Closed : new(ContactFilter.None)) with { Profile = guest }).Write();

    /// <summary>A filter with only this filter's properties.</summary>
    public ContactFilter Here => new(PropertyIds: Filter.PropertyIds);
}
