using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Duplicates;

/// <summary>The keys of contacts, and who shares them. Call it inside a save.</summary>
internal static class DuplicateKeys
{
    /// <summary>Statements ask for a multiple of this many keys, so that there are few texts; the last key fills up.</summary>
    private const int Step = 8;

    /// <summary>As many keys one statement asks for.</summary>
    private const int AtOnce = 32;

    /// <summary>A contact is compared with no more than this many: those that share the rarest keys with it.</summary>
    private const int MostPartners = 40;

    /// <summary>
    /// Changes when keys are made in another way, as far as an example shows: then a sweep writes the keys of all guests again.
    /// </summary>
    public static string Mark { get; } =
        MarkOf(new(Guid.Empty, "Zoë van O’Brien-Quatremarre 王伟 D.", "+351912345678", "z.quatremarre@example.org", "19840229"));

    /// <summary>The key that all guests with this very value or word have.</summary>
    public static long Of(int field, string value) => unchecked((long)CandidateKeys.Of(field, GuestRecords.Kinds[field], value));

    /// <summary>Makes the stored keys of these guests what they should be.</summary>
    public static async Task Write(
        IReadOnlyCollection<GuestRecords.Guest> guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var stored = await Stored(guests, organizationId, db, cancel);
        var missing = new List<DuplicateKey>();
        foreach (var guest in guests)
        {
            var wrong = stored[guest.Id].Except(guest.Keys).ToList();
            if (wrong.Count > 0)
            {
                await db.Execute(
                    $"""
                    DELETE FROM duplicate_keys
                    WHERE organization_id = {organizationId} AND contact_id = {guest.Id} AND {db.Dialect.Among($"key", wrong)}
                    """,
                    cancel
                );
            }

            missing.AddRange(
                guest
                    .Keys.Except(stored[guest.Id])
                    .Select(key => new DuplicateKey
                    {
                        OrganizationId = organizationId,
                        Key = key,
                        ContactId = guest.Id,
                    })
            );
        }

        // In the order of the table, which is the least work for its index.
        await db.InsertWithoutFollowers([.. missing.OrderBy(k => k.Key)], cancel);
    }

    /// <summary>The guests whose stored keys are not what they should be.</summary>
    public static async Task<List<GuestRecords.Guest>> Wrong(
        IReadOnlyCollection<GuestRecords.Guest> guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var stored = await Stored(guests, organizationId, db, cancel);
        return [.. guests.Where(g => !stored[g.Id].Order().SequenceEqual(g.Keys))];
    }

    private static async Task<ILookup<Guid, long>> Stored(
        IReadOnlyCollection<GuestRecords.Guest> guests,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        (
            await db.Read(
                $"""
                SELECT contact_id, key
                FROM duplicate_keys{db.Dialect.By($"ix_duplicate_keys_organization_id_contact_id")}
                WHERE organization_id = {organizationId} AND {db.Dialect.Among($"contact_id", guests.Select(g => g.Id))}
                """,
                row => (Id: row.Id(), Key: row.Long()),
                cancel
            )
        ).ToLookup(k => k.Id, k => k.Key);

    /// <summary>The contacts that share a key with some guests.</summary>
    /// <param name="Of">By guest, those to compare it with.</param>
    /// <param name="Counts">How many contacts have each key of the guests.</param>
    public sealed record Sharing(Dictionary<Guid, List<Guid>> Of, Dictionary<long, long> Counts);

    /// <summary>Who shares a key with each of these guests, whose keys are stored. A key that many share gives none.</summary>
    public static async Task<Sharing> Partners(
        IReadOnlyCollection<GuestRecords.Guest> guests,
        PairWeights weights,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var asked = guests.SelectMany(g => g.Keys).Distinct().Where(k => !weights.IsCommon(k)).ToList();
        var members = await Members(asked, organizationId, db, cancel);
        var common = members.Where(m => m.Value.Count > CandidatePairs.MostGuestsOfKey).Select(m => m.Key).ToList();
        var counts = members.ToDictionary(m => m.Key, m => (long)m.Value.Count);
        foreach (var (key, count) in await weights.Counts(common, organizationId, db, cancel))
        {
            counts[key] = count;
        }

        return new(guests.ToDictionary(g => g.Id, Rarest), counts);

        List<Guid> Rarest(GuestRecords.Guest guest)
        {
            var shared = new Dictionary<Guid, double>();
            foreach (var key in guest.Keys)
            {
                if (members.TryGetValue(key, out var others) && others.Count is > 1 and <= CandidatePairs.MostGuestsOfKey)
                {
                    foreach (var other in others)
                    {
                        shared[other] = shared.GetValueOrDefault(other) + Math.Log2(Math.Max(2.0, weights.Guests) / others.Count);
                    }
                }
            }

            shared.Remove(guest.Id);
            return [.. shared.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(MostPartners).Select(s => s.Key)];
        }
    }

    /// <summary>The contacts of each key, one more than may share it at most.</summary>
    private static async Task<Dictionary<long, HashSet<Guid>>> Members(
        List<long> keys,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        const int enough = CandidatePairs.MostGuestsOfKey + 1;
        var members = keys.ToDictionary(k => k, _ => new HashSet<Guid>());
        foreach (var some in keys.Order().Chunk(AtOnce))
        {
            var length = (some.Length + Step - 1) / Step * Step;
            await db.ReadWhile(
                Sql.Join(
                    " UNION ALL ",
                    Enumerable
                        .Range(0, length)
                        .Select(i => some[Math.Min(i, some.Length - 1)])
                        .Select(key =>
                            Sql.Of(
                                $"""
                                SELECT * FROM (SELECT key, contact_id FROM duplicate_keys
                                    WHERE organization_id = {organizationId} AND key = {key} LIMIT {enough:fixed}) AS rows_found
                                """
                            )
                        )
                ),
                row =>
                {
                    members[row.Long()].Add(row.Id());
                    return true;
                },
                cancel
            );
        }

        return members;
    }

    private static string MarkOf(GuestRecords.Shown example)
    {
        var guest = new GuestRecords.Guest(new(example, [new(IdentityKind.Phone, "351912345678", example.Phone!, Claimed: false)]));
        return guest
            .Keys.Aggregate(0UL, (mark, key) => (mark * 1099511628211UL) ^ unchecked((ulong)key))
            .ToString("x", CultureInfo.InvariantCulture);
    }
}
