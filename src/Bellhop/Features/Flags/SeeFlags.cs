using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Flags;

/// <summary>
/// What must not be missed about guests. This is the only place with the rule: the profile, lists, look-ups, bookings and Today show what
/// it finds. It reads the tables of features above it by SQL, so that every feature can use it.
/// </summary>
public static class SeeFlags
{
    /// <summary>A latest review with so many stars or fewer is a flag.</summary>
    public const int PoorStars = 2;

    private const string Vip = "vip";

    /// <summary>The flags of each guest, the most urgent first. Guests without flags are left out.</summary>
    /// <param name="guests">Guests that the actor sees. No-shows and reviews are only those at the actor's properties.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancel">Stops the read.</param>
    /// <exception cref="Refusal">403 without contacts.view.</exception>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<GuestFlag>>> Run(
        IReadOnlyCollection<Guid> guests,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        if (guests.Count == 0)
        {
            return new Dictionary<Guid, IReadOnlyList<GuestFlag>>();
        }

        var rows = await db.Read(
            Question(guests, who, db),
            row =>
                (Guest: row.Id(), Kind: (GuestFlagKind)row.Number(), Text: row.TextOrNull(), Number: (int)row.Long(), Day: row.DayOrNull()),
            cancel
        );
        return rows.Where(r => r.Kind != GuestFlagKind.Tag || IsVip(r.Text!))
            .GroupBy(r => r.Guest)
            .ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<GuestFlag>)[.. g.OrderBy(r => r.Kind).Select(r => Flag(r.Kind, r.Text, r.Number, r.Day))]
            );
    }

    /// <summary>The flags of one guest.</summary>
    /// <inheritdoc cref="Run"/>
    public static async Task<IReadOnlyList<GuestFlag>> Of(Guid guest, Actor who, BellhopDb db, CancellationToken cancel) =>
        (await Run([guest], who, db, cancel)).GetValueOrDefault(guest, []);

    internal static Sql Question(IReadOnlyCollection<Guid> guests, Actor who, BellhopDb db)
    {
        var o = who.OrganizationId;
        Sql nothing = $"CAST(0 AS bigint), CAST(NULL AS date)";
        return $"""
            SELECT n.contact_id, CASE n.kind WHEN 'Allergy' THEN {(int)GuestFlagKind.Allergy:fixed}
                WHEN 'Incident' THEN {(int)GuestFlagKind.Incident:fixed} ELSE {(int)GuestFlagKind.Pinned:fixed} END, n.text, {nothing}
            FROM notes n WHERE n.organization_id = {o} AND {db.Dialect.Among($"n.contact_id", guests)}
            AND (n.pinned = {true} OR n.kind IN ('Allergy', 'Incident'))
            UNION ALL SELECT g.contact_id, {(int)GuestFlagKind.Tag:fixed}, t.name, {nothing}
            FROM contact_tags g JOIN tags t ON t.organization_id = g.organization_id AND t.id = g.tag_id
            WHERE g.organization_id = {o} AND {db.Dialect.Among($"g.contact_id", guests)} AND t.deleted_at IS NULL
            AND {db.Dialect.Holds($"t.name_key", Vip)}
            UNION ALL SELECT b.contact_id, {(int)GuestFlagKind.NoShow:fixed}, NULL, count(*), max(b.arrival)
            FROM bookings b WHERE b.organization_id = {o} AND {db.Dialect.Among($"b.contact_id", guests)}{Sql.AndIn(
                $"b.property_id",
                who.Properties
            )} AND b.status = 'NoShow' GROUP BY b.contact_id
            UNION ALL SELECT r.contact_id, {(int)GuestFlagKind.PoorReview:fixed}, r.comment, CAST(r.stars AS bigint), NULL
            FROM reviews r WHERE r.organization_id = {o} AND {db.Dialect.Among($"r.contact_id", guests)}{Sql.AndIn(
                $"r.property_id",
                who.Properties
            )} AND r.stars <= {PoorStars:fixed} AND NOT EXISTS (SELECT 1 FROM reviews l WHERE l.organization_id = {o}
            AND l.contact_id = r.contact_id{Sql.AndIn($"l.property_id", who.Properties)} AND (l.at, l.id) > (r.at, r.id))
            """;
    }

    private static GuestFlag Flag(GuestFlagKind kind, string? text, int number, DateOnly? day) =>
        new(
            kind,
            kind switch
            {
                GuestFlagKind.NoShow => day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                GuestFlagKind.PoorReview => text is null ? $"{number}" : $"{number}: {text}",
                _ => text!,
            }
        )
        {
            Number = number,
        };

    // "VIP", "vip guest" and "VIP-Gast", but not "Vipava".
    private static bool IsVip(string tag)
    {
        var start = tag.IndexOf(Vip, StringComparison.OrdinalIgnoreCase);
        return start >= 0 && !IsLetter(start - 1) && !IsLetter(start + Vip.Length);

        bool IsLetter(int at) => at >= 0 && at < tag.Length && char.IsLetter(tag[at]);
    }
}
