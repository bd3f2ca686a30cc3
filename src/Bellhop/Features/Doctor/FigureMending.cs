using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Bookings.Payments;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>
/// Writes the right values, computed from the source rows at the time of writing. From the check it takes the ids of wrong rows, and the
/// differences of counters and sums.
/// </summary>
internal sealed class FigureMending(int organizationId)
{
    private const int InOneSave = 100;

    public HashSet<Guid> Contacts { get; } = [];
    public HashSet<Guid> Bookings { get; } = [];
    public List<(Guid Id, string? Key)> Identities { get; } = [];
    public CounterCheck? Counters { get; set; }
    public ArrivalCheck? Arrivals { get; set; }
    public BookingTextCheck? BookingTexts { get; set; }
    public LoyaltyCheck? Loyalty { get; set; }

    /// <summary>Whether a search misses a contact or finds a deleted one.</summary>
    public bool Search { get; set; }

    public async Task Run(BellhopDb db, CancellationToken cancel)
    {
        if (Counters is { Missing.Count: > 0 } counters)
        {
            await db.Save(
                () =>
                {
                    foreach (var ((property, measure, at), amount) in counters.Missing)
                    {
                        db.SaveContext.AddToCounter(organizationId, property, (short)measure, at, amount);
                    }

                    return Task.CompletedTask;
                },
                cancel
            );
        }

        if (Arrivals is { Missing.Count: > 0 } arrivals)
        {
            await db.Save(
                () =>
                {
                    foreach (var (day, sum) in arrivals.Missing)
                    {
                        db.SaveContext.Arrive((day, sum));
                    }

                    return Task.CompletedTask;
                },
                cancel
            );
        }

        foreach (var (id, key) in Identities)
        {
            await db.Save(() => Rename(id, key, db, cancel), cancel);
        }

        var settings = SettingsLock.Shared(organizationId);
        await db.SaveInBatches(Bookings.Order(), InOneSave, some => WriteMoney(some, db, cancel), cancel, settings);
        await db.SaveInBatches(Contacts.Order(), InOneSave, some => Count(some, db, cancel), cancel, settings);

        // After the guests, because a booking's text is what its guest's text lacks.
        if (BookingTexts is { } texts)
        {
            await texts.Mend(organizationId, db, cancel);
        }

        if (Loyalty is { } points)
        {
            await points.Mend(organizationId, db, cancel);
        }

        // Last: to remove a text, the index needs exactly the text that it once got, and that text is not known here.
        if (Search)
        {
            await db.Save(() => db.RebuildSearch(cancel), cancel, alone: true);
        }
    }

    /// <summary>Gives an identity the right key. If another identity has that key, or there is none, the identity is deleted.</summary>
    private async Task Rename(Guid id, string? key, BellhopDb db, CancellationToken cancel)
    {
        if (await db.Identities.SingleOrDefaultAsync(i => i.OrganizationId == organizationId && i.Id == id, cancel) is not { } identity)
        {
            return;
        }

        db.Identities.Remove(identity);
        if (
            key is not null
            && !await db.Identities.AnyAsync(
                i => i.OrganizationId == organizationId && i.Kind == identity.Kind && i.MatchKey == key,
                cancel
            )
        )
        {
            db.Identities.Add(
                new()
                {
                    OrganizationId = organizationId,
                    ContactId = identity.ContactId,
                    Kind = identity.Kind,
                    MatchKey = key,
                    Value = identity.Value,
                    AsGiven = identity.AsGiven,
                    Verified = identity.Verified,
                    Claimed = identity.Claimed,
                    FirstSeenAt = identity.FirstSeenAt,
                    LastSeenAt = identity.LastSeenAt,
                }
            );
        }
    }

