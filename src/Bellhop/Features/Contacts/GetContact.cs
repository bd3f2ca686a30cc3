using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>One guest, as the list shows them.</summary>
public static class GetContact
{
    /// <exception cref="Refusal">404 where there is none, of another organisation, or known at none of the actor's properties.</exception>
    public static async Task<Saved<ContactRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var row = await Read(id, who, db, cancel) ?? throw Refusal.NotThere("contact", id);
        return new(row, row.UpdatedAt, ContactId: id);
    }

    /// <summary>The contact as stored, with the figures of what the actor may see; null where they may not.</summary>
    internal static async Task<ContactRow?> Read(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var found = await db.Contacts.AsNoTracking().VisibleTo(who, db.ContactAt).Where(c => c.Id == id)
            .Join(db.Properties, c => new { c.OrganizationId, Id = c.PropertyId }, p => new { p.OrganizationId, p.Id }, (c, p) => new { Contact = c, Property = p.Name })
            .Join(db.Organizations, c => c.Contact.OrganizationId, o => o.Id, (c, o) => new { c.Contact, c.Property, o.Currency })
            .SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return null;
        }

        var (contact, places) = (found.Contact, new List<ContactAt>());
        if (who.Properties is { } limited)
        {
            places = await db.ContactAt.AsNoTracking().Where(a => a.OrganizationId == contact.OrganizationId && a.ContactId == id && limited.Contains(a.PropertyId))
                .OrderBy(a => a.CreatedAt).ThenBy(a => a.PropertyId).ToListAsync(cancel);
        }

        var figures = who.Properties is null ? [contact] : places.ToList<Figures>();
        var last = await Last(figures, contact.OrganizationId, db, cancel);
        var labels = (await TagNames.Of(contact.TagIds, contact.OrganizationId, db, cancel)).Values.ToList();
        return new(
            contact.Id, contact.Name, contact.Phone, contact.Email, figures[0].Source, who.Sees(contact.PropertyId) ? new PropertyName(contact.PropertyId, found.Property) : null, labels.ConvertAll(l => l.Name),
            figures.Sum(f => f.Bookings), new Money(figures.Sum(f => f.Spent), found.Currency), figures.Min(f => f.CustomerSince), last, contact.Rating, figures.Max(f => f.ActiveUntil) > db.Now, null,
            figures.Min(f => f.CreatedAt), contact.UpdatedAt)
        {
            Labels = labels,
        };
    }

    /// <summary>Of the last bookings at each property the latest whose arrival is not in the future there, else the nearest to come.</summary>
    private static async Task<LastBooking?> Last(List<Figures> figures, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var ids = figures.Where(f => f.LastBookingId is not null).Select(f => f.LastBookingId!.Value).ToArray();
        if (ids.Length == 0)
        {
            return null;
        }

        var lasts = await db.Bookings.AsNoTracking().Where(b => b.OrganizationId == organizationId && ids.Contains(b.Id))
            .Join(db.Properties, b => new { b.OrganizationId, Id = b.PropertyId }, p => new { p.OrganizationId, p.Id }, (b, p) => new { b.Id, b.Reference, b.Arrival, b.BookedAt, p.TimeZone })
            .ToListAsync(cancel);
        var now = db.Now;
        var last = lasts.Where(b => b.Arrival <= now.DayIn(Clock.Zone(b.TimeZone)!)).MaxBy(b => (b.Arrival, b.BookedAt, b.Id))
            ?? lasts.OrderBy(b => b.Arrival).ThenByDescending(b => b.BookedAt).ThenByDescending(b => b.Id).FirstOrDefault();
        return last is null ? null : new(last.Id, last.Reference, last.Arrival);
    }
}
