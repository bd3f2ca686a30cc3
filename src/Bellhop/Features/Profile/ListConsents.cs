using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>A guest's answers to marketing, one row for each channel with an answer.</summary>
public static class ListConsents
{
    /// <param name="Channel">The channel of marketing.</param>
    /// <param name="Granted">True: opted in; false: opted out.</param>
    /// <param name="At">When the guest said it, or when Bellhop learnt of it, UTC.</param>
    /// <param name="Source">Where Bellhop learnt it from.</param>
    public sealed record Row(ConsentChannel Channel, bool Granted, DateTime At, Source Source);

    /// <exception cref="Refusal">403 without contacts.view; 404 when the actor does not see the contact.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var seen = ContactSeen.And($"k.id", who);

        // The guest's row is read in any case, so no row means no such guest. This saves a second statement.
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
