using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Intake;

/// <summary>
/// Updates the cards' counters and the search index with every contact that is written. Deletes a deleted contact's own rows.
/// </summary>
internal sealed class ContactFollower : Follower
{
    private const int ListedAtOnce = 5000;

    public override IReadOnlyList<Type> Tables { get; } =
    [typeof(Contact), typeof(ContactAtProperty), typeof(Identity), typeof(Touch), typeof(LikelyDuplicate)];

    public override async Task Writing(BellhopDb db, CancellationToken cancel)
    {
        foreach (
            var entry in db
                .ChangeTracker.Entries<Organization>()
                .Where(e => e.State == EntityState.Modified && e.Property(o => o.TimeZone).IsModified)
                .ToList()
        )
        {
            await CountNewByDay(db, entry.Entity, cancel);
        }

        foreach (
            var entry in db
                .ChangeTracker.Entries<Property>()
                .Where(e => e.State == EntityState.Modified && !e.Entity.IsOnly && e.Property(p => p.IsOnly).IsModified)
                .ToList()
        )
        {
            while (await PrepareForSecondProperty(db, entry.Entity.OrganizationId, cancel)) { } // those that came after the last batch
        }

        await WriteSearchTexts(db, cancel);
        foreach (
            var entry in db
                .ChangeTracker.Entries<Figures>()
                .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
                .ToList()
        )
        {
            var figures = entry.Entity;
            var property = figures is ContactAtProperty at ? at.PropertyId : Guid.Empty;
            var organization = await db.Organizations.FindAsync([figures.OrganizationId], cancel);
            var zone = Clock.Zone(organization!.TimeZone)!;
            if (entry.State != EntityState.Added)
            {
                Count(db, entry.OriginalValues, figures, property, zone, -1);
            }

            if (entry.State != EntityState.Deleted)
            {
                Count(db, entry.CurrentValues, figures, property, zone, 1);
            }

            if (figures is Contact contact)
            {
                Index(db, entry, contact);
            }
        }
    }

    public override async Task BulkInserted(BellhopDb db, IReadOnlyCollection<object> rows, CancellationToken cancel)
    {
        foreach (var figures in rows as IEnumerable<Figures> ?? [])
        {
            var organization = await db.Organizations.FindAsync([figures.OrganizationId], cancel);
            var zone = Clock.Zone(organization!.TimeZone)!;
            CountNew(db, figures, figures is ContactAtProperty at ? at.PropertyId : Guid.Empty, zone);
            if (figures is Contact contact)
            {
                db.SaveContext.Search[(contact.OrganizationId, contact.Id)] = (null, contact.Search);
            }
        }
    }

    /// <summary>Puts guests at the only property into the indexes of lists over one property.</summary>
    public override async Task<bool> PrepareForSecondProperty(BellhopDb db, int organizationId, CancellationToken cancel) =>
        await db.Execute(
            $"""
            UPDATE contact_at SET listed = 1 WHERE organization_id = {organizationId} AND listed = 0 AND (property_id, contact_id) IN (
                SELECT property_id, contact_id FROM contact_at WHERE organization_id = {organizationId} AND listed = 0
                {SqlDialect.Limit(ListedAtOnce)})
            """,
            cancel
        ) == ListedAtOnce;

    public override Task<bool> HasMoreThanImport(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.Touches.AnyAsync(t => t.OrganizationId == organizationId && t.ContactId == contactId && t.Kind != TouchKind.Import, cancel);

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        var contact = await db.Contacts.SingleAsync(c => c.OrganizationId == organizationId && c.Id == contactId, cancel);
        await FreeIdentity.All(contact, db, cancel);

        // These rows are tracked, so that the counters see them go. The database deletes identities, touches and pairs with the contact's
        // row.
        db.RemoveRange(
            await db.ContactsAtProperty.Where(a => a.OrganizationId == organizationId && a.ContactId == contactId).ToListAsync(cancel)
        );
        db.Remove(contact);
    }

    /// <summary>
    /// Recomputes the counter of new contacts by day, since arrivals fall on other days in another zone. Runs in the save that changes the
    /// zone; that save changes only the settings.
    /// </summary>
    private static async Task CountNewByDay(BellhopDb db, Organization organization, CancellationToken cancel)
    {
        var zone = Clock.Zone(organization.TimeZone)!;
        await db.Counters.Where(t => t.OrganizationId == organization.Id && t.Measure == Measure.New).ExecuteDeleteAsync(cancel);
        await foreach (
            var at in db
                .Contacts.Where(c => c.OrganizationId == organization.Id)
                .Select(c => c.CreatedAt)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            db.SaveContext.AddToCounter(organization.Id, Guid.Empty, (short)Measure.New, at.DayIn(zone).DayNumber, 1);
        }

        await foreach (
            var known in db
                .ContactsAtProperty.Where(a => a.OrganizationId == organization.Id)
                .Select(a => new { a.PropertyId, a.CreatedAt })
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            db.SaveContext.AddToCounter(organization.Id, known.PropertyId, (short)Measure.New, known.CreatedAt.DayIn(zone).DayNumber, 1);
        }
    }

