using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>A tag goes, from everybody who has it.</summary>
public static class DeleteTag
{
    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.Save(async () =>
        {
            var tag = await GetTag.Find(id, who, db, cancel);
            match.Demand(tag.UpdatedAt);
            await MergeTags.Replace(id, null, who.OrganizationId, db, cancel);
            db.Tags.Remove(tag); // its labels go with it
            db.Happened(who, "tag.deleted", "tag", id);
        }, cancel);
    }
}
