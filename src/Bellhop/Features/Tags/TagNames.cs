using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>Reads the names of tags. The SQL is written by hand, because it runs for every page of guests with tags.</summary>
public static class TagNames
{
    // Tags are cached only for organisations with at most this many.
    private const int MostKept = 200;

    /// <summary>The existing tags with these ids, in the order of their names.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TagLabel>> Of(
        IReadOnlyCollection<Guid> ids,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var distinct = ids.ToHashSet();
        if (distinct.Count == 0)
        {
            return new Dictionary<Guid, TagLabel>();
        }

        // A save must see the tags it has just made, so it does not use the cache. A tag that another process has just made may be missing
        // there.
        if (
            db.Database.CurrentTransaction is null
            && await Known(organizationId, db, cancel) is { All: { } all }
            && distinct.IsSubsetOf(all.Keys)
        )
        {
            return all.Where(t => distinct.Contains(t.Key)).ToDictionary();
        }

        return await Read([.. distinct], organizationId, db, cancel);
    }

    /// <summary>All tags in the order of their names; null when there are too many to cache.</summary>
    private readonly record struct Kept(IReadOnlyDictionary<Guid, TagLabel>? All);

    private static ValueTask<Kept> Known(int organizationId, BellhopDb db, CancellationToken cancel) =>
        db.Host.OrganizationCache.Get(
            organizationId,
            "tags",
            async () =>
            {
                var tags = await db.Read($"{Select(organizationId)} ORDER BY name_key LIMIT {MostKept + 1:fixed}", Label, cancel);
                return new Kept(tags.Count > MostKept ? null : tags.ToDictionary(t => t.Id));
            }
        );

    private static Sql Select(int organizationId) =>
        $"SELECT id, name, color FROM tags WHERE organization_id = {organizationId} AND deleted_at IS NULL";

    private static TagLabel Label(SqlRow row) => new(row.Id(), row.Text(), row.Name<TagColor>());

    private static async Task<IReadOnlyDictionary<Guid, TagLabel>> Read(
        Guid[] distinct,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        // Only a few lengths of list, so that only a few statements are cached. Above the greatest length all tags are read.
        var places =
            distinct.Length <= 8 ? 8
            : distinct.Length <= 40 ? 40
            : distinct.Length <= 200 ? 200
            : 0;
        Sql these =
            places == 0
                ? Sql.None
                : $" AND id IN ({Sql.List([.. distinct, .. Enumerable.Repeat(distinct[^1], places - distinct.Length)])})";
        return (await db.Read($"{Select(organizationId)}{these} ORDER BY name_key", Label, cancel)).ToDictionary(t => t.Id);
    }

    /// <summary>The ids of tags by their names. A name that no tag has is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> Find(
        IEnumerable<string> names,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var key in names.Select(Tag.Key).Distinct(StringComparer.Ordinal))
        {
            if (
                await db.ReadFirst(
                    $"SELECT id FROM tags WHERE organization_id = {organizationId} AND name_key = {key}",
                    row => (Guid?)row.Id(),
                    cancel
                ) is
                { } id
            )
            {
                found[key] = id;
            }
        }

        return found;
    }
}
