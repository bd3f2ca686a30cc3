using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>Over which properties a list is.</summary>
internal static class VisibleProperties
{
    /// <summary>The actor's own, or of these the ones asked for, each once and in order; null for all.</summary>
    /// <exception cref="Refusal">404 where one is asked for that the actor does not see.</exception>
    public static async ValueTask<IReadOnlyList<Guid>?> Of(IReadOnlyList<Guid>? asked, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (asked is not { Count: > 0 })
        {
            return who.Properties is { } limit ? [.. limit.Distinct().Order()] : null;
        }

        var known = await Known(asked, who.OrganizationId, db, cancel);
        foreach (var id in asked.Where(id => !who.Sees(id) || !known.Contains(id)))
        {
            throw Refusal.NotThere("property", id);
        }

        return [.. known.Order()];
    }

    /// <summary>
    /// Which of them the organisation has. It stands before every list of one property, so what there is is remembered: none ever goes, and
    /// one not remembered is looked for.
    /// </summary>
    private static async ValueTask<IReadOnlyList<Guid>> Known(
        IReadOnlyList<Guid> asked,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var there = await db.Host.OrganizationCache.Get(
            organizationId,
            "properties",
            async () => new There(await Read(organizationId, db, cancel))
        );
        var distinct = asked.Distinct().ToList();
        return distinct.TrueForAll(there.Ids.Contains) ? distinct : [.. distinct.Intersect(await Read(organizationId, db, cancel))];
    }

    private readonly record struct There(HashSet<Guid> Ids);

    private static async Task<HashSet<Guid>> Read(int organizationId, BellhopDb db, CancellationToken cancel) =>
        [.. await db.Read($"SELECT id FROM properties WHERE organization_id = {organizationId}", row => row.Id(), cancel)];
}
