using System.Globalization;
using System.Reflection;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Loyalty;

/// <summary>The members of a property's programme, those with most points first.</summary>
public static class ListMembers
{
    private const int SearchMax = 200;

    /// <param name="Page">The page's size and its cursor.</param>
    /// <param name="Q">Only whom this finds, by name, phone or e-mail.</param>
    /// <param name="Tiers">Only members in these tiers; all when left out.</param>
    public sealed record Query(PageQuery Page, string? Q = null, IReadOnlyList<LoyaltyTier>? Tiers = null)
    {
        internal static readonly string[] Parameters = ["q", "tier*", "limit", "cursor"];

        private ValidationErrors? Wrong { get; init; }

        /// <summary>Reads a request's parameters. The use case throws the errors after it has checked the permission.</summary>
        public static ValueTask<Query?> BindAsync(HttpContext http, ParameterInfo _)
        {
            var (query, errors) = (http.Request.Query, new ValidationErrors());
            var read = new QueryReading(query, errors);
            var (q, tiers) = (read.One("q"), read.AnyOf("tier", Enum.GetValues<LoyaltyTier>(), t => t.ToString()));
            return ValueTask.FromResult<Query?>(
                new(PageQuery.Read(query, errors, Parameters.Select(p => p.TrimEnd('*'))), q, tiers) { Wrong = errors }
            );
        }

        internal void Refuse()
        {
            Wrong?.Refuse();
            Page.Refuse();
        }
    }

    /// <exception cref="Refusal">404 for a programme that the actor does not see; 400 for a parameter with a wrong value.</exception>
    public static async Task<Page<LoyaltyMemberRow>> Run(
        Guid propertyId,
        Query query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var programme = await GetProgramme.Find(propertyId, who, db, cancel);
        var terms = SearchTerms.Of(query.Q is { Length: > SearchMax } ? query.Q[..SearchMax] : query.Q);
        var tiers = (query.Tiers ?? []).Distinct().Order().ToList();
        var binding = $"members/{who.OrganizationId}/{propertyId}/{string.Join(',', tiers)}/{query.Q}";
        Sql goesOn = query.Page.After(cursors, binding)?.Split('/') is [var points, var last]
            ? $" AND (m.points, m.contact_id) < ({long.Parse(points, CultureInfo.InvariantCulture)}, {Guid.Parse(last)})"
            : Sql.None;
        Sql inTier = tiers.Count == 0 ? Sql.None : $" AND m.tier IN ({Sql.Join(", ", tiers.Select(t => Sql.Of($"{t.ToString()}")))})";
        Sql question = $"""
            SELECT m.contact_id, m.tier, m.tier_kept, m.points, m.collected, m.since, c.name FROM loyalty_members m
            JOIN contacts c ON c.organization_id = m.organization_id AND c.id = m.contact_id
            WHERE m.organization_id = {who.OrganizationId} AND m.property_id = {propertyId} AND m.left_at IS NULL{inTier}
            {SearchSql.And(db.Dialect, $"c.search", terms.Shape)}{ContactSeen.And($"m.contact_id", who)}{goesOn}
            ORDER BY m.points DESC, m.contact_id DESC{SqlDialect.Limit(query.Page.Limit + 1)}
            """;
        var rows = await db.Read(
            question.With(terms),
            row => new LoyaltyMemberRow(row.Id(), row.Name<LoyaltyTier>(), row.Flag(), row.Long(), row.Long(), row.Instant(), null)
            {
                Name = row.TextOrNull(),
            },
            cancel
        );
        return query.Page.Page(
            rows.ConvertAll(m => m with { ToNext = programme.ToNext(m.Tier, m.TierKept, m.LifetimePoints) }),
            m => string.Create(CultureInfo.InvariantCulture, $"{m.Points}/{m.ContactId}"),
            cursors,
            binding
        );
    }
}
