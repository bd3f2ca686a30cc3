using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>Makes a new tag that nobody has yet.</summary>
public static class AddTag
{
    /// <param name="Name">1 to 50 characters, no slash; unique ignoring case.</param>
    /// <param name="Color">One of the existing colours; chosen by the name when left out.</param>
    public sealed record Input(string Name, string? Color = null);

    /// <exception cref="Refusal">400 listing every field at fault; 409 <c>duplicate-tag</c> with <c>tagId</c>.</exception>
    public static async Task<Saved<TagRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var errors = new ValidationErrors();
        var name = TagRules.Name(input.Name, errors);
        var color = input.Color is null ? null : TagRules.Color(input.Color, errors);
        errors.Refuse();
        return await db.Save(
            async () =>
            {
                var tag = TagRules.Make(name!, color, who, db.Now);
                await DemandFree(tag.NameKey, tag.Id, who, db, cancel);
                db.Tags.Add(tag);
                db.Happened(who, "tag.created", "tag", tag.Id);
                return new Saved<TagRow>(TagRow.Of(tag, 0), tag.UpdatedAt, $"/tags/{tag.Id}");
            },
            cancel
        );
    }

    /// <exception cref="Refusal">409 when another tag has the name.</exception>
    internal static async Task DemandFree(string key, Guid mine, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (
            await db
                .Tags.VisibleTo(who)
                .Where(t => t.NameKey == key && t.Id != mine)
                .Select(t => (Guid?)t.Id)
                .SingleOrDefaultAsync(cancel) is
            { } other
        )
        {
            throw Refusal.Conflict("duplicate-tag", ErrorText.Of<TagTexts>("Duplicate"), ("tagId", other));
        }
    }
}
