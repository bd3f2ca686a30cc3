using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>Shows two guests side by side, and what a merge would make of them. It changes nothing.</summary>
public static class PreviewMerge
{
    /// <param name="Id">The contact's.</param>
    /// <param name="Property">The assigned property.</param>
    /// <param name="Source">Where the first touch came from.</param>
    /// <param name="CreatedAt">The first touch, UTC.</param>
    /// <param name="Tags">By name.</param>
    /// <param name="Bookings">Counted bookings.</param>
    /// <param name="TotalSpent">In the organisation's currency.</param>
    /// <param name="Consents">What the guest said to marketing, by channel: true for yes.</param>
    /// <param name="Version">The version, as an entity tag.</param>
    public sealed record Side(
        Guid Id,
        string? Name,
        string? Phone,
        string? Email,
        PropertyName Property,
        string? Country,
        string? Language,
        string? Birthday,
        Source Source,
        DateTime CreatedAt,
        IReadOnlyList<string> Tags,
        int Bookings,
        Money TotalSpent,
        int Notes,
        int Conversations,
        IReadOnlyDictionary<ConsentChannel, bool> Consents,
        string Version
    );

    /// <param name="Bookings">Counted bookings of the one guest.</param>
    /// <param name="TotalSpent">What the one guest has spent.</param>
    /// <param name="OptedOut">The channels on which an opt-out of one of the two counts for the one guest, against the other's yes.</param>
    public sealed record Outcome(
        Source Source,
        IReadOnlyList<string> Tags,
        int Bookings,
        Money TotalSpent,
        int Notes,
        int Conversations,
        IReadOnlyList<ConsentChannel> OptedOut
    );

    public sealed record Row(Side This, Side Other, Outcome After);

    /// <param name="from">The contact that would be merged into this one.</param>
    /// <exception cref="Refusal">404, 403 as for merging; 400 when both are one.</exception>
    public static async Task<Row> Run(Guid id, Guid from, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        if (from == id)
        {
            throw Refusal.Invalid("from", ErrorText.Of<DuplicateTexts>("Itself"));
        }

        var (one, two) = (await Merges.DemandWhole(id, who, db, cancel), await Merges.DemandWhole(from, who, db, cancel));
        var (kept, other) = (await Of(one, db, cancel), await Of(two, db, cancel));
        db.ChangeTracker.Clear();
        var first = (one.CreatedAt, one.Id).CompareTo((two.CreatedAt, two.Id)) < 0 ? one : two;
        return new(
            kept,
            other,
            new(
                first.Source,
                [.. kept.Tags.Union(other.Tags)],
                kept.Bookings + other.Bookings,
                new(one.Spent + two.Spent, kept.TotalSpent.Currency),
                kept.Notes + other.Notes,
                kept.Conversations + other.Conversations,
                [.. kept.Consents.Where(c => other.Consents.TryGetValue(c.Key, out var said) && said != c.Value).Select(c => c.Key).Order()]
            )
        );
    }

    private static async Task<Side> Of(Contact contact, BellhopDb db, CancellationToken cancel)
    {
        var (organizationId, id) = (contact.OrganizationId, contact.Id);
        var organization = await db.Organizations.SingleAsync(o => o.Id == organizationId, cancel);
        var property = await db.Properties.SingleAsync(p => p.OrganizationId == organizationId && p.Id == contact.PropertyId, cancel);
        var tags = await db
            .Tags.Where(t => t.OrganizationId == organizationId && t.DeletedAt == null)
            .Where(t => db.ContactTags.Any(c => c.OrganizationId == organizationId && c.ContactId == id && c.TagId == t.Id))
            .OrderBy(t => t.NameKey)
            .Select(t => t.Name)
            .ToListAsync(cancel);
        var threads = GuestTable.All(db, OnMerge.Moves).Single(t => t.Rule.Asked == "conversation");
        return new(
            id,
            contact.Name,
            contact.Phone,
            contact.Email,
            new(property.Id, property.Name),
            contact.CountryGiven,
            contact.Language,
            contact.Birthday,
            contact.Source,
            contact.CreatedAt,
            tags,
            contact.Bookings,
            new(contact.Spent, organization.Currency),
            await db.Notes.CountAsync(n => n.OrganizationId == organizationId && n.ContactId == id, cancel),
            (await threads.Rows(organizationId, id, db, cancel)).Count,
            (await GuestConsents.Of(contact, db, cancel)).ToDictionary(c => c.Channel, c => c.Granted),
            Versions.ETag(contact.UpdatedAt)
        );
    }
}
