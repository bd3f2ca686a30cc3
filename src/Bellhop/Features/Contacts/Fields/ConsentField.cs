namespace Bellhop.Features.Contacts;

/// <summary>Consent to marketing, for each channel separately.</summary>
internal static class ConsentField
{
    /// <summary>Known names of its columns in files, for every channel and for one.</summary>
    public const string Headings =
        "consent|marketing consent|opt in|optin|opted in|marketing opt in|accepts marketing|marketing|einwilligung|"
        + "werbeeinwilligung|zustimmung|consentement|consentimiento|consentimiento de marketing|consenso|"
        + "consenso marketing|consentimento|موافقة|الموافقة|الموافقة على التسويق";

    public const string WhatsAppHeadings =
        "whatsapp consent|consent whatsapp|whatsapp opt in|whatsapp optin|whatsapp einwilligung|consentement whatsapp|"
        + "consentimiento whatsapp|consenso whatsapp|consentimento whatsapp|موافقة واتساب";

    public const string EmailHeadings =
        "email consent|consent email|email opt in|email optin|double opt in|accepts email marketing|newsletter|"
        + "email marketing|email subscriber status|email einwilligung|consentement email|consentimiento email|"
        + "consenso email|consentimento email|boletín|bulletin|موافقة البريد الإلكتروني";

    private const string Agreed =
        "EXISTS (SELECT 1 FROM consents k WHERE k.organization_id = @organization AND k.contact_id = c.id AND k.granted";

    private static readonly Dictionary<ConsentFilter, Test> Asked = new()
    {
        [ConsentFilter.Any] = new("", Agreed + ")"),
        [ConsentFilter.None] = new("", "NOT " + Agreed + ")"),
        [ConsentFilter.WhatsApp] = new("", Agreed + " AND k.channel = 'WhatsApp')"),
        [ConsentFilter.Email] = new("", Agreed + " AND k.channel = 'Email')"),
    };

    public static ExportColumn WhatsApp { get; } = Said("whatsAppConsent", "whatsapp consent", 13, "WhatsApp");
    public static ExportColumn Email { get; } = Said("emailConsent", "email consent", 14, "Email");

    public static Parameter<ConsentFilter?> Has { get; } =
        new(
            "hasConsent",
            f => f.HasConsent,
            (f, v) => f with { HasConsent = v },
            new(
                JsonShape.YesNoOrText,
                (read, name) => read.OneOf<ConsentFilter>(name, ConsentFilters.ToQuery),
                v => [v!.Value.ToQuery()],
                v => v!.Value.ToJson()
            )
        )
        {
            Place = 5,
        };

    public static Condition Condition { get; } =
        new("consent", Has)
        {
            Chip = (f, say) => say.Say($"F.Consent.{f.HasConsent}.Chip"),
            Editor = new ChoiceEditor(
                "consent",
                Has,
                "F.Consent.All",
                [
                    .. Enum.GetValues<ConsentFilter>()
                        .Select(a => new EditorChoice(a.ToString(), a.ToQuery(), texts => texts["F.Consent." + a])),
                ]
            ),
            KindPlace = 17,
            Begin = new(HasConsent: ConsentFilter.Any),
            Tests = [.. Asked.Values],
            Ask = static of => of.Add(Asked[of.Filter.HasConsent!.Value]),
        };

    // The SQL compares the channel without an index. The channel's index leads past every guest with an answer on it, and a planner without
    // statistics would use it.
    private static ExportColumn Said(string name, string heading, int place, string channel) =>
        new(name, heading, place, static (to, row, at) => to.Csv.Ready(row.GetBoolean(at) ? "yes"u8 : "no"u8))
        {
            Sql =
                "(SELECT x.granted FROM consents x WHERE x.organization_id = @organization AND x.contact_id = c.id "
                + $"AND x.channel || '' = '{channel}')",
            MayBeEmpty = true,
        };
}
