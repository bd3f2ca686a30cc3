using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>What a guest said to marketing, a row for each channel on which anything is known.</summary>
public static class ListConsents
{
    private static readonly ParameterNames PropertyNames = new("property");

    /// <param name="Channel">Which way of reaching them.</param>
    /// <param name="Granted">True: opted in; false: opted out.</param>
    /// <param name="At">When it was said, or learnt, UTC.</param>
    /// <param name="Source">Where it was learnt from.</param>
    public sealed record Row(ConsentChannel Channel, bool Granted, DateTime At, Source Source);

    // The guest comes along in any case: no row at all is nobody there, and no second question is asked.
    private const string Sql = """
        SELECT c.channel, c.granted, c.at, c.source FROM contacts k
        LEFT JOIN consents c ON c.organization_id = k.organization_id AND c.contact_id = k.id
        WHERE k.organization_id = @organization AND k.id = @contact
        """;

    /// <exception cref="Refusal">403 without contacts.view; 404 for a contact not seen.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var limited = who.Properties?.ToArray();
        var seen = limited is null
            ? ""
            : " AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = k.organization_id AND a.contact_id = k.id"
                + PropertyNames.AndIn("a.property_id", limited.Length)
                + ")";
        await using var reading = await db.Read(Sql + seen + " ORDER BY c.channel", cancel);
        var rows = await reading
            .With("organization", who.OrganizationId)
            .With("contact", db.Stored(id))
            .With(PropertyNames, limited, db)
            .ToList(
                row =>
                    row.IsDBNull(0)
                        ? null
                        : new Row(row.ReadName<ConsentChannel>(0), row.GetBoolean(1), db.ReadInstant(row, 2), row.ReadName<Source>(3)),
                cancel
            );
        return rows.Count == 0 ? throw Refusal.NotThere("contact", id) : [.. rows.OfType<Row>()];
    }
}
