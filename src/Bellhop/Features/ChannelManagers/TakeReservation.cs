using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.ChannelManagers;

/// <summary>Takes one reservation of a message inside its save: as a booking, as an enquiry, or as the end of one that is known.</summary>
internal static class TakeReservation
{
    /// <summary>Stands among the warnings of a booking whose days are not known yet.</summary>
    internal const string NoDays = "stay: the sender has not said the days yet; the day on which it came stands in their place.";

    private const int LanguageCode = 2;

    public static async Task<Outcome> Run(SentReservation sent, ReservationSave save, BellhopDb db, CancellationToken cancel)
    {
        if (sent.Fault is { } fault)
        {
            return new(sent, fault);
        }

        if (sent.PropertyId is { } other && other != save.Property.Id)
        {
            return new(sent, "other-property");
        }

        await save.SeparateKey(sent.Key!, db, cancel);
        var stored = await Find(sent, save, db, cancel);
        var unbooked = await TakeEnquiry.Known(sent, save, db, cancel);
        var isOutdated = sent.IsFirst && sent.Revision is not null && sent.Revision == stored?.Revision;
        if (stored is not null && (save.IsRepeated || isOutdated || sent.State == SentState.Requested))
        {
            return Stands(sent, stored, save);
        }

        if (save.IsRepeated && unbooked is not null && (sent.State is SentState.Requested or SentState.Cancelled))
        {
            return new(sent);
        }

        if (sent.State == SentState.Requested)
        {
            return await TakeEnquiry.Run(sent, unbooked, save, db, cancel);
        }

        if (stored is null && sent.State == SentState.Cancelled && (sent.IsIdOnly || sent.Arrival is null || sent.Departure is null))
        {
            await TakeEnquiry.Withdraw(sent, unbooked, save, db, cancel);
            return new(sent);
        }

        if (stored is null && LacksDays(sent) && !WaitsForDays(sent, null))
        {
            return new(sent, "no-stay");
        }

        return await Book(sent, stored, unbooked, save, db, cancel);
    }

    private static bool LacksDays(SentReservation sent) => sent.Arrival is null || sent.Departure is null;

    /// <summary>Whether nobody knows the days of the reservation yet.</summary>
    private static bool WaitsForDays(SentReservation sent, Booking? stored) =>
        sent is { DaysMayFollow: true, State: SentState.Confirmed or SentState.Pending }
        && LacksDays(sent)
        && (
            stored is null
            || (stored.Status == BookingStatus.Pending && stored.Warnings?.Contains(NoDays, StringComparison.Ordinal) == true)
        );

    private static Outcome Stands(SentReservation sent, Booking stored, ReservationSave save)
    {
        save.NamesDeleted |= stored.GuestDeleted;
        if (stored.ContactId is { } contact)
        {
            save.Contacts.Add(contact);
        }

        return new(sent, BookingId: stored.Id);
    }

    private static async Task<Outcome> Book(
        SentReservation sent,
        Booking? stored,
        UnbookedReservation? unbooked,
        ReservationSave save,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        // It was cancelled before it was made: the cancellation only came first.
        var wasCancelled =
            stored is null
            && unbooked is { State: SentState.Cancelled }
            && !(sent.Order == SentOrder.ByRevision && sent.Revision > unbooked.Revision);
        Incoming incoming;
        try
        {
            incoming = Incoming.Read(
                Input(wasCancelled ? sent with { State = SentState.Cancelled } : sent, stored, save, db.Now),
                db.Now
            ) with
            {
                Cancellation = sent.Order == SentOrder.ByCreation ? CancellationRule.Always : CancellationRule.AtTies,
            };
        }
        catch (Refusal refusal) when (refusal.Status == StatusCodes.Status400BadRequest)
        {
            return new(sent, refusal.Errors.Keys.Any(k => k.StartsWith("total", StringComparison.Ordinal)) ? "bad-total" : "bad-data");
        }

        incoming = WaitsForDays(sent, stored) ? incoming.Warned(NoDays) : incoming;
        await save.Separate(incoming, db, cancel);
        var asked = unbooked is null ? null : await TakeEnquiry.Find(sent, save, db, cancel);
        var saved = await ReceiveBooking.Take(
            save.Property.Id,
            incoming,
            save.Who,
            db,
            cancel,
            contactId: stored is null ? asked?.ContactId : null
        );
        if (asked is { DoneAt: null })
        {
            asked.DoneAt = db.Now;
        }

        if (unbooked is not null)
        {
            db.UnbookedReservations.Remove(unbooked);
        }

        save.NamesDeleted |= stored?.GuestDeleted == true;
        if (saved.Value.ContactId is { } contact)
        {
            save.Contacts.Add(contact);
            await TeachGuest(contact, sent, save, db, cancel);
        }

        return new(sent, BookingId: saved.Value.Id);
    }

