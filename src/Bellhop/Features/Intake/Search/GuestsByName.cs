using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Guests who are called exactly as was typed, accents aside, the surname first or last: they come first in every short list.
/// </summary>
internal static class GuestsByName
{
    private static readonly ParameterNames PropertyNames = new("property");

    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email);

    /// <summary>Of those the actor may see the newest, at most so many.</summary>
    public static async Task<IReadOnlyList<Row>> Find(SearchTerms terms, int most, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var found = new List<Row>();
        foreach (var name in terms.Names)
        {
            if (found.Count >= most || who.Properties is { Count: 0 })
            {
                break;
            }

            await using var reading = await db.Read(Text(who.Properties?.Count ?? -1, most), cancel);
            found.AddRange(
                await reading
                    .With("organization", who.OrganizationId)
                    .With("name", name)
                    .With(PropertyNames, who.Properties, db)
                    .ToList(row => new Row(db.ReadId(row, 0), row.ReadText(1), row.ReadText(2), row.ReadText(3)), cancel)
            );
        }

        return [.. found.DistinctBy(g => g.Id).Take(most)];
    }

    private static string Text(int properties, int most) =>
        "SELECT c.id, c.name, c.phone, c.email FROM contacts c "
        + "WHERE c.organization_id = @organization AND c.name_empty = 0 AND c.name_key = @name"
        + (properties > 0 ? Seen(properties) : "")
        + $" ORDER BY c.id DESC LIMIT {most.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private static string Seen(int properties) =>
        " AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = @organization AND a.contact_id = c.id AND a.property_id IN ("
        + PropertyNames.List(properties)
        + "))";
}
