using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Duplicates;

/// <summary>Where two contacts are known, when they are merged and when they are split. The followers count the figures.</summary>
internal static class GuestPlaces
{
    public static Task<List<ContactAtProperty>> Of(Contact contact, BellhopDb db, CancellationToken cancel) =>
        db.ContactsAtProperty.Where(a => a.OrganizationId == contact.OrganizationId && a.ContactId == contact.Id).ToListAsync(cancel);

    /// <summary>The kept contact is known wherever one of the two was, since the earlier touch.</summary>
    public static void Join(Contact kept, List<ContactAtProperty> places, List<ContactAtProperty> others, BellhopDb db)
    {
        foreach (var theirs in others)
        {
            if (places.Find(a => a.PropertyId == theirs.PropertyId) is not { } mine)
            {
                var values = db.Entry(theirs).CurrentValues.Clone();
                values[nameof(ContactAtProperty.ContactId)] = kept.Id;
                mine = (ContactAtProperty)values.ToObject();
                db.Add(mine);
                places.Add(mine);
            }
            else if (theirs.CreatedAt < mine.CreatedAt)
            {
                GuestValues.First(db.Entry(mine), theirs.CreatedAt, theirs.Source);
            }

            db.Remove(theirs);
        }

        places.ForEach(a => Show(a, kept));
    }

    /// <summary>Each contact is known again where it was, and where what came since makes it known.</summary>
    public static async Task Split(
        Contact kept,
        Contact other,
        MergeState state,
        SplitPlan plan,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var before = state.KeptPlaces.ToDictionary(PropertyOf);
        foreach (var mine in await Of(kept, db, cancel))
        {
            if (before.TryGetValue(mine.PropertyId, out var stored))
            {
                var (at, source) = (stored.Value<DateTime>(nameof(Figures.CreatedAt)), stored.Value<Source>(nameof(Figures.Source)));
                GuestValues.First(db.Entry(mine), at, source);
            }
            else if (plan.Rows(toOther: false).Any(r => r.Place == mine.PropertyId) || kept.PropertyId == mine.PropertyId)
            {
                First(db.Entry(mine), plan.Touches(toOther: false), mine.PropertyId);
            }
            else
            {
                db.Remove(mine);
                continue;
            }

            Show(mine, kept);
        }

        foreach (var stored in state.OtherPlaces)
        {
            Show(stored.Restore<ContactAtProperty>(db), other);
        }

        var known = state.OtherPlaces.Select(PropertyOf).ToHashSet();
        foreach (var place in plan.Rows(toOther: true).Select(r => r.Place).OfType<Guid>().Distinct().Where(p => !known.Contains(p)))
        {
            var property = await db.FindProperty(place, who, cancel) ?? throw Refusal.NotThere("property", place);
            var at = new ContactAtProperty
            {
                OrganizationId = other.OrganizationId,
                PropertyId = place,
                ContactId = other.Id,
                Listed = ContactAtProperty.ListedAt(property),
                Source = other.Source,
                CreatedAt = db.Now,
                CustomerSince = db.Now.MonthIn(property.Zone),
            };
            db.Add(at);
            First(db.Entry(at), plan.Touches(toOther: true), place);
            Show(at, other);
        }

        static Guid PropertyOf(StoredRow stored) => stored.Value<Guid>(nameof(ContactAtProperty.PropertyId));
    }

    private static void First(EntityEntry at, IEnumerable<Touch> touches, Guid propertyId)
    {
        if (touches.Where(t => t.PropertyId == propertyId).MinBy(t => (t.At, t.Id)) is { } first)
        {
            GuestValues.First(at, first.At, first.Source);
        }
    }

    private static void Show(ContactAtProperty at, Contact contact)
    {
        at.ShowAs(contact);
        (at.Rating, at.RatingEmpty) = (contact.Rating, contact.RatingEmpty);
    }
}
