using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>Two tags mean the same: whoever has the one gets the other, and the one is gone.</summary>
public static class MergeTags
{
    private static readonly ParameterNames GuestNames = new("guest");

    /// <param name="From">The tag that goes.</param>
    public sealed record Input(Guid From);

    /// <exception cref="Refusal">404 for either; 403 <c>used-elsewhere</c> for either; 400 where they are the same.</exception>
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
                await using var move = await db.Sql(
                    """
                    INSERT INTO contact_tags (organization_id, contact_id, tag_id, created_at) SELECT organization_id, contact_id, @to, created_at FROM contact_tags
                    WHERE organization_id = @organization AND tag_id = @from ON CONFLICT DO NOTHING
                    """,
                    cancel
                );
                await move.With("organization", who.OrganizationId)
                    .With("from", db.Stored(from.Id))
                    .With("to", db.Stored(tag.Id))
                    .ExecuteNonQueryAsync(cancel);
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

    /// <summary>Writes another tag, or none, where contacts carry one; in one statement.</summary>
    /// <param name="guests">Of these; of all who have it where left out.</param>
    internal static async Task Replace(
        Guid from,
        Guid? to,
        IReadOnlyList<Guid>? guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await using var replace = await db.Sql(
            "UPDATE contacts SET tag_ids = replace(tag_ids, @from_text, @to_text) WHERE organization_id = @organization"
                + (
                    guests is null
                        ? " AND id IN (SELECT contact_id FROM contact_tags WHERE organization_id = @organization AND tag_id = @from)"
                        : GuestNames.AndIn("id", guests.Count)
                ),
            cancel
        );
        replace
            .With("organization", organizationId)
            .With("from", db.Stored(from))
            .With("from_text", from.ToString("D"))
            .With("to_text", to?.ToString("D") ?? "")
            .With(GuestNames, guests, db);
        await replace.ExecuteNonQueryAsync(cancel);
    }
}
