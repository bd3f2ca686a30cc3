using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Contacts;

/// <summary>What the address of the contacts page says: everything a person chose, so that a link shows the same and Back works.</summary>
/// <param name="Filter">Which guests.</param>
/// <param name="Sort">By what.</param>
/// <param name="Descending">Greatest first.</param>
/// <param name="Panel">The panel that is open: <see cref="Filters"/>, <see cref="Import"/>, <see cref="Export"/>, <see cref="SaveSegment"/>
/// or none.</param>
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

    /// <summary>Reads an address; what cannot be read is left out, since people edit addresses.</summary>
    public static ContactsAddress Read(string uri)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(new Uri(uri).Query));
        var sort = ContactSorts.Read(query["sort"].ToString()) ?? (ContactSort.Created, Descending: true);
        var panel = query["panel"].ToString();
        return new(
            ContactFilter.ReadPage(query),
            sort.Sort,
            sort.Descending,
            panel is Filters or Import or Export or SaveSegment ? panel : null,
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

    /// <summary>The list alone, without what is open over it.</summary>
    public ContactsAddress Closed => this with { Panel = null, Edit = null, Profile = null };

    /// <summary>Whether an address is this page's, with or without a profile.</summary>
    public static bool IsHere(string uri) =>
        new Uri(uri).AbsolutePath is var path
        && (path == Path || (path.StartsWith(Path + "/", StringComparison.Ordinal) && Guid.TryParse(path[(Path.Length + 1)..], out _)));

    /// <summary>
    /// The same guests by another column: newest, most and latest first where it is chosen anew, the other way where it is chosen again.
    /// </summary>
    public ContactsAddress SortedBy(ContactSort sort) =>
        Closed with
        {
            Sort = sort,
            Descending = sort == Sort ? !Descending : !sort.Key.RisesFirst,
        };

    /// <summary>A guest's profile: over the list where one is, as it is filtered and sorted; else over all guests.</summary>
    public static string Open(string uri, Guid guest) =>
        ((IsHere(uri) ? Read(uri).Closed : new(ContactFilter.None)) with { Profile = guest }).Write();

    /// <summary>Everyone known where one looks: no filter but the property.</summary>
    public ContactFilter Here => new(PropertyIds: Filter.PropertyIds);
}
