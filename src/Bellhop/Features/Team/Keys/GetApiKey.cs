using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>One key's rights; never the key itself.</summary>
public static class GetApiKey
{
    /// <exception cref="Refusal">404 for a key that does not exist, is revoked, or is for properties that the actor does not
    /// see.</exception>
    public static async Task<Saved<ApiKeyRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        var key = await db
            .ApiKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.OrganizationId == who.OrganizationId && k.Id == id && k.RevokedAt == null, cancel);
        return key is not null && who.Covers(key.Properties)
            ? new(ApiKeyRow.Of(key, await Members.PropertyNames(db, who, cancel)), key.CreatedAt)
            : throw Refusal.NotThere("apiKey", id);
    }
}
