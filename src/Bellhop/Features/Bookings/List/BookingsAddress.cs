using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Bookings;

/// <summary>What the address of the bookings page says: everything a person chose, so that a link shows the same and Back works.</summary>
/// <param name="Filter">Which bookings.</param>
/// <param name="Panel">The panel that is open: <see cref="Filters"/>, <see cref="New"/> or none.</param>
public sealed record BookingsAddress(BookingFilter Filter, string? Panel = null)
{
    public const string Path = "/bookings";
    public const string Filters = "filters";
    public const string New = "new";

    /// <summary>Reads an address; what cannot be read is left out, since people edit addresses.</summary>
    public static BookingsAddress Read(string uri)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(new Uri(uri).Query));
        var panel = query["panel"].ToString();
        return new(BookingFilter.Read(query, new ValidationErrors()), panel is Filters or New ? panel : null);
    }

    /// <summary>The address, from the site's root.</summary>
    public string Write()
    {
        var query = string.Join('&', new[] { Filter.ToQuery(), Panel is null ? "" : "panel=" + Panel }.Where(p => p.Length > 0));
        return query.Length == 0 ? Path : Path + "?" + query;
    }

    /// <summary>The list alone, without what is open over it.</summary>
    public BookingsAddress Closed => this with { Panel = null };

    /// <summary>Everything where one looks: no filter but the property.</summary>
    public BookingsAddress Here => new(new BookingFilter(PropertyIds: Filter.PropertyIds));

    /// <summary>Whether an address is this page's.</summary>
    public static bool IsHere(string uri) => new Uri(uri).AbsolutePath.TrimEnd('/') == Path;
}
