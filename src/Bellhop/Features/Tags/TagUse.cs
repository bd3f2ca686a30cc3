using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Tags;

/// <summary>
/// Protects tags, which belong to the whole organisation. An actor limited to some properties cannot change a tag that guests of other
/// properties have.
/// </summary>
internal static class TagUse
{
    /// <exception cref="Refusal">403 <c>used-elsewhere</c>. The refusal does not say where.</exception>
    public static async Task DemandOwn(Tag tag, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (
            who.Properties is { } limited
            && await db.ContactTags.AnyAsync(
                t =>
                    t.OrganizationId == tag.OrganizationId
                    && t.TagId == tag.Id
                    && db.ContactsAtProperty.Any(a =>
                        a.OrganizationId == t.OrganizationId && a.ContactId == t.ContactId && !limited.Contains(a.PropertyId)
                    ),
                cancel
            )
        )
        {
            throw Refusal.UsedElsewhere("tag", tag.Id);
        }
    }
}
