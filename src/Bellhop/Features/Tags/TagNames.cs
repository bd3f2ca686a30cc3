using System.Data.Common;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>What tags are called: by hand, since it stands behind every page of guests who have some.</summary>
public static class TagNames
{
    private const string Select = "SELECT id, name, color FROM tags WHERE organization_id = @organization AND deleted_at IS NULL";

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
                await using var reading = await db.Read($"{Select} ORDER BY name_key LIMIT {MostKept + 1}", cancel);
                var tags = await reading.With("organization", organizationId).ToList(row => Label(row, db), cancel);
                return new Kept(tags.Count > MostKept ? null : tags.ToDictionary(t => t.Id));
            }
        );

    private static TagLabel Label(DbDataReader row, BellhopDb db) => new(db.ReadId(row, 0), row.GetString(1), row.ReadName<TagColor>(2));

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
        await using var reading = await db.Read(
            places == 0 ? Select + " ORDER BY name_key" : $"{Select} AND id IN ({Numbers(places)}) ORDER BY name_key",
            cancel
        );
        reading.With("organization", organizationId);
        for (var i = 0; i < places; i++)
        {
            reading.With(
                "t" + i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                db.Stored(distinct[Math.Min(i, distinct.Length - 1)])
            );
        }

        return (await reading.ToList(row => Label(row, db), cancel)).ToDictionary(t => t.Id);
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
            await using var reading = await db.Read(
                "SELECT id FROM tags WHERE organization_id = @organization AND name_key = @key",
                cancel
            );
            await using var row = await reading.With("organization", organizationId).With("key", key).Command.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel))
            {
                found[key] = db.ReadId(row, 0);
            }
        }

        return found;
    }

    private static string Numbers(int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(i => "@t" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
