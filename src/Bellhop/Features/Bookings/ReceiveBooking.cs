using System.Text.Json.Serialization;
using Bellhop.Data;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>Takes a booking from an outside system: makes it, or updates the one with the same outside key.</summary>
public static class ReceiveBooking
{
    /// <param name="PropertyId">The property of the stay.</param>
    /// <param name="Source">A name of <see cref="Platform.Source"/>.</param>
    /// <param name="Status">A name of <see cref="BookingStatus"/>.</param>
    /// <param name="Arrival">YYYY-MM-DD.</param>
    /// <param name="Departure">YYYY-MM-DD, not before arrival.</param>
    /// <param name="Total">Price of the whole stay; zero and negative totals are allowed.</param>
    /// <param name="Guest">The guest.</param>
    /// <param name="ExternalId">The outside system's key. It is unique together with property and source.</param>
    /// <param name="Revision">A whole number or a time. A revision lower than the stored one changes nothing.</param>
    /// <param name="BookedAt">The time of booking; the present time when left out.</param>
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
        [property: JsonConverter(typeof(ForgivingText))] string? Notes = null,
        DateTimeOffset? BookedAt = null
    );

    /// <param name="Name">Of a name that is too long, the beginning is kept.</param>
    /// <param name="Phone">A phone that cannot be used is kept as it was received.</param>
    /// <param name="Email">An e-mail that cannot be used is kept as it was received.</param>
    /// <param name="Country">A country's code or name. It is the region of a phone without a country code. When left out or not understood,
    /// the property's country is used.</param>
    public sealed record GuestInput(
        [property: JsonConverter(typeof(ForgivingText))] string? Name = null,
        [property: JsonConverter(typeof(ForgivingText))] string? Phone = null,
        [property: JsonConverter(typeof(ForgivingText))] string? Email = null,
        [property: JsonConverter(typeof(ForgivingText))] string? Country = null
    );

    public static async Task<Saved<BookingRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.BookingsManage);
        var incoming = Incoming.Read(input, db.Now);
        return await db.Save(
            () => db.WithoutDetectingChanges(() => Take(input.PropertyId, incoming, who, db, cancel)),
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    /// <summary>
    /// Takes one booking inside a save that holds the settings lock. A caller that takes several must write the tracked rows between two
    /// bookings of the same guest or outside key. EF need not look for changes meanwhile.
    /// </summary>
    /// <param name="contactId">The guest of a new booking, when staff chose one; else null.</param>
    /// <param name="claimed">The guest's fields were typed into the public form.</param>
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
    /// The stored booking with this outside key, locked: of two updates at the same time, the second must read what the first wrote. Null
    /// when there is none.
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

    // Uses ix_bookings_external, which begins with the lower case. Told the plain column's value by an index too, SQLite would miss it.
    private static Task<Guid?> Known(Property property, Source source, string externalId, BellhopDb db, CancellationToken cancel) =>
        db.ReadFirst(
            $"""
            SELECT id FROM bookings WHERE organization_id = {property.OrganizationId} AND property_id = {property.Id}
            AND source = {source} AND {db.Dialect.NotByIndex}external_id = {externalId} AND lower(external_id) = lower({externalId})
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
        var booking = incoming.New(property, db.Now);
        var phone = incoming.PhoneAt(property);
        incoming.Write(booking, phone);
        booking.Claimed = claimed ? incoming.Claims(phone) : null;
        await BookingRules.Convert(booking, property, db, cancel);
        await FindGuest(booking, incoming.Guest(phone), contactId, property, who, db, cancel);
        db.Bookings.Add(booking);
        db.Happened(who, "booking.created", "booking", booking.Id);
        var row = BookingRow.Of(booking, property.Name);
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
            var entry = db.Entry(booking);
            entry.DetectChanges();
            var changed = entry.Properties.Where(p => p.IsModified).Select(p => p.Metadata.Name).Where(IsContent).ToList();
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

                if (changed.Contains(nameof(Booking.Currency)))
                {
                    await PaymentRules.CountPaid(booking, db, cancel);
                }

                // The outside system knows its guest, so the fields are no longer claimed.
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

        return new(BookingRow.Of(booking, property.Name), booking.UpdatedAt, ContactId: booking.ContactId);
    }

    /// <summary>Whether readers see this property. Changes to the others are saved without an event.</summary>
    internal static bool IsContent(string property) =>
        property
            is not (
                nameof(Booking.Revision)
                or nameof(Booking.CancelledOutside)
                or nameof(Booking.PhoneUnusable)
                or nameof(Booking.Warnings)
            );

    private static bool IsGuest(string property) =>
        property is nameof(Booking.GuestName) or nameof(Booking.GuestPhone) or nameof(Booking.GuestEmail);

    /// <summary>Finds or makes the booking's contact, when staff chose one or the guest fields are enough to identify a guest.</summary>
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
