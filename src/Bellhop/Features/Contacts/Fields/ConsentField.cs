namespace Bellhop.Features.Contacts;

/// <summary>Consent to marketing, on each channel by itself.</summary>
internal static class ConsentField
{
    public static ExportColumn WhatsApp { get; } = Said("whatsAppConsent", "whatsapp consent", 13, "WhatsApp");
    public static ExportColumn Email { get; } = Said("emailConsent", "email consent", 14, "Email");

    // The channel is compared, not looked up: its index leads past everybody who said anything on it, and a planner without statistics yet
    // takes it.
    private static ExportColumn Said(string name, string heading, int place, string channel) =>
        new(name, heading, place, static (to, row, at) => to.Csv.Ready(row.GetBoolean(at) ? "yes"u8 : "no"u8))
        {
            Sql =
                "(SELECT x.granted FROM consents x WHERE x.organization_id = @organization AND x.contact_id = c.id "
                + $"AND x.channel || '' = '{channel}')",
            MayBeEmpty = true,
        };
}