    /// <summary>
    /// The reservation's booking, locked. The site that sold it may be missing in some of its messages: then the id alone decides.
    /// </summary>
    private static async Task<Booking?> Find(SentReservation sent, ReservationSave save, BellhopDb db, CancellationToken cancel)
    {
        var key = sent.Key!;
        var found = await db.Read(
            $"""
            SELECT id, source FROM bookings WHERE organization_id = {save.Who.OrganizationId} AND property_id = {save.Property.Id}
            AND {db.Dialect.NotByIndex}external_id = {key} AND lower(external_id) = lower({key})
            """,
            row => (Id: row.Id(), Source: row.Name<Source>()),
            cancel
        );
        var mine = found.Where(f => f.Source == sent.Source).Concat(found.Where(f => IsLoose(f.Source, sent.Source))).ToList();
        if (mine.Count == 0)
        {
            return null;
        }

        await db.LockBooking(save.Who.OrganizationId, mine[0].Id, cancel);
        return await db.Bookings.SingleAsync(b => b.OrganizationId == save.Who.OrganizationId && b.Id == mine[0].Id, cancel);
    }

    private static bool IsLoose(Source stored, Source sent) =>
        stored != sent && (stored == Source.ChannelManager || sent == Source.ChannelManager);

    /// <summary>The booking as it is from now on: what the message does not say stays as it is stored.</summary>
    private static ReceiveBooking.Input Input(SentReservation sent, Booking? stored, ReservationSave save, DateTime now)
    {
        var amount = sent.Amount ?? (stored is null ? 0 : new Money(stored.Total, stored.Currency).Amount);
        var today = now.DayIn(save.Property.Zone);
        var currency = sent.Amount is not null ? sent.Currency! : stored?.Currency ?? sent.Currency ?? save.Property.Currency;
        return new(
            save.Property.Id,
            (stored?.Source ?? sent.Source).ToString(),
            (WaitsForDays(sent, stored) ? BookingStatus.Pending : Status(sent.State, stored)).ToString(),
            (sent.Arrival ?? stored?.Arrival ?? today).Iso(),
            (sent.Departure ?? stored?.Departure ?? sent.Arrival ?? today).Iso(),
            new(amount, currency),
            new(sent.Guest?.Name, sent.Guest?.Phone, Email(sent, stored), sent.Guest?.Country),
            stored?.ExternalId ?? sent.Key,
            sent.Reference is { Length: <= SentReservation.KeyMax } reference ? reference : stored?.Reference,
            sent.Revision is { } revision ? new Revision(revision) : null,
            sent.RoomType is { Length: > Booking.RoomTypeMax } room
                ? Text.Beginning(room, Booking.RoomTypeMax)
                : sent.RoomType ?? stored?.RoomType,
            sent.Adults ?? stored?.Adults,
            sent.Children ?? stored?.Children,
            sent.Notes ?? stored?.Notes,
            BookedAt(sent, stored, now)
        );
    }

    /// <summary>When it was booked. A sender may write the time of each message there, and its clock may be wrong.</summary>
    private static DateTime? BookedAt(SentReservation sent, Booking? stored, DateTime now)
    {
        var at = sent.BookedAt ?? (stored is null ? sent.WrittenAt : null);
        var said = at <= now && at?.Year >= Clock.Earliest.Year ? at : null;
        return sent.Order == SentOrder.ByCreation ? stored?.BookedAt ?? said : said ?? stored?.BookedAt;
    }

    /// <summary>A change of a stay does not take back what happened at the desk.</summary>
    private static BookingStatus Status(SentState state, Booking? stored) =>
        state == SentState.Confirmed && stored?.Status is BookingStatus.InHouse or BookingStatus.Completed or BookingStatus.NoShow
            ? stored!.Status
            : Enum.Parse<BookingStatus>(state.ToString());

    /// <summary>An address that only passes mail on takes no real one's place.</summary>
    private static string? Email(SentReservation sent, Booking? stored) =>
        sent.Guest?.Email is { } email && stored?.GuestEmail is { } known && SentValues.IsUsable(known) && !SentValues.IsUsable(email)
            ? known
            : sent.Guest?.Email;

    /// <summary>Fills the guest's language where it is blank, and keeps what the guest answered about newsletters.</summary>
    internal static async Task TeachGuest(
        Guid contactId,
        SentReservation sent,
        ReservationSave save,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (sent.Guest?.Language is { Length: >= LanguageCode } said && char.IsAsciiLetter(said[0]) && char.IsAsciiLetter(said[1]))
        {
            var contact = (await db.Contacts.FindAsync([save.Who.OrganizationId, contactId], cancel))!;
            if (contact.Language is null)
            {
                contact.Language = said[..LanguageCode].ToLowerInvariant();
                if (db.Entry(contact).State != EntityState.Added)
                {
                    contact.UpdatedAt = db.Now.After(contact.UpdatedAt);
                    db.Happened(save.Who, "contact.updated", "contact", contactId, "language");
                }
            }
        }

        if (sent.Guest?.Newsletter is { } answer)
        {
            var consent = await db.Consents.FindAsync([save.Who.OrganizationId, contactId, ConsentChannel.Email], cancel);
            if (consent is null)
            {
                db.Consents.Add(
                    new()
                    {
                        OrganizationId = save.Who.OrganizationId,
                        ContactId = contactId,
                        Channel = ConsentChannel.Email,
                        Granted = answer,
                        At = db.Now,
                        Source = sent.Source,
                    }
                );
            }
            else if (consent.Granted && !answer)
            {
                (consent.Granted, consent.At, consent.Source) = (false, db.Now, sent.Source);
            }
        }
    }
}
