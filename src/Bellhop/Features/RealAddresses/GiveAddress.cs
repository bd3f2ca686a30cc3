using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.RealAddresses;

/// <summary>The stay that a printed code is for, as a person without an account may see it: nothing of the guest.</summary>
public static class SeeAddressCode
{
    /// <param name="Property">The property's name.</param>
    public sealed record Row(string Property, DateOnly Arrival, DateOnly Departure);

    /// <exception cref="Refusal">404 for a code that is wrong, used, or past check-out.</exception>
    public static async Task<Row> Run(string code, BellhopDb db, CancellationToken cancel)
    {
        var (organizationId, ask) = await Find(code, db, cancel);
        var (booking, property) = await StayOf(ask, organizationId, db, cancel);
        return new(property.Name, booking.Arrival, booking.Departure);
    }

    /// <exception cref="Refusal">404 as above.</exception>
    internal static async Task<(int OrganizationId, AddressAsk Ask)> Find(string code, BellhopDb db, CancellationToken cancel)
    {
        if (AddressCode.Read(code) is not var (organizationId, hash))
        {
            throw Refusal.NotThere();
        }

        var ask = await db.AddressAsks.SingleOrDefaultAsync(
            a => a.OrganizationId == organizationId && a.Way == AskWay.Code && a.UsedAt == null && a.CodeHash == hash,
            cancel
        );
        return ask?.IsOpen(db.Now) == true ? (organizationId, ask) : throw Refusal.NotThere();
    }

    internal static async Task<(Booking Booking, Property Property)> StayOf(
        AddressAsk ask,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var booking = await db.Bookings.SingleAsync(b => b.OrganizationId == organizationId && b.Id == ask.BookingId, cancel);
        var property = await db.Properties.SingleAsync(p => p.OrganizationId == organizationId && p.Id == booking.PropertyId, cancel);
        return AskAddress.IsAsked(booking) && booking is { ContactId: not null, GuestDeleted: false }
            ? (booking, property)
            : throw Refusal.NotThere();
    }
}

/// <summary>The guest of a booking gives the real address with the printed code. The code proves the stay, and works once.</summary>
public static class GiveAddress
{
    /// <param name="from">The network address, for the audit log.</param>
    /// <exception cref="Refusal">404 as <see cref="SeeAddressCode"/>; 400 for an address that leads to nobody.</exception>
    public static async Task Run(string code, string? given, string? from, BellhopDb db, CancellationToken cancel)
    {
        _ = await SeeAddressCode.Find(code, db, cancel); // a wrong code learns nothing of what is wrong with the address
        var (typed, email) = SaveAddress.Read(given);
        await db.Save(
            async () =>
            {
                var (organizationId, ask) = await SeeAddressCode.Find(code, db, cancel);
                var who = Actor.System(organizationId) with { Name = "Printed code", From = from };
                await db.LockBooking(organizationId, ask.BookingId, cancel);
                await db.Entry(ask).ReloadAsync(cancel); // somebody may have used the code meanwhile
                var (booking, _) = await SeeAddressCode.StayOf(ask, organizationId, db, cancel);
                if (!ask.IsOpen(db.Now) || await SaveAddress.GuestOf(booking, organizationId, db, cancel) is not { } contact)
                {
                    throw Refusal.NotThere();
                }

                await SaveAddress.Learn(booking, contact, typed, email, who, db, cancel);
            },
            cancel
        );
    }
}
