using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>Merges two tags that mean the same: every guest with the one gets the other, and the one is deleted.</summary>
public static class MergeTags
{
    /// <param name="From">The tag that is deleted.</param>
    public sealed record Input(Guid From);

    /// <exception cref="Refusal">404 or 403 <c>used-elsewhere</c> for either tag; 400 when both are the same tag.</exception>
    public static async Task<Saved<TagRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                var tag = await GetTag.Find(id, who, db, cancel);
                var from = await GetTag.Find(input.From, who, db, cancel);
                if (from.Id == tag.Id)
                {
                    throw Refusal.Invalid("from", ErrorText.Of<TagTexts>("Itself"));
                }

                await TagUse.DemandOwn(from, who, db, cancel);
                await TagUse.DemandOwn(tag, who, db, cancel);
                await Replace(from.Id, tag.Id, null, who.OrganizationId, db, cancel);
                await db.Execute(
                    $"""
                    INSERT INTO contact_tags (organization_id, contact_id, tag_id, created_at)
                        SELECT organization_id, contact_id, {tag.Id}, created_at FROM contact_tags
                    WHERE organization_id = {who.OrganizationId} AND tag_id = {from.Id} ON CONFLICT DO NOTHING
                    """,
                    cancel
                );
                await db.ReplaceTag(who.OrganizationId, from.Id, tag.Id, cancel);
                db.Tags.Remove(from);
                tag.UpdatedAt = db.Now.After(tag.UpdatedAt);
                db.Happened(who, "tag.merged", "tag", tag.Id);
                db.Happened(who, "tag.deleted", "tag", from.Id);
                await db.Flush(cancel);
                return await GetTag.Show(tag, who, db, cancel);
            },
            cancel
        );
    }

    /// <summary>Replaces a tag by another, or removes it, in the contacts' rows, in one statement.</summary>
    /// <param name="guests">These contacts only; null for all that have the tag.</param>
    internal static Task Replace(
        Guid from,
        Guid? to,
        IReadOnlyList<Guid>? guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var (fromText, toText) = (from.ToString("D"), to?.ToString("D") ?? "");
        Sql which = guests is null
            ? $" AND id IN (SELECT contact_id FROM contact_tags WHERE organization_id = {organizationId} AND tag_id = {from})"
            : Sql.AndIn($"id", guests);
        return db.Execute(
            $"""
            UPDATE contacts SET tag_ids = replace(tag_ids, {fromText}, {toText}) WHERE organization_id = {organizationId}{which}
            """,
            cancel
        );
    }
}
