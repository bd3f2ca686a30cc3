using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Loyalty;

/// <summary>The latest entries of a guest's ledgers, read at once.</summary>
internal static class Ledgers
{
    /// <summary>How many entries a membership shows.</summary>
    public const int EntriesMost = 100;

    /// <summary>The entries of a guest by property, the latest first.</summary>
    public static async Task<ILookup<Guid, LoyaltyEntryRow>> Of(
        Guid contactId,
        IReadOnlyList<Guid> places,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (places.Count == 0)
        {
            return Array.Empty<LoyaltyEntryRow>().ToLookup(_ => Guid.Empty);
        }

        Sql some = Sql.Join(", ", places.Select(p => Sql.Of($"{p}")));
        var rows = await db.Read(
            $"""
            SELECT l.property_id, l.id, l.at, l.kind, l.points, l.booking_id, l.reason, l.author_id, l.author_name, l.written_for,
                b.id, b.reference, b.arrival, b.departure, b.total, b.currency
            FROM (
                SELECT e.*, row_number() OVER (PARTITION BY e.property_id ORDER BY e.at DESC, e.id DESC) AS place FROM loyalty_entries e
                WHERE e.organization_id = {organizationId} AND e.contact_id = {contactId} AND e.property_id IN ({some})
            ) l
            LEFT JOIN bookings b ON b.organization_id = {organizationId} AND b.id = l.booking_id
            WHERE l.place <= {EntriesMost:fixed} ORDER BY l.at DESC, l.id DESC
            """,
            row => (Place: row.Id(), Entry: Read(row, organizationId, contactId)),
            cancel
        );
        return rows.ToLookup(r => r.Place, r => r.Entry);
    }

    private static LoyaltyEntryRow Read(SqlRow row, int organizationId, Guid contactId)
    {
        var entry = new LoyaltyEntry
        {
            OrganizationId = organizationId,
            ContactId = contactId,
            Id = row.Id(),
            At = row.Instant(),
            Kind = row.Name<LoyaltyKind>(),
            Points = row.Long(),
            BookingId = row.IdOrNull(),
            Reason = row.TextOrNull(),
            AuthorId = row.IdOrNull(),
            AuthorName = row.TextOrNull(),
            WrittenFor = row.Id(),
        };
        return LoyaltyEntryRow.Of(entry) with { Booking = Booking(row) };
    }

    private static LoyaltyEntryRow.BookingName? Booking(SqlRow row)
    {
        if (row.IsNull)
        {
            row.Skip(6);
            return null;
        }

        return new(row.Id(), row.TextOrNull(), row.Day(), row.Day(), new(row.Long(), row.Text()));
    }
}
