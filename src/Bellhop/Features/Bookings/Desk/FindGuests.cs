using Bellhop.Data;
using Bellhop.Features.Flags;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Finds up to <see cref="Most"/> guests by a part of their name, phone or e-mail, without regard to accents, while staff type a booking
/// or look for the second of two guests who are one, or for a new member.
/// Exact names come first, then as <see cref="ShortList"/> says. A single letter finds nobody.
/// </summary>
public static class FindGuests
{
    public const int Most = 8;

    /// <param name="Phone">E.164.</param>
    /// <param name="LastArrival">The last arrival at the properties that the actor sees, or the next; null when there is none.</param>
    /// <param name="IsActive">In house or expected there.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email, DateOnly? LastArrival = null, bool IsActive = false)
    {
        /// <summary>What must not be missed about the guest.</summary>
        public IReadOnlyList<GuestFlag> Flags { get; init; } = [];
    }

    /// <exception cref="Refusal">403 without contacts.view, or with none of bookings.manage, contacts.edit and loyalty.manage.</exception>
    public static async Task<IReadOnlyList<Row>> Run(string? q, Actor who, BellhopDb db, CancellationToken cancel)
    {
        DemandDesk(who);
        var terms = SearchTerms.Of(q is { Length: > BookingFilter.SearchMax } ? q[..BookingFilter.SearchMax] : q);
        if (!terms.HasIndex || who.Properties is { Count: 0 })
        {
            return [];
        }

        var today = db.Now.DayIn(TimeZoneInfo.Utc);
        var named = await Shown(await GuestsByName.Find(terms, Most, who, db, cancel), today, who, db, cancel);
        var others = await Shown(await Others(terms, who, db, cancel), today, who, db, cancel);
        var all = named.ToList();
        all.AddRange(others.InOrder(q!, g => g.Phone, g => g.IsActive, g => g.LastArrival, today));
        return await Flagged([.. all.DistinctBy(g => g.Id).Take(Most)], who, db, cancel);
    }

    /// <summary>One guest, as the list shows them.</summary>
    /// <exception cref="Refusal">403 without contacts.view, or with none of bookings.manage, contacts.edit and loyalty.manage;
    /// 404.</exception>
    public static async Task<Row> One(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        DemandDesk(who);
        var found =
            await db
                .Contacts.AsNoTracking()
                .VisibleTo(who, db.ContactsAtProperty)
                .Where(c => c.Id == id)
                .Select(c => new Row(c.Id, c.Name, c.Phone, c.Email))
                .SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere("contact", id);
        return (await Flagged([found], who, db, cancel))[0];
    }

    private static void DemandDesk(Actor who)
    {
        who.Demand(
            who.Can(Permission.ContactsEdit) ? Permission.ContactsEdit
            : who.Can(Permission.LoyaltyManage) ? Permission.LoyaltyManage
            : Permission.BookingsManage
        );
        who.Demand(Permission.ContactsView);
    }

    private static async Task<IReadOnlyList<Row>> Flagged(List<Row> found, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var flags = await SeeFlags.Run(found.ConvertAll(g => g.Id), who, db, cancel);
        return found.ConvertAll(g => flags.TryGetValue(g.Id, out var some) ? g with { Flags = some } : g);
    }

    private static async Task<List<Row>> Shown(
        IReadOnlyList<GuestsByName.Row> found,
        DateOnly today,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (who.Properties is not { } seen)
        {
            return [.. found.Select(g => new Row(g.Id, g.Name, g.Phone, g.Email, g.LastArrival, g.ActiveUntil > db.Now))];
        }

        // What a guest did at properties that the actor does not see is not the actor's to know.
        var ids = found.Select(g => g.Id).ToList();
        var figures = await db
            .ContactsAtProperty.AsNoTracking()
            .Where(a => a.OrganizationId == who.OrganizationId && ids.Contains(a.ContactId) && seen.Contains(a.PropertyId))
            .Select(a => new
            {
                a.ContactId,
                a.LastArrival,
                a.ActiveUntil,
            })
            .ToListAsync(cancel);
        var there = figures.ToLookup(a => a.ContactId);
        return [.. found.Select(g => new Row(g.Id, g.Name, g.Phone, g.Email, Last(g.Id), there[g.Id].Any(a => a.ActiveUntil > db.Now)))];

        DateOnly? Last(Guid guest) =>
            there[guest].Where(a => a.LastArrival <= today).Max(a => a.LastArrival) ?? there[guest].Min(a => a.LastArrival);
    }

    private static async Task<IReadOnlyList<GuestsByName.Row>> Others(SearchTerms terms, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var plan = await SearchPlanner.Choose(terms, "created_at", descending: true, who.OrganizationId, db, cancel);
        return await plan.Answer(p => Read(terms, p, who, db, cancel));
    }

    /// <summary>Null when the index finds more guests than are worth sorting.</summary>
    private static async Task<IReadOnlyList<GuestsByName.Row>?> Read(
        SearchTerms terms,
        SearchPlan plan,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        Sql guests = $"""
            {From(terms, plan, who.OrganizationId, db)}
            WHERE c.organization_id = {who.OrganizationId}{SearchSql.And(db.Dialect, $"c.search", terms.Shape)}{ContactSeen.And(
                $"c.id",
                who
            )}
            ORDER BY c.created_at DESC, c.id DESC LIMIT {ShortList.Candidates:fixed}
            """;
        var rows = await db.Read(
            guests.With(terms),
            row =>
                (
                    Guest: new GuestsByName.Row(
                        row.Id(),
                        row.TextOrNull(),
                        row.TextOrNull(),
                        row.TextOrNull(),
                        row.DayOrNull(),
                        row.InstantOrNull()
                    ),
                    Hits: row.Long()
                ),
            cancel
        );
        return rows.Exists(r => r.Hits > plan.Most) ? null : rows.ConvertAll(r => r.Guest);
    }

    private static Sql From(SearchTerms terms, SearchPlan plan, int organizationId, BellhopDb db)
    {
        if (plan.Word is not { } word)
        {
            return $"SELECT c.id, c.name, c.phone, c.email, c.last_arrival, c.active_until, CAST(0 AS bigint) FROM contacts c";
        }

        Sql columns = $"organization_id, id, name, phone, email, last_arrival, active_until, created_at, search";
        var hits = SearchSql.Hits(db.Dialect, $"{organizationId}", terms.Shape, word, plan.Most + 1, columns);
        var found = db.Dialect.HitsAreRows
            ? Sql.Of($"hits c")
            : $"hits h{db.Dialect.JoinAfter}contacts c ON c.organization_id = {organizationId} AND c.id = h.id";
        return $"""
            WITH hits AS MATERIALIZED ({hits})
            SELECT c.id, c.name, c.phone, c.email, c.last_arrival, c.active_until, (SELECT count(*) FROM hits) FROM {found}
            """;
    }
}
