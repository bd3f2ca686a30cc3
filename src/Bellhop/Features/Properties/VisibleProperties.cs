using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>Finds the properties that a list covers.</summary>
internal static class VisibleProperties
{
    /// <summary>The actor's properties, or those of them that are asked for, sorted and without duplicates. Null for all.</summary>
    /// <exception cref="Refusal">404 for a property that the actor does not see.</exception>
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
    /// Whether a property is the organisation's only one. While it is, the database is asked each time, because another process may add a
    /// second property. An organisation with several properties never has only one again.
    /// </summary>
    public static async ValueTask<bool> IsOnly(Guid id, int organizationId, BellhopDb db, CancellationToken cancel) =>
        (await Known(organizationId, db, cancel)).Count == 1
        && await db.Any($"SELECT 1 FROM properties WHERE organization_id = {organizationId} AND id = {id} AND is_only = {true}", cancel);

    /// <summary>The ids of all properties, sorted. One that another process adds may be missing for a moment.</summary>
    public static async ValueTask<IReadOnlyList<Guid>> All(int organizationId, BellhopDb db, CancellationToken cancel) =>
        [.. (await Known(organizationId, db, cancel)).Order()];

    /// <summary>
    /// Those of the ids that are the organisation's properties. Every list of one property calls this, so known ids are kept in memory:
    /// properties are never deleted, and an unknown id is looked up.
    /// </summary>
    private static async ValueTask<IReadOnlyList<Guid>> Known(
        IReadOnlyList<Guid> asked,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var there = await Known(organizationId, db, cancel);
        var distinct = asked.Distinct().ToList();
        return distinct.TrueForAll(there.Contains) ? distinct : [.. distinct.Intersect(await Read(organizationId, db, cancel))];
    }

    private static async ValueTask<HashSet<Guid>> Known(int organizationId, BellhopDb db, CancellationToken cancel) =>
        (
            await db.Host.OrganizationCache.Get(organizationId, "properties", async () => new There(await Read(organizationId, db, cancel)))
        ).Ids;

    private readonly record struct There(HashSet<Guid> Ids);

    private static async Task<HashSet<Guid>> Read(int organizationId, BellhopDb db, CancellationToken cancel) =>
        [.. await db.Read($"SELECT id FROM properties WHERE organization_id = {organizationId}", row => row.Id(), cancel)];
}
