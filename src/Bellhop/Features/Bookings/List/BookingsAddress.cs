using Bellhop.Platform;
using Microsoft.AspNetCore.WebUtilities;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The address of the bookings page. It holds every choice of the reader, so that a link shows the same list and Back works.
/// </summary>
/// <param name="Filter">The bookings to show.</param>
/// <param name="Panel">The open panel: <see cref="Filters"/>, <see cref="New"/> or null for none.</param>
/// <param name="For">For whom a new booking is: a guest's id, or what was typed of somebody who is not known.</param>
public sealed record BookingsAddress(BookingFilter Filter, string? Panel = null, string? For = null)
{
    public const string Path = "/bookings";
    public const string Filters = "filters";
    public const string New = "new";

    /// <summary>Reads an address. Wrong values are ignored, because people edit addresses.</summary>
    public static BookingsAddress Read(string uri)
    {
        var query = new QueryCollection(QueryHelpers.ParseQuery(new Uri(uri).Query));
        var panel = query["panel"].ToString();
        var whose = query["for"].ToString();
        return new(
            BookingFilter.Read(query, new ValidationErrors()),
            panel is Filters or New ? panel : null,
            panel == New && whose.Length is > 0 and <= BookingFilter.SearchMax ? whose : null
        );
    }

    /// <summary>The address, from the site's root.</summary>
    public string Write()
    {
        var parts = new[]
        {
            Filter.ToQuery(),
            Panel is null ? "" : "panel=" + Panel,
            For is null ? "" : "for=" + Uri.EscapeDataString(For),
        };
        var query = string.Join('&', parts.Where(p => p.Length > 0));
        return query.Length == 0 ? Path : Path + "?" + query;
    }

    /// <summary>The same list without an open panel.</summary>
    public BookingsAddress Closed => this with { Panel = null, For = null };

    /// <summary>The same properties without any other filter.</summary>
    public BookingsAddress Here => new(new BookingFilter(PropertyIds: Filter.PropertyIds));

    /// <summary>Whether an address is this page's.</summary>
    public static bool IsHere(string uri) => new Uri(uri).AbsolutePath.TrimEnd('/') == Path;
}
