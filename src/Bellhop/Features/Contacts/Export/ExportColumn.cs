using Bellhop.Platform;

namespace Bellhop.Features.Contacts.Export;

/// <summary>What an export says of a guest, in the order of the file.</summary>
public enum ExportColumn
{
    Name,
    Phone,
    Email,
    Tags,
    Property,
    Source,
    CustomerSince,
    Bookings,
    TotalSpent,
    Currency,
    LastBooking,
    Rating,
    WhatsAppConsent,
    EmailConsent,

    /// <summary>What staff wrote: only where it is asked for by itself.</summary>
    Notes,
}

public static class ExportColumns
{
    // The same in every language: programs and the importer know them.
    private static readonly string[] Headings =
    [
        "name",
        "phone",
        "email",
        "tags",
        "property",
        "source",
        "customer since",
        "bookings",
        "total spent",
        "currency",
        "last booking",
        "rating",
        "whatsapp consent",
        "email consent",
        "notes",
    ];

    /// <summary>All but the notes.</summary>
    public static IReadOnlyList<ExportColumn> Usual { get; } = [.. Enum.GetValues<ExportColumn>().Where(c => c != ExportColumn.Notes)];

    /// <summary>As the file's first row has it.</summary>
    public static string Heading(this ExportColumn column) => Headings[(int)column];

    /// <summary>
    /// Reads headings, given one by one or with commas between; all the usual ones where there is none. What is none is a fault.
    /// </summary>
    public static IReadOnlyList<ExportColumn> Read(IEnumerable<string?> given, bool notes, ValidationErrors errors)
    {
        var chosen = new HashSet<ExportColumn>();
        foreach (
            var name in given.SelectMany(g => (g ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        )
        {
            var at = Array.IndexOf(Headings, name, 0, Usual.Count);
            if (at < 0)
            {
                errors.Add("columns", "OneOf", string.Join(", ", Usual.Select(Heading)));
                return [];
            }

            chosen.Add((ExportColumn)at);
        }

        chosen.UnionWith(chosen.Count == 0 ? Usual : []);
        chosen.UnionWith(notes ? [ExportColumn.Notes] : []);
        return [.. chosen.Order()];
    }

    /// <summary>What is read for it, over <c>c</c> and <c>f</c>; null where nothing is.</summary>
    internal static string? Sql(this ExportColumn column) =>
        column switch
        {
            ExportColumn.Name => "c.name",
            ExportColumn.Phone => "c.phone",
            ExportColumn.Email => "c.email",
            ExportColumn.Tags => "c.tag_ids",
            ExportColumn.Property => "c.property_id",
            ExportColumn.Source => "f.source",
            ExportColumn.CustomerSince => "f.customer_since",
            ExportColumn.Bookings => "f.bookings",
            ExportColumn.TotalSpent => "f.spent",
            ExportColumn.LastBooking => "f.last_arrival",
            ExportColumn.Rating => "c.rating",
            ExportColumn.WhatsAppConsent => Consent("WhatsApp"),
            ExportColumn.EmailConsent => Consent("Email"),
            ExportColumn.Notes => "(SELECT string_agg(n.text, @between ORDER BY n.pinned DESC, n.id DESC) FROM notes n "
                + "WHERE n.organization_id = @organization AND n.contact_id = c.id)",
            _ => null,
        };

    // The channel is compared, not looked up: its index leads past everybody who said anything on it, and a planner without statistics yet
    // takes it.
    private static string Consent(string channel) =>
        "(SELECT x.granted FROM consents x WHERE x.organization_id = @organization AND x.contact_id = c.id "
        + $"AND x.channel || '' = '{channel}')";
}