    private async Task WriteMoney(Guid[] ids, BellhopDb db, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            await db.LockBooking(organizationId, id, cancel);
            if (await db.Bookings.SingleOrDefaultAsync(b => b.OrganizationId == organizationId && b.Id == id, cancel) is not { } booking)
            {
                continue;
            }

            await PaymentRules.CountPaid(booking, db, cancel);
            await BookingRules.Convert(booking, (await db.Properties.FindAsync([organizationId, booking.PropertyId], cancel))!, db, cancel);
        }
    }

    private async Task Count(Guid[] ids, BellhopDb db, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            if (await ResolveContact.ForChange(db, organizationId, id, cancel) is not { } contact)
            {
                continue;
            }

            contact.Show(contact.Name, contact.Phone, contact.Email);
            await Touch(contact, db, cancel);
            await Lead(contact, db, cancel);
            await SearchText.Write(contact, db, cancel);
            await Tag(contact, db, cancel);
            var places = await db
                .ContactsAtProperty.Where(a => a.OrganizationId == organizationId && a.ContactId == id)
                .ToListAsync(cancel);
            foreach (var at in places)
            {
                at.ShowAs(contact);
                at.Listed = 1; // right at every property
            }

            foreach (var first in await Unknown(id, places.ConvertAll(p => p.PropertyId), db, cancel))
            {
                var at = new ContactAtProperty
                {
                    OrganizationId = organizationId,
                    PropertyId = first.PropertyId,
                    ContactId = id,
                    Source = first.Source,
                    CreatedAt = first.At,
                    Rating = contact.Rating,
                    RatingEmpty = contact.RatingEmpty,
                };
                at.ShowAs(contact);
                db.ContactsAtProperty.Add(at);
            }

            db.Recompute(organizationId, [id], stars: true);
        }
    }

    /// <summary>
    /// Makes the contact's shown phone and e-mail lead to it, if they lead to no contact. A contact that only the public form brought gets
    /// them as claims.
    /// </summary>
    private static async Task Lead(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var touches = db.Touches.Where(t => t.OrganizationId == contact.OrganizationId && t.ContactId == contact.Id);
        var claimed = await touches.AnyAsync(cancel) && await touches.AllAsync(t => t.Claimed, cancel);
        foreach (var shown in ContactPart.ShownKeys(contact))
        {
            if (
                !db.Identities.Local.Any(i => i.OrganizationId == contact.OrganizationId && i.Kind == shown.Kind && i.MatchKey == shown.Key)
                && !await db.Identities.AnyAsync(
                    i => i.OrganizationId == contact.OrganizationId && i.Kind == shown.Kind && i.MatchKey == shown.Key,
                    cancel
                )
            )
            {
                var identity = Identity.Of(contact.OrganizationId, contact.Id, shown, shown.Value, db.Now);
                identity.Claimed = claimed;
                db.Identities.Add(identity);
            }
        }
    }

    /// <summary>Copies the contact's tags from the tags' own table.</summary>
    private async Task Tag(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var tags = await db
            .ContactTags.Where(t => t.OrganizationId == organizationId && t.ContactId == contact.Id)
            .OrderBy(t => t.TagId)
            .Select(t => t.TagId)
            .ToArrayAsync(cancel);
        if (!tags.ToHashSet().SetEquals(contact.TagIds))
        {
            contact.TagIds = tags;
        }
    }

    /// <summary>
    /// At each property where a contact has bookings but no touch, adds one for the first booking, not earlier than the contact's creation.
    /// </summary>
    private async Task Touch(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var bookings = await db
            .Bookings.AsNoTracking()
            .Where(b =>
                b.OrganizationId == organizationId
                && b.ContactId == contact.Id
                && !db.Touches.Any(t => t.OrganizationId == b.OrganizationId && t.ContactId == contact.Id && t.PropertyId == b.PropertyId)
            )
            .ToListAsync(cancel);
        foreach (var first in bookings.GroupBy(b => b.PropertyId).Select(b => b.MinBy(one => (one.CreatedAt, one.Id))!))
        {
            db.Touches.Add(
                new()
                {
                    OrganizationId = organizationId,
                    ContactId = contact.Id,
                    PropertyId = first.PropertyId,
                    Kind = TouchKind.Booking,
                    Source = first.Source,
                    BookingId = first.Id,
                    Claimed = first.Claimed is not null,
                    At = first.CreatedAt > contact.CreatedAt ? first.CreatedAt : contact.CreatedAt,
                }
            );
        }

        await db.Flush(cancel);
    }

    /// <summary>The first touch at each property where the contact should be known but is not.</summary>
    private async Task<List<Touch>> Unknown(Guid contactId, List<Guid> known, BellhopDb db, CancellationToken cancel)
    {
        var touches = await db
            .Touches.AsNoTracking()
            .Where(t => t.OrganizationId == organizationId && t.ContactId == contactId && !known.Contains(t.PropertyId))
            .ToListAsync(cancel);
        return [.. touches.GroupBy(t => t.PropertyId).Select(t => t.MinBy(one => (one.At, one.Id))!)];
    }
}
