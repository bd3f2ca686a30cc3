using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>What a booking gives in points, and what points may pay of it.</summary>
public static class SeeBookingPoints
{
    /// <param name="Programme">The name of the property's programme.</param>
    /// <param name="PointValue">What one point is worth.</param>
    /// <param name="Member">The guest's membership; null where there is none.</param>
    /// <param name="Gives">The points that the booking gave, or gives once it is completed.</param>
    /// <param name="IsGiven">Whether it gave them already.</param>
    /// <param name="Redeemed">The points redeemed for it.</param>
    /// <param name="Left">The points that may still be redeemed for it, whatever the balance is.</param>
    public sealed record Row(
        string Programme,
        Money PointValue,
        SeeGuestPoints.Membership? Member,
        long Gives,
        bool IsGiven,
        long Redeemed,
        long Left
    );

    /// <summary>Null where the property has no programme, it is off and the guest no member, or the booking has no guest.</summary>
    /// <exception cref="Refusal">404 when the actor does not see the booking.</exception>
    public static async Task<Row?> Run(Guid bookingId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsView);
        who.Demand(Permission.ContactsView);
        var booking =
            await db.Bookings.AsNoTracking().VisibleTo(who).SingleOrDefaultAsync(b => b.Id == bookingId, cancel)
            ?? throw Refusal.NotThere("booking", bookingId);
        var programme = await db
            .Programmes.AsNoTracking()
            .SingleOrDefaultAsync(p => p.OrganizationId == who.OrganizationId && p.PropertyId == booking.PropertyId, cancel);
        if (programme is null || booking.ContactId is not { } guest)
        {
            return null;
        }

        var member = (await SeeGuestPoints.Run(guest, booking.PropertyId, who, db, cancel)).Memberships.SingleOrDefault();
        if (member is null && !programme.Enabled)
        {
            return null;
        }

        var entries = await db
            .LoyaltyEntries.AsNoTracking()
            .Where(e => e.OrganizationId == who.OrganizationId && e.BookingId == bookingId)
            .Select(e => new { e.Kind, e.Points })
            .ToListAsync(cancel);
        var given = entries.Where(e => e.Kind is LoyaltyKind.Earned or LoyaltyKind.Reversed).Sum(e => e.Points);
        var redeemed = -entries.Where(e => e.Kind == LoyaltyKind.Redemption).Sum(e => e.Points);
        var property = (await db.Properties.FindAsync([who.OrganizationId, booking.PropertyId], cancel))!;
        var mayGive = booking.Status is BookingStatus.Confirmed or BookingStatus.InHouse && programme.Enabled;
        var gives =
            given != 0 ? given
            : mayGive ? await LoyaltyMath.Earned(booking, programme, db.Now.DayIn(property.Zone), db, cancel)
            : 0;
        return new(
            programme.Name,
            new(programme.PointValue, programme.Currency),
            member,
            gives,
            given != 0,
            redeemed,
            await LoyaltyMath.Left(booking, redeemed, programme, db, cancel)
        );
    }
}
