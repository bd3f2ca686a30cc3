using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>What a guest said to marketing, a row for each channel on which anything is known.</summary>
public static class ListConsents
{
    /// <param name="Channel">Which way of reaching them.</param>
    /// <param name="Granted">True: opted in; false: opted out.</param>
    /// <param name="At">When it was said, or learnt, UTC.</param>
    /// <param name="Source">Where it was learnt from.</param>
    public sealed record Row(ConsentChannel Channel, bool Granted, DateTime At, Source Source);

    /// <exception cref="Refusal">403 without contacts.view; 404 for a contact not seen.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var limited = who.Properties?.ToArray();
        Sql seen = limited is null
            ? Sql.None
            : $" AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = k.organization_id "
                + $"AND a.contact_id = k.id{Sql.AndIn($"a.property_id", limited)})";

        // The guest comes along in any case: no row at all is nobody there, and no second question is asked.
        var rows = await db.Read(
            $"""
            SELECT c.channel, c.granted, c.at, c.source FROM contacts k
            LEFT JOIN consents c ON c.organization_id = k.organization_id AND c.contact_id = k.id
            WHERE k.organization_id = {who.OrganizationId} AND k.id = {id}{seen} ORDER BY c.channel
            """,
            Of,
            cancel
        );
        return rows.Count == 0 ? throw Refusal.NotThere("contact", id) : [.. rows.OfType<Row>()];
    }

    private static Row? Of(SqlRow row)
    {
        if (row.IsNull)
        {
            row.Skip(4);
            return null;
        }

        return new(row.Name<ConsentChannel>(), row.Flag(), row.Instant(), row.Name<Source>());
    }
}
