using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Bookings;

/// <summary>
/// When a save changes bookings, updates the sums of <see cref="ArrivalDay"/> and the contacts' figures. When a contact is deleted, removes
/// the person's data from its bookings.
/// </summary>
internal sealed class BookingFollower : Follower
{
    private static readonly Compiled<Guid, GuestFigures.Stay> Stays = new(
        (db, organizationId, contactId) =>
            db
                .Bookings.AsNoTracking()
                .Where(b => b.OrganizationId == organizationId && b.ContactId == contactId)
                .Select(GuestFigures.Stay.Read)
    );

    private static readonly Compiled<Guid, ContactAtProperty> Places = new(
        (db, organizationId, contactId) => db.ContactsAtProperty.Where(a => a.OrganizationId == organizationId && a.ContactId == contactId)
    );

    public override IReadOnlyList<Type> Tables { get; } = [typeof(Booking), typeof(ArrivalDay)];

    /// <summary>All bookings of a contact made in this save are in memory, so the contact is written once, with its figures.</summary>
    public override async Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries<Booking>())
        {
            if (entry.State is not (EntityState.Unchanged or EntityState.Detached))
            {
                Compare(
                    entry.State == EntityState.Added ? null : (Booking)entry.OriginalValues.ToObject(),
                    entry.State == EntityState.Deleted ? null : entry.Entity,
                    db.SaveContext
                );
            }
        }

        foreach (var entry in db.ChangeTracker.Entries<Contact>())
        {
            if (entry.State == EntityState.Added)
            {
                db.SaveContext.NewContacts.Add(entry.Entity.Id);
                db.SaveContext.LockedContacts.Add(entry.Entity.Id); // nobody else sees it before the save ends
            }
            else if (entry.State == EntityState.Modified && entry.Property(c => c.PropertyId).IsModified)
            {
                // The month of CustomerSince depends on the zone of the assigned property.
                db.SaveContext.Recount.Add((entry.Entity.OrganizationId, entry.Entity.Id));
            }
        }

        var made = db.SaveContext.Recount.Where(r => db.SaveContext.NewContacts.Contains(r.ContactId)).ToList();
        foreach (var (organizationId, contactId) in made)
        {
            db.SaveContext.Recount.Remove((organizationId, contactId));
            var contact = (await db.Contacts.FindAsync([organizationId, contactId], cancel))!;
            var stays = db.Bookings.Local.Where(b => b.ContactId == contactId).Select(GuestFigures.Stay.Of).ToList();
            await Write(contact, stays, [.. db.ContactsAtProperty.Local.Where(a => a.ContactId == contactId)], db, cancel);
        }

        if (made.Count > 0)
        {
            db.DetectStoredChanges(); // one written by an earlier flush of this save has changed, and the counters follow it
        }
    }

    public override async Task<bool> Follow(BellhopDb db, CancellationToken cancel)
    {
        // In the order of the key, so that two writers cannot deadlock.
        var changed = db.SaveContext.Recount.Order().ToList();
        db.SaveContext.Recount.Clear();
        foreach (var (organizationId, contactId) in changed)
        {
            await Recount(db, organizationId, contactId, cancel);
        }

        return changed.Count > 0;
    }

    /// <summary>A contact that is inserted without the tracker comes with the figures of its bookings in the same save.</summary>
    public override Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        db.SaveContext.CountedContacts.UnionWith((rows as IEnumerable<Contact> ?? []).Select(c => c.Id));
        foreach (var booking in rows as IEnumerable<Booking> ?? [])
        {
            Compare(null, booking, db.SaveContext);
        }

        return Task.CompletedTask;
    }

    public override Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.Bookings.AnyAsync(b => b.OrganizationId == organizationId && b.ContactId == contactId, cancel);

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        // No lock is needed: every change to a guest's booking also locks the guest's row, and this save holds that lock.
        var bookings = await db
            .Bookings.AsNoTracking()
            .Where(b => b.OrganizationId == organizationId && b.ContactId == contactId)
            .ToListAsync(cancel);
        foreach (var booking in bookings)
        {
            db.SaveContext.Leave(ArrivalDay.Of(booking));
            booking.ContactId = null;
            db.SaveContext.Arrive(ArrivalDay.Of(booking));
        }

        var now = db.Now;
        await db
            .Bookings.Where(b => b.OrganizationId == organizationId && b.ContactId == contactId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(b => b.UpdatedAt, b => b.UpdatedAt < now ? now : b.UpdatedAt)
                        .SetProperty(b => b.ContactId, (Guid?)null)
                        .SetProperty(b => b.GuestDeleted, true)
                        .SetProperty(b => b.GuestName, (string?)null)
                        .SetProperty(b => b.GuestPhone, (string?)null)
                        .SetProperty(b => b.PhoneUnusable, false)
                        .SetProperty(b => b.GuestEmail, (string?)null)
                        .SetProperty(b => b.Claimed, (string?)null)
                        .SetProperty(b => b.Search, (string?)null)
                        .SetProperty(b => b.Warnings, (string?)null)
                        .SetProperty(b => b.Notes, (string?)null),
                cancel
            );

        // The money stays, for the books. What staff wrote beside it may name the guest. The bookings are locked by now, so no further
        // payment comes in between.
        var ids = bookings.ConvertAll(b => b.Id);
        await db
            .Payments.Where(p => p.OrganizationId == organizationId && ids.Contains(p.BookingId) && p.Note != null)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Note, (string?)null), cancel);
    }

    /// <summary>
    /// Compares a booking before and after the change. Notes the changes of the days' sums, and the guests to count again.
    /// </summary>
    private static void Compare(Booking? before, Booking? after, SaveContext save)
    {
        save.Leave(before is null ? null : ArrivalDay.Of(before));
        save.Arrive(after is null ? null : ArrivalDay.Of(after));
        if (
            before is not null
            && after is not null
            && before.ContactId == after.ContactId
            && GuestFigures.Stay.Of(before) == GuestFigures.Stay.Of(after)
        )
        {
            return; // nothing that counting needs has changed
        }

        foreach (var booking in new[] { before, after })
        {
            if (booking?.ContactId is { } guest && !save.CountedContacts.Contains(guest))
            {
                save.Recount.Add((booking.OrganizationId, guest));
            }
        }
    }

    /// <summary>Computes a contact's figures from its stored bookings, in total and for each property.</summary>
    private static async Task Recount(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        if (await ResolveContact.ForChange(db, organizationId, contactId, cancel) is not { } contact)
        {
            return;
        }

        await Write(
            contact,
            await Stays.ToList(db, organizationId, contactId, cancel),
            await Places.ToList(db, organizationId, contactId, cancel),
            db,
            cancel
        );
    }

    private static async Task Write(
        Contact contact,
        List<GuestFigures.Stay> stays,
        List<ContactAtProperty> places,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var organization = (await db.Organizations.FindAsync([contact.OrganizationId], cancel))!;
        var zones = new Dictionary<Guid, TimeZoneInfo>();
        foreach (var id in stays.Select(s => s.PropertyId).Concat(places.Select(a => a.PropertyId)).Append(contact.PropertyId).Distinct())
        {
            zones[id] = (await db.Properties.FindAsync([contact.OrganizationId, id], cancel))!.Zone;
        }

        var now = db.Now;
        DateOnly today(TimeZoneInfo zone) => now.DayIn(zone);
        Write(contact, GuestFigures.Count(stays, organization.Currency, id => zones[id], today), zones[contact.PropertyId]);
        foreach (var at in places)
        {
            Write(
                at,
                GuestFigures.Count(stays.FindAll(s => s.PropertyId == at.PropertyId), organization.Currency, id => zones[id], today),
                zones[at.PropertyId]
            );
        }
    }

    /// <summary>Copies the counted figures to the columns that the list reads.</summary>
    internal static void Write(Figures figures, GuestFigures.Counted counted, TimeZoneInfo zone)
    {
        figures.Bookings = counted.Bookings;
        figures.Spent = counted.Spent;
        figures.LastBookingId = counted.LastBookingId;
        figures.LastArrival = counted.LastArrival;
        figures.LastEmpty = (short)(counted.LastArrival is null ? 1 : 0);
        figures.FirstArrival = counted.FirstArrival;
        figures.NextArrival = counted.NextArrival;
        figures.ActiveUntil = counted.ActiveUntil;
        figures.CustomerSince = (counted.FirstBookedAt < figures.CreatedAt ? counted.FirstBookedAt.Value : figures.CreatedAt).MonthIn(zone);
    }
}
