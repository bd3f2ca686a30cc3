using Bellhop.Data;
using Bellhop.Features.Flags;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>
/// Finds up to <see cref="Most"/> guests by a part of their name, phone or e-mail, without regard to accents, while staff type a booking.
/// Exact names come first, then the newest guests. A single letter finds nobody.
/// </summary>
public static class FindGuests
{
    public const int Most = 8;

    /// <param name="Phone">E.164.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email)
    {
        /// <summary>What must not be missed about the guest.</summary>
        public IReadOnlyList<GuestFlag> Flags { get; init; } = [];
    }

    /// <exception cref="Refusal">403 without bookings.manage or contacts.view.</exception>
    public static async Task<IReadOnlyList<Row>> Run(string? q, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        who.Demand(Permission.ContactsView);
        var terms = SearchTerms.Of(q is { Length: > BookingFilter.SearchMax } ? q[..BookingFilter.SearchMax] : q);
        if (!terms.HasIndex || who.Properties is { Count: 0 })
        {
            return [];
        }

        var named = await GuestsByName.Find(terms, Most, who, db, cancel);
        var others = await Others(terms, who, db, cancel);
        var found = named.Select(g => new Row(g.Id, g.Name, g.Phone, g.Email)).Concat(others).DistinctBy(g => g.Id).Take(Most).ToList();
        var flags = await SeeFlags.Run(found.ConvertAll(g => g.Id), who, db, cancel);
        return found.ConvertAll(g => flags.TryGetValue(g.Id, out var some) ? g with { Flags = some } : g);
    }

    private static async Task<IReadOnlyList<Row>> Others(SearchTerms terms, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var plan = await SearchPlanner.Choose(terms, "created_at", descending: true, who.OrganizationId, db, cancel);
        return await plan.Answer(p => Read(terms, p, who, db, cancel));
    }

    /// <summary>Null when the index finds more guests than are worth sorting.</summary>
    private static async Task<IReadOnlyList<Row>?> Read(
        SearchTerms terms,
        SearchPlan plan,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var rows = await db.Read(
            $"""
            {From(terms, plan, who.OrganizationId, db)}
            WHERE c.organization_id = {who.OrganizationId}{SearchSql.And(db.Dialect, $"c.search", terms)}{ContactSeen.And($"c.id", who)}
            ORDER BY c.created_at DESC, c.id DESC LIMIT {Most:fixed}
            """,
            row => (Guest: new Row(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull()), Hits: row.Long()),
            cancel
        );
        return rows.Exists(r => r.Hits > plan.Most) ? null : rows.ConvertAll(r => r.Guest);
    }

    private static Sql From(SearchTerms terms, SearchPlan plan, int organizationId, BellhopDb db)
    {
        if (plan.Word is not { } word)
        {
            return $"SELECT c.id, c.name, c.phone, c.email, CAST(0 AS bigint) FROM contacts c";
        }

        Sql columns = $"organization_id, id, name, phone, email, created_at, search";
        var hits = SearchSql.Hits(db.Dialect, $"{organizationId}", terms, word, plan.Most + 1, columns);
        var found = db.Dialect.HitsAreRows
            ? Sql.Of($"hits c")
            : $"hits h{db.Dialect.JoinAfter}contacts c ON c.organization_id = {organizationId} AND c.id = h.id";
        return $"""
            WITH hits AS MATERIALIZED ({hits})
            SELECT c.id, c.name, c.phone, c.email, (SELECT count(*) FROM hits) FROM {found}
            """;
    }
}
