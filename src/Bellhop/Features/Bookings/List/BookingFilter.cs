using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>The bookings that a list asks for. A part that is left out sets no limit.</summary>
/// <param name="Q">Search text: words that the row shows (the guest as booked or as known now, room type, source, status, property), in
/// any order, or the beginning of a reference or external id.</param>
/// <param name="PropertyIds">Only bookings at these properties.</param>
/// <param name="Statuses">Only bookings with these statuses.</param>
/// <param name="Sources">Only bookings from these sources.</param>
/// <param name="ArrivalFrom">Arrives on this day or later.</param>
/// <param name="ArrivalTo">Arrives on this day or earlier.</param>
public sealed record BookingFilter(
    string? Q = null,
    IReadOnlyList<Guid>? PropertyIds = null,
    IReadOnlyList<BookingStatus>? Statuses = null,
    IReadOnlyList<Source>? Sources = null,
    DateOnly? ArrivalFrom = null,
    DateOnly? ArrivalTo = null
)
{
    /// <summary>The longest allowed search text, in characters.</summary>
    public const int SearchMax = 200;

    /// <summary>The filter that matches all bookings.</summary>
    public static readonly BookingFilter None = new();

    /// <summary>The errors of the request. The use case throws them after it has checked the permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>Whether the filter sets any limit apart from the properties.</summary>
    public bool Narrows => this with { PropertyIds = null, Wrong = null } != None;

    /// <summary>The query parameters. A star marks a parameter that may be repeated.</summary>
    internal static string[] Parameters { get; } = ["q", "propertyId*", "status*", "source*", "arrivalFrom", "arrivalTo"];

    /// <summary>
    /// Reads the filter from a request's query and adds what is wrong to <paramref name="errors"/>. It ignores other parameters.
    /// </summary>
    public static BookingFilter Read(IQueryCollection query, ValidationErrors errors)
    {
        var read = new QueryReading(query, errors);
        var filter = new BookingFilter(
            read.Text("q", SearchMax),
            read.Ids("propertyId"),
            read.Names<BookingStatus>("status"),
            read.Names<Source>("source"),
            read.Day("arrivalFrom"),
            read.Day("arrivalTo")
        );
        read.InOrder("arrivalFrom", filter.ArrivalFrom, "arrivalTo", filter.ArrivalTo);
        return filter;
    }

    /// <summary>
    /// The filter as a query string without the question mark. Equal filters give the same text, so cursors are bound to it. <see
    /// cref="Read"/> reads it back.
    /// </summary>
    public string ToQuery()
    {
        var text = new StringBuilder();
        Add("q", Q is null ? null : Uri.EscapeDataString(Q));
        foreach (var property in (PropertyIds ?? []).Distinct().Order())
        {
            Add("propertyId", property.ToString("D"));
        }

        foreach (var status in (Statuses ?? []).Distinct().Order())
        {
            Add("status", status.ToString());
        }

        foreach (var source in (Sources ?? []).Distinct().Order())
        {
            Add("source", source.ToString());
        }

        Add("arrivalFrom", ArrivalFrom?.Iso());
        Add("arrivalTo", ArrivalTo?.Iso());
        return text.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(text.Length == 0 ? "" : "&").Append(name).Append('=').Append(value);
            }
        }
    }
}
