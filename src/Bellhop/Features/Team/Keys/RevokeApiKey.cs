using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Revokes a key for ever. It stops working within five seconds everywhere.</summary>
public static class RevokeApiKey
{
    /// <exception cref="Refusal">404 for a key that does not exist, is revoked, or is for properties that the actor does not see; 403 for a
    /// key with rights that the actor does not have.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, ActorSource actors, CancellationToken cancel)
    {
        who.Demand(Permission.TeamManage);
        await db.Save(
            async () =>
            {
                var key = await ApiKeys.ForChange(id, who, db, cancel);
                key.RevokedAt = db.Now;
                db.Happened(who, "apiKey.revoked", "apiKey", id);
            },
            cancel
        );
        actors.Forget();
    }
}

/// <summary>Which keys an actor may change.</summary>
internal static class ApiKeys
{
    /// <exception cref="Refusal">404 for a key that does not exist, is revoked, or is for properties that the actor does not see; 403 for a
    /// key with rights that the actor does not have.</exception>
    public static async Task<ApiKey> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var key = await db.ApiKeys.SingleOrDefaultAsync(
            k => k.OrganizationId == who.OrganizationId && k.Id == id && k.RevokedAt == null,
            cancel
        );
        if (key is null || !who.Covers(key.Properties))
        {
            throw Refusal.NotThere("apiKey", id);
        }

        Rights.DemandOwn(PermissionSet.Read(key.Permissions), who);
        return key;
    }
}
