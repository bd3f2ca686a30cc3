using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>What tags are called: by hand, since it stands behind every page of guests who have some.</summary>
public static class TagNames
{
    // Of an organisation with no more tags than this all are remembered.
    private const int MostKept = 200;

    /// <summary>The tags of these ids that there are, in the order of their names.</summary>
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

        // A save sees its own tags; one that another process has just made is not known here yet.
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

    /// <summary>All the tags there are, in the order of their names; null where they are too many.</summary>
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
        // A few lengths of list, so that there are a few statements to keep; past the longest, all tags are read.
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

    /// <summary>The ids of tags by their names; a name that no tag has is left out.</summary>
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
