using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Gives an API key another secret. The old secret works for some hours more, so that programs can change over.</summary>
public static class RotateApiKey
{
    /// <summary>One week.</summary>
    public const int MostHours = 168;

    /// <param name="OverlapHours">0 to 168: how long the old secret still works.</param>
    public sealed record Input(int OverlapHours);

    /// <exception cref="Refusal">404 for a key that does not exist, is revoked, or is for properties that the actor does not see; 403 for a
    /// key with rights that the actor does not have; 400.</exception>
    public static async Task<Saved<ApiKeyRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        var (text, hash) = ActorSource.NewKey();
        var saved = await db.Save(
            async () =>
            {
                var key = await ApiKeys.ForChange(id, who, db, cancel);
                var errors = new ValidationErrors();
                if (input.OverlapHours is < 0 or > MostHours)
                {
                    errors.Add("overlapHours", "Range", 0, MostHours);
                }

                errors.Refuse();
                var ends = db.Now.AddHours(input.OverlapHours);
                await db
                    .ApiKeyOwners.Where(o => o.OrganizationId == who.OrganizationId && o.ApiKeyId == id && o.EndsAt < db.Now)
                    .ExecuteDeleteAsync(cancel);
                var current = await db
                    .ApiKeyOwners.Where(o => o.OrganizationId == who.OrganizationId && o.ApiKeyId == id && o.EndsAt == null)
                    .SingleAsync(cancel);
                current.EndsAt = ends;
                db.ApiKeyOwners.Add(
                    new()
                    {
                        Hash = hash,
                        OrganizationId = who.OrganizationId,
                        ApiKeyId = id,
                    }
                );
                key.Hash = hash;
                db.Happened(who, "apiKey.rotated", "apiKey", id);
                var row = ApiKeyRow.Of(key, await Members.PropertyNames(db, who, cancel));
                return new Saved<ApiKeyRow>(row with { Key = text }, key.CreatedAt, $"/api-keys/{id}") { Keep = row };
            },
            cancel
        );
        actors.Forget();
        return saved;
    }
}
