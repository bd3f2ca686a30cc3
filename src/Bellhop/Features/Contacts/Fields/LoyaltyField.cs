using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Loyalty;
using Bellhop.Features.Properties;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A guest's place in a loyalty programme: at the property asked about, else the highest tier at any of those asked about, and there the
/// membership with most points.
/// </summary>
internal static class LoyaltyField
{
    private const int TierPlace = 60;

    // Tiers are stored by their names, whose order is another.
    private static readonly Sql Height = $"CASE m.tier WHEN 'Platinum' THEN 3 WHEN 'Gold' THEN 2 WHEN 'Silver' THEN 1 ELSE 0 END";

    // Tier and points in one number, whose greatest is found without sorting. Half of a step keeps points below 0 above nothing.
    private const long Step = 1_000_000_000_000_000;
    private const long Half = Step / 2;

    private static readonly GuestColumn Standing = GuestColumn.Computed(
        "loyalty",
        scope => OfMembers($"(SELECT max(({Height}) * {Step:fixed} + {Half:fixed} + m.points) {MembersOf(scope)})")
    );

    public static Column<LoyaltyStanding?> Column { get; } =
        new("loyalty", r => r.Loyalty, Write, Read)
        {
            Reads = [Standing],
            Cell = new("loyalty", Write) { IsUsual = false },
        };

    public static ExportColumn Tier { get; } = ExportColumn.Text("loyaltyTier", TierPlace, scope => Best(scope, $"m.tier"), "loyalty tier");

    public static ExportColumn Points { get; } =
        new("loyaltyPoints", "loyalty points", TierPlace, static (to, row) => to.Csv.Number(row.Long()))
        {
            Sql = scope => Best(scope, $"m.points"),
            MayBeEmpty = true,
        };

    public static Parameter<IReadOnlyList<LoyaltyTier>?> Any { get; } =
        new(
            "tier",
            f => f.Tiers,
            (f, v) => f with { Tiers = v },
            ParameterKinds.Spelled<LoyaltyTier>(Enum.GetValues<LoyaltyTier>(), t => t.ToString())
        )
        {
            OfApi = true,
        };

    public static Condition Condition { get; } =
        new("tier", Any)
        {
            Chip = (f, say) => FilterWords.List(f.Tiers!.Select(t => say.Say("F.Tier." + t))),
            Editor = new TicksEditor<LoyaltyTier>("tier", Any, [.. Enum.GetValues<LoyaltyTier>().Select(t => (t, "F.Tier." + t))]),
            KindPlace = 20,
            Beside = static (f, scope, _, _) => Task.FromResult(In(f.Tiers!, scope)),
        };

    private static Sql Best(PropertyScope scope, Sql what) =>
        OfMembers($"(SELECT {what} {MembersOf(scope)} ORDER BY {Height} DESC, m.points DESC, m.property_id LIMIT 1)");

    // Asked once a page and not of each guest: most houses have no programme, and looking for members is half of what a page costs
    // PostgreSQL.
    private static Sql OfMembers(Sql what) =>
        $"CASE WHEN EXISTS (SELECT 1 FROM loyalty_members a WHERE a.organization_id = {GuestHoles.Organization}) THEN {what} END";

    /// <summary>The guest's memberships at the properties asked about.</summary>
    private static Sql MembersOf(PropertyScope scope)
    {
        var asked = scope.IsAll ? Sql.None : $" AND m.property_id IN ({GuestHoles.Properties.List(scope.Count)})";
        return $"FROM loyalty_members m WHERE m.organization_id = {GuestHoles.Organization} AND m.contact_id = c.id "
            + $"AND m.left_at IS NULL{asked}";
    }

    // The tier that the list shows is one of these: so a filter and what it finds agree.
    private static BesideGuest In(IReadOnlyList<LoyaltyTier> tiers, ContactScope scope)
    {
        var asked = scope.Properties is { } some
            ? Sql.Of($" AND m.property_id IN ({(some.Count == 0 ? Sql.Of($"NULL") : Sql.Join(", ", some.Select(p => Sql.Of($"{p}"))))})")
            : Sql.None;
        var names = tiers.Distinct().Order().Select(t => t.ToString()).ToList();
        var heights = Sql.Join(", ", tiers.Distinct().Order().Select(t => Sql.Of($"{(int)t:fixed}")));
        Sql members =
            $"FROM loyalty_members m WHERE m.organization_id = {scope.OrganizationId} AND m.left_at IS NULL{asked} AND m.contact_id = ";
        return new(
            $"(SELECT max({Height}) {members}c.id) IN ({heights})",
            $"""
            SELECT DISTINCT x.contact_id AS id FROM loyalty_members x
            WHERE x.organization_id = {scope.OrganizationId} AND x.tier IN ({Sql.Join(", ", names.Select(n => Sql.Of($"{n}")))})
                AND (SELECT max({Height}) {members}x.contact_id) IN ({heights})
            """
        );
    }

    private static LoyaltyStanding? Read(GuestReading of) =>
        of.Row.LongOrNull() is { } both ? new((LoyaltyTier)(both / Step), (both % Step) - Half) : null;

    private static void Write(Utf8JsonWriter json, LoyaltyStanding? standing)
    {
        if (standing is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("tier"u8, standing.Tier.ToString());
        json.WriteNumber("points"u8, standing.Points);
        json.WriteEndObject();
    }

    private static void Write(GuestCells to, ContactLine line)
    {
        if (line.Row.Loyalty is not { } standing)
        {
            to.Html.Add($"""<td class="loyalty">{GuestCells.Nothing}</td>""");
            return;
        }

        var (tier, points) = (to.Say("F.Tier." + standing.Tier), Show.Number(standing.Points));
        to.Html.Add(
            $"""<td class="loyalty"><span class="crown {standing.Tier.ToString()}"><svg class="ico" aria-hidden="true">"""
                + $"""<use href="{Icon.Sheet}#crown"></use></svg>{tier}</span> <bdi class="mute">{points}</bdi></td>"""
        );
    }
}
