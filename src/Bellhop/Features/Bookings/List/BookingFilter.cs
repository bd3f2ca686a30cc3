using System.Globalization;
using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>Which bookings: what is left out does not narrow.</summary>
/// <param name="Q">Found in the guest's name, phone or e-mail, or how the reference or external id begins.</param>
/// <param name="PropertyIds">At any of these.</param>
/// <param name="Statuses">In any of these.</param>
/// <param name="Sources">From any of these.</param>
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
    /// <summary>The longest search text taken.</summary>
    public const int SearchMax = 200;

    /// <summary>All there are.</summary>
    public static readonly BookingFilter None = new();

    /// <summary>What was wrong with the request this was read from: refused by the use case, after its permission.</summary>
    internal ValidationErrors? Wrong { get; init; }

    /// <summary>Whether it leaves any out, other than by property.</summary>
    public bool Narrows => this with { PropertyIds = null, Wrong = null } != None;

    /// <summary>The parameters, with a star behind those that may stand several times.</summary>
    internal static string[] Parameters { get; } = ["q", "propertyId*", "status*", "source*", "arrivalFrom", "arrivalTo"];

    /// <summary>
    /// Reads the filter's parameters of a request; what is wrong is added to <paramref name="errors"/>. Other parameters are the caller's.
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
    /// The filter as a query string without the question mark, in one spelling: what <see cref="Read"/> reads back, and what cursors are
    /// bound to.
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

        Add("arrivalFrom", ArrivalFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("arrivalTo", ArrivalTo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
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
