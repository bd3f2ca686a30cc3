using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>The organisation's tags, by name.</summary>
public static class ListTags
{
    public static async Task<Page<TagRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.DemandKnown();
        query.Refuse();
        var binding = $"tags/{who.OrganizationId}";
        var tags = db.Tags.AsNoTracking().VisibleTo(who);
        if (query.After(cursors, binding) is { } after)
        {
            tags = tags.Where(t => string.Compare(t.NameKey, after) > 0);
        }

        var found = await tags.OrderBy(t => t.NameKey).Take(query.Limit + 1).ToListAsync(cancel);
        return query.Page(await Count(found, who, db, cancel), row => Tag.Key(row.Name), cursors, binding);
    }

    /// <summary>All tags by name, to choose from. Does not count the guests of each.</summary>
    public static async Task<IReadOnlyList<TagLabel>> Names(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return await db
            .Tags.AsNoTracking()
            .VisibleTo(who)
            .OrderBy(t => t.NameKey)
            .Select(t => new TagLabel(t.Id, t.Name, t.Color))
            .ToListAsync(cancel);
    }

    /// <summary>The same tags, each with the number of its contacts that the actor sees.</summary>
    internal static async Task<List<TagRow>> Count(List<Tag> tags, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var ids = tags.ConvertAll(t => t.Id);
        var tagged = db.ContactTags.Where(t => t.OrganizationId == who.OrganizationId && ids.Contains(t.TagId));
        if (who.Properties is { } limited)
        {
            tagged = tagged.Where(t =>
                db.ContactsAtProperty.Any(a =>
                    a.OrganizationId == t.OrganizationId && a.ContactId == t.ContactId && limited.Contains(a.PropertyId)
                )
            );
        }

        var counts = who.Can(Permission.ContactsView)
            ? await tagged
                .GroupBy(t => t.TagId)
                .Select(g => new { g.Key, Count = g.Count() })
                .ToDictionaryAsync(g => g.Key, g => g.Count, cancel)
            : [];
        return tags.ConvertAll(t => TagRow.Of(t, counts.GetValueOrDefault(t.Id)));
    }
}

/// <summary>One tag.</summary>
public static class GetTag
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Saved<TagRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return await Show(await Find(id, who, db, cancel), who, db, cancel);
    }

    /// <exception cref="Refusal">404.</exception>
    internal static async Task<Tag> Find(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db.Tags.VisibleTo(who).SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw Refusal.NotThere("tag", id);

    internal static async Task<Saved<TagRow>> Show(Tag tag, Actor who, BellhopDb db, CancellationToken cancel) =>
        new((await ListTags.Count([tag], who, db, cancel))[0], tag.UpdatedAt);
}