    private static void CountNew(BellhopDb db, Figures figures, Guid property, TimeZoneInfo zone)
    {
        foreach (
            var (measure, at, amount) in Counted(
                figures.CreatedAt,
                figures.Bookings,
                figures.Spent,
                figures.ActiveUntil,
                figures.FirstArrival,
                zone
            )
        )
        {
            db.SaveContext.AddToCounter(figures.OrganizationId, property, (short)measure, at, amount);
        }
    }

    private static void Count(BellhopDb db, PropertyValues values, Figures figures, Guid property, TimeZoneInfo zone, int sign)
    {
        foreach (
            var (measure, at, amount) in Counted(
                values.GetValue<DateTime>(nameof(Figures.CreatedAt)),
                values.GetValue<int>(nameof(Figures.Bookings)),
                values.GetValue<long>(nameof(Figures.Spent)),
                values.GetValue<DateTime?>(nameof(Figures.ActiveUntil)),
                values.GetValue<DateOnly?>(nameof(Figures.FirstArrival)),
                zone
            )
        )
        {
            db.SaveContext.AddToCounter(figures.OrganizationId, property, (short)measure, at, sign * amount);
        }
    }

    /// <summary>The amounts that one contact adds to the counters. Writers, <c>doctor</c> and tests share this rule.</summary>
    internal static IEnumerable<(Measure Measure, long At, long Amount)> Counted(
        DateTime createdAt,
        int bookings,
        long spent,
        DateTime? activeUntil,
        DateOnly? firstArrival,
        TimeZoneInfo organizationZone
    )
    {
        yield return (Measure.Contacts, 0, 1);
        yield return (Measure.New, createdAt.DayIn(organizationZone).DayNumber, 1);
        if (bookings > 0)
        {
            yield return (Measure.WithBookings, 0, 1);
        }

        if (spent != 0)
        {
            yield return (Measure.Spent, 0, spent);
        }

        if (activeUntil is { } until)
        {
            yield return (Measure.Active, new DateTimeOffset(until).ToUnixTimeMilliseconds(), 1);
        }

        if (firstArrival is { } first)
        {
            yield return (Measure.First, first.DayNumber, 1);
        }
    }

    /// <summary>Rewrites the search text of every contact whose shown values or identities changed.</summary>
    private static async Task WriteSearchTexts(BellhopDb db, CancellationToken cancel)
    {
        var changed = new HashSet<(int OrganizationId, Guid ContactId)>();
        foreach (var entry in db.ChangeTracker.Entries<Identity>())
        {
            if (entry.State == EntityState.Added)
            {
                changed.Add((entry.Entity.OrganizationId, entry.Entity.ContactId));
                continue;
            }

            var contact = entry.Property(i => i.ContactId);
            if (entry.State == EntityState.Deleted || (entry.State == EntityState.Modified && contact.IsModified))
            {
                changed.Add((entry.Entity.OrganizationId, contact.CurrentValue));
                changed.Add((entry.Entity.OrganizationId, contact.OriginalValue));
            }
        }

        foreach (var entry in db.ChangeTracker.Entries<Contact>())
        {
            if (entry.State == EntityState.Modified && entry.Property(c => c.Search).IsModified)
            {
                changed.Add((entry.Entity.OrganizationId, entry.Entity.Id));
            }
        }

        foreach (var (organizationId, contactId) in changed.Order())
        {
            if (
                await db.Contacts.FindAsync([organizationId, contactId], cancel) is { } contact
                && db.Entry(contact).State != EntityState.Deleted
            )
            {
                await SearchText.Write(contact, db, cancel);
            }
        }
    }

    private static void Index(BellhopDb db, EntityEntry<Figures> entry, Contact contact)
    {
        var was = entry.State == EntityState.Added ? null : entry.OriginalValues.GetValue<string>(nameof(Contact.Search));
        var now = entry.State == EntityState.Deleted ? null : contact.Search;
        if (was != now)
        {
            var key = (contact.OrganizationId, contact.Id);
            db.SaveContext.Search[key] = (db.SaveContext.Search.TryGetValue(key, out var earlier) ? earlier.Before : was, now);
        }
    }
}
