using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Tags;

/// <summary>What tags are called: by hand, since it stands behind every page of guests who have some.</summary>
public static class TagNames
{
    private const string Select = "SELECT id, name, color FROM tags WHERE organization_id = @organization";

    /// <summary>The tags of these ids that there are, in the order of their names.</summary>
    public static async Task<IReadOnlyDictionary<Guid, TagLabel>> Of(IReadOnlyCollection<Guid> ids, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var distinct = ids.Distinct().ToArray();
        if (distinct.Length == 0)
        {
            return new Dictionary<Guid, TagLabel>();
        }

        // A few lengths of list, so that there are a few statements to keep; past the longest, all tags are read.
        var places = distinct.Length <= 8 ? 8 : distinct.Length <= 40 ? 40 : distinct.Length <= 200 ? 200 : 0;
        await using var reading = await db.Read(places == 0 ? Select + " ORDER BY name_key" : $"{Select} AND id IN ({Numbers(places)}) ORDER BY name_key", cancel);
        reading.With("organization", organizationId);
        for (var i = 0; i < places; i++)
        {
            reading.With("t" + i.ToString(System.Globalization.CultureInfo.InvariantCulture), db.Stored(distinct[Math.Min(i, distinct.Length - 1)]));
        }

        await using var row = await reading.Command.ExecuteReaderAsync(cancel);
        var tags = new Dictionary<Guid, TagLabel>();
        while (await row.ReadAsync(cancel))
        {
            var id = db.ReadId(row, 0);
            tags[id] = new(id, row.GetString(1), row.ReadName<TagColor>(2));
        }

        return tags;
    }

    /// <summary>The ids of tags by their names; a name that no tag has is left out.</summary>
    public static async Task<IReadOnlyDictionary<string, Guid>> Find(IEnumerable<string> names, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var key in names.Select(Tag.Key).Distinct(StringComparer.Ordinal))
        {
            await using var reading = await db.Read("SELECT id FROM tags WHERE organization_id = @organization AND name_key = @key", cancel);
            await using var row = await reading.With("organization", organizationId).With("key", key).Command.ExecuteReaderAsync(cancel);
            if (await row.ReadAsync(cancel))
            {
                found[key] = db.ReadId(row, 0);
            }
        }

        return found;
    }

    private static string Numbers(int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => "@t" + i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}
