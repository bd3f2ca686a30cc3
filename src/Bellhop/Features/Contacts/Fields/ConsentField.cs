using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

/// <summary>Consent to marketing, for each channel separately.</summary>
internal static class ConsentField
{
    // Known names of its columns in files, for every channel and for one.
    private const string Headings =
        "consent|marketing consent|opt in|optin|opted in|marketing opt in|accepts marketing|marketing|einwilligung|"
        + "werbeeinwilligung|zustimmung|consentement|consentimiento|consentimiento de marketing|consenso|"
        + "consenso marketing|consentimento|marketing permission|opt in marketing|"
        + "marketing consent yes no|agreed to marketing|marketing allowed|werbung erlaubt|"
        + "marketing einwilligung|einwilligung marketing|consentement marketing|accepte le marketing|accepte la publicité|"
        + "accepte marketing|consentimiento marketing|acepta publicidad|acepta marketing|acepta comunicaciones comerciales|"
        + "consenso al marketing|accetta marketing|accetta il marketing|consentimento de marketing|consentimento marketing|"
        + "aceita marketing|aceita publicidade|toestemming|toestemming marketing|marketing toestemming|"
        + "موافقة|الموافقة|الموافقة على التسويق";

    private const string WhatsAppHeadings =
        "whatsapp consent|consent whatsapp|whatsapp opt in|whatsapp optin|whatsapp einwilligung|consentement whatsapp|"
        + "opt in whatsapp|optin whatsapp|whatsapp marketing|whatsapp marketing consent|accepts whatsapp|acepta whatsapp|"
        + "accepte whatsapp|accetta whatsapp|aceita whatsapp|consentimiento whatsapp|consenso whatsapp|consentimento whatsapp|"
        + "موافقة واتساب";

    private const string EmailHeadings =
        "email consent|consent email|email opt in|email optin|double opt in|accepts email marketing|newsletter|"
        + "email marketing|email subscriber status|email einwilligung|consentement email|consentimiento email|"
        + "opt in email|optin email|email marketing consent|marketing emails|send marketing emails|email subscription|subscribed|"
        + "newsletter subscription|newsletter opt in|newsletter einwilligung|newsletter abonniert|suscrito|suscrito al boletín|"
        + "abonné|abonné à la newsletter|iscritto alla newsletter|inscrito na newsletter|nieuwsbrief|nyhetsbrev|nyhedsbrev|"
        + "uutiskirje|biuletyn|рассылка|consenso email|consentimento email|boletín|bulletin|موافقة البريد الإلكتروني";

    // Columns where yes means no: for every channel and for one.
    private const string OptOutHeadings =
        "opt out|optout|opted out|marketing opt out|do not contact|do not market|no marketing|keine werbung|werbung nicht erlaubt|"
        + "ne pas contacter|no contactar|no publicidad|non contattare|não contactar";

    private const string WhatsAppOptOutHeadings = "whatsapp opt out|whatsapp optout|opt out whatsapp";

    private const string EmailOptOutHeadings =
        "email opt out|email optout|opt out email|opted out of email|has opted out of email|unsubscribed|unsubscribe|"
        + "unsubscribed from email|unsubscribed from all email|newsletter opt out|abgemeldet|désabonné|désinscrit|dado de baja|"
        + "disiscritto|descadastrado|uitgeschreven";

    /// <summary>The names of its columns in files, with the channel (null for every one) and whether yes means no there.</summary>
    public static IReadOnlyList<(ConsentChannel? Channel, bool IsOptOut, string Headings)> Columns { get; } =
    [
        (null, false, Headings),
        (ConsentChannel.WhatsApp, false, WhatsAppHeadings),
        (ConsentChannel.Email, false, EmailHeadings),
        (null, true, OptOutHeadings),
        (ConsentChannel.WhatsApp, true, WhatsAppOptOutHeadings),
        (ConsentChannel.Email, true, EmailOptOutHeadings),
    ];

    private static readonly Sql Agreed =
        $"SELECT 1 FROM consents k WHERE k.organization_id = {GuestHoles.Organization} AND k.contact_id = c.id AND k.granted";

    private static readonly Dictionary<ConsentFilter, Test> Asked = new()
    {
        [ConsentFilter.Any] = new($"EXISTS ({Agreed})"),
        [ConsentFilter.None] = new($"NOT EXISTS ({Agreed})"),
        [ConsentFilter.WhatsApp] = new($"EXISTS ({Agreed} AND k.channel = {ConsentChannel.WhatsApp:fixed})"),
        [ConsentFilter.Email] = new($"EXISTS ({Agreed} AND k.channel = {ConsentChannel.Email:fixed})"),
    };

    public static ExportColumn WhatsApp { get; } = Said("whatsAppConsent", "whatsapp consent", 13, ConsentChannel.WhatsApp);
    public static ExportColumn Email { get; } = Said("emailConsent", "email consent", 14, ConsentChannel.Email);

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
    private static ExportColumn Said(string name, string heading, int place, ConsentChannel channel) =>
        new(name, heading, place, static (to, row) => to.Csv.Ready(row.Flag() ? "yes"u8 : "no"u8))
        {
            Sql = _ =>
                $"(SELECT x.granted FROM consents x WHERE x.organization_id = {GuestHoles.Organization} AND x.contact_id = c.id "
                + $"AND x.channel || '' = {channel:fixed})",
            MayBeEmpty = true,
        };
}
