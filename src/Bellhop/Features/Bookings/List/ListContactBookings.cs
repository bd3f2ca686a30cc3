using System.Globalization;
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
        var after = query.After(cursors, binding)?.Split('/');
        await using var reading = await db.Read(BookingSql.OfGuest(limited?.Length, after is not null), cancel);
        reading
            .With("organization", who.OrganizationId)
            .With("contact", db.Stored(id))
            .With("most", query.Limit + 1)
            .With(BookingSql.PropertyNames, limited, db);
        if (after is [var arrival, var last])
        {
            reading
                .With("arrival", db.Stored(DateOnly.ParseExact(arrival, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
                .With("id", db.Stored(Guid.Parse(last)));
        }

        var rows = await reading.ToList(row => BookingReading.Row(row, who.OrganizationId, db), cancel);
        if (rows.Count == 0)
        {
            await ContactSeen.Demand(id, who, db, cancel);
        }

        return query.Page(rows, row => string.Create(CultureInfo.InvariantCulture, $"{row.Arrival:yyyy-MM-dd}/{row.Id}"), cursors, binding);
    }
}
