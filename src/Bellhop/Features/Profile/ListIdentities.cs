using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>The identities of a guest, and how each came to belong to the guest.</summary>
public static class ListIdentities
{
    private static readonly TimeSpan OneSave = TimeSpan.FromSeconds(2);

    /// <param name="Kind">Phone, e-mail, or an id on a channel.</param>
    /// <param name="Value">E.164, the address or the id.</param>
    /// <param name="AsGiven">The spelling that arrived first.</param>
    /// <param name="Verified">Whether the channel itself proves it.</param>
    /// <param name="FirstSeenAt">UTC.</param>
    /// <param name="LastSeenAt">UTC; a channel's is accurate to a minute.</param>
    /// <param name="Came">The touch that brought it. Null when staff typed it in later, or when it came at a property that the viewer does
    /// not see.</param>
    /// <param name="ByStaff">Staff typed it in later.</param>
    public sealed record Row(
        IdentityKind Kind,
        string Value,
        string AsGiven,
        bool Verified,
        DateTime FirstSeenAt,
        DateTime LastSeenAt,
        Reason? Came,
        bool ByStaff
    )
    {
        /// <summary>A stranger typed it, and nothing has proven it yet.</summary>
        public bool Claimed { get; init; }

        /// <summary>The guest's user name on the channel.</summary>
        public string? Label { get; init; }
    }

    /// <param name="Kind">The kind of the touch.</param>
    /// <param name="Source">Where the guest came from.</param>
    /// <param name="Property">The property of the touch.</param>
    /// <param name="BookingId">The booking that the touch is; null when it is none.</param>
    public sealed record Reason(TouchKind Kind, Source Source, PropertyName Property, Guid? BookingId);

    /// <exception cref="Refusal">404 when the actor does not see the contact.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);

        // An identity is written just before the touch that brought it, in one save.
        var rows = await db.Read(
            $"""
            SELECT i.kind, i.value, i.as_given, i.verified, i.first_seen_at, i.last_seen_at, i.claimed, i.label,
                t.at, t.kind, t.source, t.property_id, p.name, t.booking_id
            FROM identities i
            LEFT JOIN touches t ON t.organization_id = i.organization_id AND t.id = (
                SELECT x.id FROM touches x WHERE x.organization_id = i.organization_id AND x.contact_id = i.contact_id
                    AND x.at >= i.first_seen_at ORDER BY x.at, x.id LIMIT 1)
            LEFT JOIN properties p ON p.organization_id = t.organization_id AND p.id = t.property_id
            WHERE i.organization_id = {who.OrganizationId} AND i.contact_id = {id} ORDER BY i.first_seen_at, i.id LIMIT 100
            """,
            row => Of(row, who),
            cancel
        );
        await ContactSeen.Demand(id, rows.Count > 0, who, db, cancel);
        return rows;
    }

    private static Row Of(SqlRow row, Actor who)
    {
        var identity = new Row(
            row.Name<IdentityKind>(),
            row.Text(),
            row.Text(),
            row.Flag(),
            row.Instant(),
            row.Instant(),
            Came: null,
            ByStaff: true
        )
        {
            Claimed = row.Flag(),
            Label = row.TextOrNull(),
        };
        return Touch(row) is var (at, came) && at - identity.FirstSeenAt <= OneSave
            ? identity with
            {
                Came = who.Sees(came.Property.Id) ? came : null,
                ByStaff = false,
            }
            : identity;
    }

    /// <summary>The first touch after the identity was written; null when there is none.</summary>
    private static (DateTime At, Reason Came)? Touch(SqlRow row)
    {
        if (row.IsNull)
        {
            row.Skip(6);
            return null;
        }

        return (row.Instant(), new(row.Name<TouchKind>(), row.Name<Source>(), new(row.Id(), row.Text()), row.IdOrNull()));
    }
}
