using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Finds guests whose whole name is the typed text, accents aside, with the surname first or last. They come first in every short list.
/// </summary>
internal static class GuestsByName
{
    /// <param name="LastArrival">Over all properties: shown to nobody who is limited to some.</param>
    /// <param name="ActiveUntil">When their last stay ends; null when there is none to come.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email, DateOnly? LastArrival, DateTime? ActiveUntil);

    /// <summary>The newest of the guests that the actor may see, at most <paramref name="most"/>.</summary>
    public static async Task<IReadOnlyList<Row>> Find(SearchTerms terms, int most, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var seen = ContactSeen.And($"c.id", who);
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
                    SELECT c.id, c.name, c.phone, c.email, c.last_arrival, c.active_until FROM contacts c
                    WHERE c.organization_id = {who.OrganizationId} AND c.name_empty = 0 AND c.name_key = {name}{seen}
                    ORDER BY c.id DESC LIMIT {most:fixed}
                    """,
                    row => new Row(row.Id(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.DayOrNull(), row.InstantOrNull()),
                    cancel
                )
            );
        }

        return [.. found.DistinctBy(g => g.Id).Take(most)];
    }
}
