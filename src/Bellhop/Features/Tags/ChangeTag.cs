using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>Changes a tag's name or colour. Every guest with the tag keeps it.</summary>
public static class ChangeTag
{
    /// <param name="Name">1 to 50 characters, no slash; unique ignoring case.</param>
    /// <param name="Color">One of the existing colours.</param>
    public sealed record Input(Optional<string> Name = default, Optional<string> Color = default);

    /// <exception cref="Refusal">404; 403 <c>used-elsewhere</c> for another name; 412 where <paramref name="match"/> names another version;
    /// 400; 409 <c>duplicate-tag</c> with <c>tagId</c>, to merge with instead.</exception>
    public static async Task<Saved<TagRow>> Run(Guid id, Input input, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                var tag = await GetTag.Find(id, who, db, cancel);
                match.Demand(tag.UpdatedAt);
                var errors = new ValidationErrors();
                var name = input.Name.IsGiven ? TagRules.Name(input.Name.Value, errors) : tag.Name;
                var color = input.Color.IsGiven ? TagRules.Color(input.Color.Value, errors) : tag.Color;
                errors.Refuse();
                await AddTag.DemandFree(Tag.Key(name!), id, who, db, cancel);
                (tag.Name, tag.NameKey, tag.Color) = (name!, Tag.Key(name!), color!.Value);
                var changed = db.Entry(tag)
                    .Properties.Where(p => p.IsModified && p.Metadata.Name != nameof(Tag.NameKey))
                    .Select(p => char.ToLowerInvariant(p.Metadata.Name[0]) + p.Metadata.Name[1..])
                    .ToList();
                if (changed.Contains("name"))
                {
                    await TagUse.DemandOwn(tag, who, db, cancel);
                }

                if (changed.Count > 0)
                {
                    tag.UpdatedAt = db.Now.After(tag.UpdatedAt);
                    db.Happened(who, "tag.updated", "tag", id, changed);
                }

                return await GetTag.Show(tag, who, db, cancel);
            },
            cancel
        );
    }
}
