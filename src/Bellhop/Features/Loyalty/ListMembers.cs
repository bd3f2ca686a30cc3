using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.AspNetCore.Mvc;

namespace Bellhop.Features.Loyalty;

/// <summary>The members of a property's programme, those with most points first.</summary>
public static class ListMembers
{
    private const int SearchMax = 200;

    /// <param name="q">Only whom this finds, by name, phone or e-mail.</param>
    /// <exception cref="Refusal">404 for a programme that the actor does not see.</exception>
    public static async Task<Page<MemberRow>> Run(
        Guid propertyId,
        [FromQuery] string? q,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        await GetProgramme.Find(propertyId, who, db, cancel);
        var terms = SearchTerms.Of(q is { Length: > SearchMax } ? q[..SearchMax] : q);
        var binding = $"members/{who.OrganizationId}/{propertyId}/{q}";
        Sql goesOn = query.After(cursors, binding)?.Split('/') is [var points, var last]
            ? $" AND (m.points, m.contact_id) < ({long.Parse(points, CultureInfo.InvariantCulture)}, {Guid.Parse(last)})"
            : Sql.None;
        Sql question = $"""
            SELECT m.contact_id, m.tier, m.tier_kept, m.points, m.collected, m.since, c.name FROM loyalty_members m
            JOIN contacts c ON c.organization_id = m.organization_id AND c.id = m.contact_id
            WHERE m.organization_id = {who.OrganizationId} AND m.property_id = {propertyId} AND m.left_at IS NULL
            {SearchSql.And(db.Dialect, $"c.search", terms.Shape)}{ContactSeen.And($"m.contact_id", who)}{goesOn}
            ORDER BY m.points DESC, m.contact_id DESC{SqlDialect.Limit(query.Limit + 1)}
            """;
        var rows = await db.Read(
            question.With(terms),
            row => new MemberRow(row.Id(), row.Name<LoyaltyTier>(), row.Flag(), row.Long(), row.Long(), row.Instant(), null)
            {
                Name = row.TextOrNull(),
            },
            cancel
        );
        return query.Page(rows, m => string.Create(CultureInfo.InvariantCulture, $"{m.Points}/{m.ContactId}"), cursors, binding);
    }
}
