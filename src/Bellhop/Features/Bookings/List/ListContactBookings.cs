using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>A guest's bookings at the properties that the actor sees, the latest arrival first.</summary>
public static class ListContactBookings
{
    /// <exception cref="Refusal">404 for a contact that the actor does not see.</exception>
    public static async Task<Page<BookingRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var limited = who.Properties?.Distinct().Order().ToArray();
        var binding = $"bookings/{who.OrganizationId}/{id}/{(limited is null ? "all" : string.Join(',', limited))}";
        var after = BookingPosition.Read(query.After(cursors, binding));
        var rows = await db.Read(
            BookingSql.OfGuest(who.OrganizationId, id, limited, query.Limit + 1, after),
            row => BookingReading.Row(row, who.OrganizationId),
            cancel
        );
        if (rows.Count == 0)
        {
            await ContactSeen.Demand(id, who, db, cancel);
        }

        return query.Page(rows, BookingPosition.Write, cursors, binding);
    }
}
