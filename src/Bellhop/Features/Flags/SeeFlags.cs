using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Flags;

/// <summary>
/// What must not be missed about guests. This is the only place with the rule: the profile, lists, look-ups, bookings and Today show what
/// it finds. It reads the tables of features above it by SQL, so that every feature can use it.
/// </summary>
public static class SeeFlags
{
    /// <summary>The flags of each guest, the most urgent first. Guests without flags are left out.</summary>
    /// <param name="guests">Guests that the actor sees. No-shows and reviews are only those at the actor's properties.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancel">Stops the read.</param>
    /// <param name="days">The days whose birthdays are flags; null for none.</param>
    /// <exception cref="Refusal">403 without contacts.view.</exception>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<GuestFlag>>> Run(
        IReadOnlyCollection<Guid> guests,
        Actor who,
        BellhopDb db,
        CancellationToken cancel,
        IReadOnlyCollection<DateOnly>? days = null
    )
    {
        who.Demand(Permission.ContactsView);
        if (guests.Count == 0)
        {
            return new Dictionary<Guid, IReadOnlyList<GuestFlag>>();
        }

        var rows = await db.Read(
            Question(guests, who, db, days),
            row =>
                (Guest: row.Id(), Kind: (GuestFlagKind)row.Number(), Text: row.TextOrNull(), Number: (int)row.Long(), Day: row.DayOrNull()),
            cancel
        );
        return rows.Where(r => r.Kind != GuestFlagKind.Tag || FlagRows.IsVip(r.Text!))
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

    internal static Sql Question(IReadOnlyCollection<Guid> guests, Actor who, BellhopDb db, IReadOnlyCollection<DateOnly>? days = null)
    {
        var (o, rows) = (who.OrganizationId, new FlagRows(who.OrganizationId, who.Properties, db.Dialect));
        var ((noShows, absent), (reviews, reviewer)) = (rows.NoShows(), rows.PoorReviews());
        Sql nothing = $"CAST(0 AS bigint), CAST(NULL AS date)";
        return $"""
            SELECT n.contact_id, CASE n.kind WHEN 'Allergy' THEN {(int)GuestFlagKind.Allergy:fixed}
                WHEN 'Incident' THEN {(int)GuestFlagKind.Incident:fixed} ELSE {(int)GuestFlagKind.Pinned:fixed} END, n.text, {nothing}
            FROM notes n WHERE n.organization_id = {o} AND {FlagRows.Noted} AND {db.Dialect.Among($"n.contact_id", guests)}
            UNION ALL SELECT g.contact_id, {(int)GuestFlagKind.Tag:fixed}, t.name, {nothing}
            FROM contact_tags g JOIN tags t ON t.organization_id = g.organization_id AND t.id = g.tag_id
            WHERE g.organization_id = {o} AND {db.Dialect.Among($"g.contact_id", guests)} AND t.deleted_at IS NULL
            AND {rows.MayBeVip($"t.name_key")}
            UNION ALL SELECT {absent}, {(int)GuestFlagKind.NoShow:fixed}, NULL, count(*), max(b.arrival){noShows}
            AND {db.Dialect.Among(absent, guests)} GROUP BY {absent}
            UNION ALL SELECT {reviewer}, {(int)GuestFlagKind.PoorReview:fixed}, r.comment, CAST(r.stars AS bigint), NULL{reviews}
            AND {db.Dialect.Among(reviewer, guests)}{Birthdays(guests, days, o, db)}
            """;
    }

    private static Sql Birthdays(IReadOnlyCollection<Guid> guests, IReadOnlyCollection<DateOnly>? days, int organizationId, BellhopDb db) =>
        days is not { Count: > 0 }
            ? Sql.None
            : $" UNION ALL SELECT c.id, {(int)GuestFlagKind.Birthday:fixed}, c.birthday, CAST(0 AS bigint), CAST(NULL AS date) "
                + $"FROM contacts c WHERE c.organization_id = {organizationId} AND {db.Dialect.Among($"c.id", guests)}"
                + $"{Sql.AndIn($"substr(c.birthday, 6)", [.. days.SelectMany(Birthday.Written).Distinct(StringComparer.Ordinal)])}";

    private static GuestFlag Flag(GuestFlagKind kind, string? text, int number, DateOnly? day) =>
        new(
            kind,
            kind switch
            {
                GuestFlagKind.NoShow => day!.Value.Iso(),
                GuestFlagKind.PoorReview => text is null ? $"{number}" : $"{number}: {text}",
                _ => text!,
            }
        )
        {
            Number = number,
        };
}
