using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Guests who are called exactly as was typed, accents aside, the surname first or last: they come first in every short list.
/// </summary>
internal static class GuestsByName
{
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email);

    /// <summary>Of those the actor may see the newest, at most so many.</summary>
    public static async Task<IReadOnlyList<Row>> Find(SearchTerms terms, int most, Actor who, BellhopDb db, CancellationToken cancel)
    {
        Sql seen = who.Properties is { } limited
            ? $" AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = {who.OrganizationId} "
                + $"AND a.contact_id = c.id{Sql.AndIn($"a.property_id", limited)})"
            : Sql.None;
        var found = new List<Row>();
        foreach (var name in terms.Names)
        {
            if (found.Count >= most || who.Properties is { Count: 0 })
            {
                break;
            }

            found.AddRange(
                await db.Read(
                    $"""
                    SELECT c.id, c.name, c.phone, c.email FROM contacts c
                    WHERE c.organization_id = {who.OrganizationId} AND c.name_empty = 0 AND c.name_key = {name}{seen}
                    ORDER BY c.id DESC LIMIT {most:fixed}
                    """,
                    row => new Row(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull()),
                    cancel
                )
            );
        }

        return [.. found.DistinctBy(g => g.Id).Take(most)];
    }
}
