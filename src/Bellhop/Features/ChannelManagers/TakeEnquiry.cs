using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.ChannelManagers;

/// <summary>Takes a guest's question for an offer: a contact and a touch, and no booking.</summary>
internal static class TakeEnquiry
{
    public static async Task<Outcome> Run(
        SentReservation sent,
        UnbookedReservation? known,
        ReservationSave save,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (known is not null)
        {
            await Change(sent, known, save, db, cancel);
            return new(sent);
        }

        Incoming incoming;
        try
        {
            incoming = Read(sent, save, db.Now);
        }
        catch (Refusal refusal) when (refusal.Status == StatusCodes.Status400BadRequest)
        {
            return new(sent, "bad-data");
        }

        var guest = incoming.Guest(incoming.PhoneAt(save.Property));
        db.UnbookedReservations.Add(Remember(sent, save, db));
        if (!guest.SaysWho)
        {
            return new(sent); // nobody to answer
        }

        await save.Separate(incoming, db, cancel);
        var (contact, _) = await ResolveContact.Run(new(save.Property, sent.Source, TouchKind.Enquiry, guest), save.Who, db, cancel);
        var enquiry = new Enquiry
        {
            OrganizationId = save.Who.OrganizationId,
            ConnectionId = save.Connection.Id,
            PropertyId = save.Property.Id,
            ContactId = contact.Id,
            ExternalId = sent.Key!,
            Source = sent.Source,
            At = db.Now,
        };
        Write(enquiry, sent, incoming);
        db.Enquiries.Add(enquiry);
        db.Happened(save.Who, "enquiry.created", "enquiry", enquiry.Id);
        save.Contacts.Add(contact.Id);
        await TakeReservation.TeachGuest(contact.Id, sent, save, db, cancel);
        return new(sent);
    }

    /// <summary>
    /// A reservation that is cancelled and is no booking: the enquiry ends, or the cancellation waits for its reservation.
    /// </summary>
    public static async Task Withdraw(
        SentReservation sent,
        UnbookedReservation? known,
        ReservationSave save,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (known is null)
        {
            db.UnbookedReservations.Add(Remember(sent, save, db));
            return;
        }

        (known.State, known.Revision) = (SentState.Cancelled, sent.Revision ?? known.Revision);
        if (await Find(sent, save, db, cancel) is { DoneAt: null } enquiry)
        {
            enquiry.DoneAt = db.Now;
            save.Contacts.Add(enquiry.ContactId);
        }
    }

    /// <summary>What is known of the reservation, where it is no booking.</summary>
    public static async Task<UnbookedReservation?> Known(
        SentReservation sent,
        ReservationSave save,
        BellhopDb db,
        CancellationToken cancel
    ) => await db.UnbookedReservations.FindAsync([save.Who.OrganizationId, save.Connection.Id, sent.Key!], cancel);

    public static Task<Enquiry?> Find(SentReservation sent, ReservationSave save, BellhopDb db, CancellationToken cancel) =>
        db.Enquiries.SingleOrDefaultAsync(
            e => e.OrganizationId == save.Who.OrganizationId && e.ConnectionId == save.Connection.Id && e.ExternalId == sent.Key,
            cancel
        );

    /// <summary>A later version of a question; the guest is the same.</summary>
    private static async Task Change(
        SentReservation sent,
        UnbookedReservation known,
        ReservationSave save,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (known.State == SentState.Cancelled || sent.Revision < known.Revision || await Find(sent, save, db, cancel) is not { } enquiry)
        {
            save.NamesDeleted |= known.State == SentState.Requested;
            return;
        }

        known.Revision = sent.Revision ?? known.Revision;
        Write(enquiry, sent, Read(sent, save, db.Now));
        save.Contacts.Add(enquiry.ContactId);
    }

    private static UnbookedReservation Remember(SentReservation sent, ReservationSave save, BellhopDb db) =>
        new()
        {
            OrganizationId = save.Who.OrganizationId,
            ConnectionId = save.Connection.Id,
            ExternalId = sent.Key!,
            State = sent.State,
            Revision = sent.Revision,
            At = db.Now,
        };

    /// <summary>The question as a booking would be read, so that its texts and its guest follow the same rules.</summary>
    private static Incoming Read(SentReservation sent, ReservationSave save, DateTime now) =>
        Incoming.Read(
            new(
                save.Property.Id,
                sent.Source.ToString(),
                nameof(BookingStatus.Pending),
                "2000-01-01",
                "2000-01-01",
                new(0, save.Property.Currency),
                new(sent.Guest?.Name, sent.Guest?.Phone, sent.Guest?.Email, sent.Guest?.Country),
                sent.Key,
                Adults: sent.Adults,
                Children: sent.Children,
                RoomType: sent.RoomType is { } room ? Text.Beginning(room, Booking.RoomTypeMax) : null,
                Notes: sent.Notes
            ),
            now
        );

    private static void Write(Enquiry enquiry, SentReservation sent, Incoming incoming)
    {
        (enquiry.Arrival, enquiry.Departure) = (sent.Arrival ?? enquiry.Arrival, sent.Departure ?? enquiry.Departure);
        (enquiry.Adults, enquiry.Children) = (incoming.Adults ?? enquiry.Adults, incoming.Children ?? enquiry.Children);
        enquiry.RoomType = incoming.RoomType ?? enquiry.RoomType;
        enquiry.Notes = incoming.Notes ?? enquiry.Notes;
    }
}
