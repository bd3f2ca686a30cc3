using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;

namespace Bellhop.Features.Duplicates;

/// <summary>The keys of contacts, and who shares them. Call it inside a save.</summary>
internal static class DuplicateKeys
{
    /// <summary>As many keys one statement asks for; fewer are filled up, so that there is one text.</summary>
    public const int AtOnce = 32;

    /// <summary>A contact is compared with no more than this many: those that share most keys with it.</summary>
    private const int MostPartners = 100;

    /// <summary>Makes the stored keys of these guests what they should be; returns whether any was wrong.</summary>
    public static async Task<bool> Write(
        IReadOnlyCollection<GuestRecords.Guest> guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var stored = (
            await db.Read(
                $"""
                SELECT contact_id, key FROM duplicate_keys
                WHERE organization_id = {organizationId} AND {db.Dialect.Among($"contact_id", guests.Select(g => g.Id))}
                """,
                row => (Id: row.Id(), Key: row.Long()),
                cancel
            )
        ).ToHashSet();
        var right = guests.SelectMany(g => g.Keys.Select(k => (g.Id, Key: k))).ToHashSet();
        foreach (var (id, key) in stored.Except(right))
        {
            await db.Execute(
                $"DELETE FROM duplicate_keys WHERE organization_id = {organizationId} AND key = {key} AND contact_id = {id}",
                cancel
            );
        }

        var missing = right
            .Except(stored)
            .Select(k => new DuplicateKey
            {
                OrganizationId = organizationId,
                Key = k.Key,
                ContactId = k.Id,
            })
            .ToList();
        await db.InsertWithoutFollowers(missing, cancel);
        return missing.Count > 0 || stored.Count > right.Count;
    }

    /// <summary>The contacts that share a key with each of these guests. A key that many share gives none.</summary>
    public static async Task<Dictionary<Guid, List<Guid>>> Partners(
        IReadOnlyCollection<GuestRecords.Guest> guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        const int enough = CandidatePairs.MostGuestsOfKey + 1;
        var members = new Dictionary<long, HashSet<Guid>>();
        foreach (var some in guests.SelectMany(g => g.Keys).Distinct().Order().Chunk(AtOnce))
        {
            await db.ReadWhile(
                Each(
                    some,
                    key =>
                        $"""
                            SELECT * FROM (SELECT key, contact_id FROM duplicate_keys
                                WHERE organization_id = {organizationId} AND key = {key} LIMIT {enough:fixed}) AS rows_found
                            """
                ),
                row =>
                {
                    var key = row.Long();
                    if (!members.TryGetValue(key, out var mine))
                    {
                        members[key] = mine = [];
                    }

                    mine.Add(row.Id());
                    return true;
                },
                cancel
            );
        }

        return guests.ToDictionary(
            g => g.Id,
            g =>
                g.Keys.Select(k => members.GetValueOrDefault(k))
                    .Where(m => m is { Count: > 1 and <= CandidatePairs.MostGuestsOfKey })
                    .SelectMany(m => m!)
                    .Where(id => id != g.Id)
                    .CountBy(id => id)
                    .OrderByDescending(c => c.Value)
                    .ThenBy(c => c.Key)
                    .Take(MostPartners)
                    .Select(c => c.Key)
                    .ToList()
        );
    }

    /// <summary>One statement for a number of keys, the last of which stands for those that are missing.</summary>
    public static Sql Each(IReadOnlyList<long> keys, Func<long, Sql> one) =>
        Sql.Join(" UNION ALL ", Enumerable.Range(0, AtOnce).Select(i => one(keys[Math.Min(i, keys.Count - 1)])));
}
