using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>A booking as an outside system has it: made, or brought up to date where its outside key is known.</summary>
public static class ReceiveBooking
{
    /// <param name="PropertyId">Where.</param>
    /// <param name="Source">A name of <see cref="Platform.Source"/>.</param>
    /// <param name="Status">A name of <see cref="BookingStatus"/>.</param>
    /// <param name="Arrival">YYYY-MM-DD.</param>
    /// <param name="Departure">YYYY-MM-DD, not before arrival.</param>
    /// <param name="Total">Of the whole stay; zero and below are taken.</param>
    /// <param name="Guest">Who comes.</param>
    /// <param name="ExternalId">The outside system's key, unique with property and source.</param>
    /// <param name="Revision">A whole number or an instant; an older one than stored changes nothing.</param>
    /// <param name="BookedAt">An instant; now where left out.</param>
    public sealed record Input(
        Guid PropertyId,
        string Source,
        string Status,
        string Arrival,
        string Departure,
        MoneyInput Total,
        GuestInput Guest,
        string? ExternalId = null,
        string? Reference = null,
        Revision? Revision = null,
        string? RoomType = null,
        int? Adults = null,
        int? Children = null,
        string? Notes = null,
        DateTimeOffset? BookedAt = null
    );

    /// <param name="Name">The beginning of one that is too long is kept.</param>
    /// <param name="Phone">One that cannot be used is kept as it came.</param>
    /// <param name="Email">One that cannot be used is kept as it came.</param>
    /// <param name="Country">A country's code or name: the region of a phone without country code; the property's where left out or not
    /// understood.</param>
    public sealed record GuestInput(string? Name = null, string? Phone = null, string? Email = null, string? Country = null);

    public static async Task<Saved<BookingRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        var incoming = Incoming.Read(input, db.Now);
        return await db.Save(() => Take(input.PropertyId, incoming, who, db, cancel), cancel, SettingsLock.Shared(who.OrganizationId));
    }

    /// <summary>
    /// One of several taken in one save that holds the settings: between two of the same guest or outside key, the caller writes what is
    /// tracked.
    /// </summary>
    /// <param name="contactId">The guest of a new booking, where staff say who it is.</param>
    /// <param name="claimed">Who comes was typed by a stranger.</param>
    internal static async Task<Saved<BookingRow>> Take(
        Guid propertyId,
        Incoming incoming,
        Actor who,
        BellhopDb db,
        CancellationToken cancel,
        Guid? contactId = null,
        bool claimed = false
    )
    {
        who.Demand(Permission.BookingsManage);
        var property = await db.FindProperty(propertyId, who, cancel) ?? throw Refusal.NotThere("property", propertyId);
        var present = await Present(incoming, property, db, cancel);
        return present is null
            ? await Make(incoming, property, contactId, claimed, who, db, cancel)
            : await Update(present, incoming, property, who, db, cancel);
    }

    /// <summary>
    /// The booking that has this outside key already, held: of two updates at once the second must read what the first wrote.
    /// </summary>
    private static async Task<Booking?> Present(Incoming incoming, Property property, BellhopDb db, CancellationToken cancel)
    {
        if (incoming.ExternalId is not { } key)
        {
            return null;
        }

        if (await Known(property, incoming.Source, key, db, cancel) is not { } id)
        {
            return null;
        }

        await db.LockBooking(property.OrganizationId, id, cancel);
        return await db.Bookings.SingleAsync(b => b.OrganizationId == property.OrganizationId && b.Id == id, cancel);
    }

    private static Task<Guid?> Known(Property property, Source source, string externalId, BellhopDb db, CancellationToken cancel) =>
        db.ReadFirst(
            $"""
            SELECT id FROM bookings WHERE organization_id = {property.OrganizationId} AND property_id = {property.Id}
            AND source = {source} AND external_id = {externalId}
            """,
            row => (Guid?)row.Id(),
            cancel
        );

    private static async Task<Saved<BookingRow>> Make(
        Incoming incoming,
        Property property,
        Guid? contactId,
        bool claimed,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var booking = new Booking
        {
            OrganizationId = who.OrganizationId,
            PropertyId = property.Id,
            Source = incoming.Source,
            ExternalId = incoming.ExternalId,
            Currency = incoming.Total.Currency,
            BookedAt = incoming.BookedAt ?? db.Now,
            CreatedAt = db.Now,
            UpdatedAt = db.Now,
        };
        var phone = incoming.PhoneAt(property);
        incoming.Write(booking, phone);
        booking.Claimed = claimed ? incoming.Claims(phone) : null;
        await BookingRules.Convert(booking, property, db, cancel);
        await FindGuest(booking, incoming.Guest(phone), contactId, property, who, db, cancel);
        db.Bookings.Add(booking);
        db.Happened(who, "booking.created", "booking", booking.Id);
        var row = BookingRow.Of(booking, property.Name, incoming.Warnings);
        return new(row, booking.UpdatedAt, $"/bookings/{booking.Id}", booking.ContactId);
    }

    private static async Task<Saved<BookingRow>> Update(
        Booking booking,
        Incoming incoming,
        Property property,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (!incoming.IsOlder(booking))
        {
            var phone = incoming.PhoneAt(property);
            incoming.Write(booking, phone);
            var changed = db.Entry(booking).Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name).Where(IsContent).ToList();
            if (changed.Count > 0)
            {
                if (
                    changed.Contains(nameof(Booking.Total))
                    || changed.Contains(nameof(Booking.Currency))
                    || changed.Contains(nameof(Booking.BookedAt))
                )
                {
                    await BookingRules.Convert(booking, property, db, cancel);
                }

                // The outside system knows its guest: what it says is no longer what a stranger typed.
                if (changed.Exists(IsGuest))
                {
                    booking.Claimed = null;
                }

                if (booking.ContactId is { } known)
                {
                    if (changed.Exists(IsGuest) && await ResolveContact.ForChange(db, who.OrganizationId, known, cancel) is { } contact)
                    {
                        await ResolveContact.FillBlanks(contact, incoming.Guest(phone), who, db, cancel);
                    }
                }
                else
                {
                    await FindGuest(booking, incoming.Guest(phone), null, property, who, db, cancel);
                }

                booking.UpdatedAt = db.Now.After(booking.UpdatedAt);
                BookingChanges.Say(booking, changed, who, db);
            }
        }

        return new(BookingRow.Of(booking, property.Name, incoming.Warnings), booking.UpdatedAt, ContactId: booking.ContactId);
    }

    /// <summary>What a reader can see: how far the outside system has counted its own changes is kept without a word.</summary>
    internal static bool IsContent(string property) =>
        property is not (nameof(Booking.Revision) or nameof(Booking.CancelledOutside) or nameof(Booking.PhoneUnusable));

    private static bool IsGuest(string property) =>
        property is nameof(Booking.GuestName) or nameof(Booking.GuestPhone) or nameof(Booking.GuestEmail);

    /// <summary>Leads the booking to its contact, where staff say who it is or it says enough of the guest to tell one.</summary>
    private static async Task FindGuest(
        Booking booking,
        ResolveContact.Given guest,
        Guid? contactId,
        Property property,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (booking.GuestDeleted || (!guest.SaysWho && contactId is null))
        {
            return;
        }

        var arrival = new ResolveContact.Arrival(
            property,
            booking.Source,
            TouchKind.Booking,
            guest,
            booking.Id,
            contactId,
            booking.Claimed is not null
        );
        var (contact, _) = await ResolveContact.Run(arrival, who, db, cancel);
        booking.ContactId = contact.Id;
    }
}
