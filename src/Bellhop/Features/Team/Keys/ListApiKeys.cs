using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>The keys that are not revoked, oldest first; never the keys themselves.</summary>
public static class ListApiKeys
{
    public static async Task<Page<ApiKeyRow>> Run(PageQuery page, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var names = await Members.PropertyNames(db, who, cancel);
        var all = await db
            .ApiKeys.AsNoTracking()
            .Where(k => k.OrganizationId == who.OrganizationId && k.RevokedAt == null)
            .ToListAsync(cancel);
        return page.Of(
            all.Where(k => who.Covers(k.Properties)).Select(k => ApiKeyRow.Of(k, names)),
            "api-keys",
            k => k.Id.ToString("N"),
            who,
            cursors
        );
    }
}
