using System.Data.Common;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Profile;

/// <summary>What leads to a guest, and why each belongs to them.</summary>
public static class ListIdentities
{
    private static readonly TimeSpan OneSave = TimeSpan.FromSeconds(2);

    /// <param name="Kind">Phone, e-mail.</param>
    /// <param name="Value">E.164 or the address.</param>
    /// <param name="AsGiven">The spelling that came in first.</param>
    /// <param name="Verified">Whether the channel itself vouches for it.</param>
    /// <param name="FirstSeenAt">UTC.</param>
    /// <param name="LastSeenAt">UTC.</param>
    /// <param name="Came">The touch that brought it; null where staff typed it in later, or it came where the viewer may not look.</param>
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
    }

    /// <param name="Kind">As what.</param>
    /// <param name="Source">From where.</param>
    /// <param name="Property">Where to.</param>
    /// <param name="BookingId">The booking it was.</param>
    public sealed record Reason(TouchKind Kind, Source Source, PropertyName Property, Guid? BookingId);

    // An identity is written just before the touch that brought it, in one save.
    private const string Sql = """
        SELECT i.kind, i.value, i.as_given, i.verified, i.first_seen_at, i.last_seen_at, t.at, t.kind, t.source, t.property_id, p.name, t.booking_id, i.claimed
        FROM identities i
        LEFT JOIN touches t ON t.organization_id = i.organization_id AND t.id = (
            SELECT x.id FROM touches x WHERE x.organization_id = i.organization_id AND x.contact_id = i.contact_id AND x.at >= i.first_seen_at ORDER BY x.at, x.id LIMIT 1)
        LEFT JOIN properties p ON p.organization_id = t.organization_id AND p.id = t.property_id
        WHERE i.organization_id = @organization AND i.contact_id = @contact ORDER BY i.first_seen_at, i.id LIMIT 100
        """;

    /// <exception cref="Refusal">404 for a contact not seen.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        await using var reading = await db.Read(Sql, cancel);
        var rows = await reading
            .With("organization", who.OrganizationId)
            .With("contact", db.Stored(id))
            .ToList(row => Of(row, who, db), cancel);
        await ContactSeen.Demand(id, rows.Count > 0, who, db, cancel);
        return rows;
    }

    private static Row Of(DbDataReader row, Actor who, BellhopDb db)
    {
        var first = db.ReadInstant(row, 4);
        var came =
            !row.IsDBNull(6) && db.ReadInstant(row, 6) - first <= OneSave
                ? new Reason(
                    row.ReadName<TouchKind>(7),
                    row.ReadName<Source>(8),
                    new(db.ReadId(row, 9), row.GetString(10)),
                    row.IsDBNull(11) ? null : db.ReadId(row, 11)
                )
                : null;
        return new(
            row.ReadName<IdentityKind>(0),
            row.GetString(1),
            row.GetString(2),
            row.GetBoolean(3),
            first,
            db.ReadInstant(row, 5),
            came is not null && who.Sees(came.Property.Id) ? came : null,
            came is null
        )
        {
            Claimed = row.GetBoolean(12),
        };
    }
}
