using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Duplicates.Scoring;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Duplicates;

/// <summary>What a sweep learned: m and u of every field and level, how many pairs are one guest, how many a household.</summary>
internal sealed record LearnedWeights(double[][] SameGuest, double[][] TwoGuests, double TruePairs)
{
    /// <summary>Null in weights that were learned before households were.</summary>
    public double? Households { get; init; }

    /// <summary>The <see cref="DuplicateKeys.Mark"/> of the keys that a sweep wrote for all guests; null if none did.</summary>
    public string? Keys { get; init; }

    /// <summary>Reads what <see cref="DuplicateWeights.Weights"/> keeps.</summary>
    public static LearnedWeights? Read(string? text) => text is null ? null : JsonSerializer.Deserialize<LearnedWeights>(text);
}

/// <summary>
/// The weights of one organisation, and how many guests share its common keys. They are kept in this process until they are learned anew,
/// an hour passes, or the guests become a tenth more or fewer; counts of common keys are that old at most.
/// </summary>
internal sealed class PairWeights
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly ConditionalWeakTable<DbHost, ConcurrentDictionary<(string Engine, int Organization), PairWeights>> Kept = [];

    private readonly LearnedWeights _learned;
    private readonly double _households;
    private readonly Source _source;
    private readonly DateTime _readAt;

    // At most the keys divided by CandidatePairs.MostGuestsOfKey: of a million guests some ten thousand.
    private readonly ConcurrentDictionary<long, long> _common = [];

    private PairWeights(LearnedWeights? learned, Source source, DateTime readAt)
    {
        var start = PairModel.Start(GuestRecords.Kinds, (int)Math.Min(source.Guests, int.MaxValue), new(GuestRecords.Kinds));
        if (learned is null)
        {
            learned = new(start.SameGuest, start.TwoGuests, start.TruePairs);
        }

        _households = learned.Households ?? start.Households;
        (_learned, _source, _readAt) = (learned, source, readAt);
    }

    public long Guests => _source.Guests;

    /// <summary>Whether so many guests are known to share a key that it gives no pairs.</summary>
    public bool IsCommon(long key) => _common.ContainsKey(key);

    /// <summary>The weights as they were read last, or read again if they may be others now.</summary>
    public static async Task<PairWeights> Of(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var kept = Kept.GetOrCreateValue(db.Host);
        var source = await Source.Of(organizationId, db, cancel);
        if (!kept.TryGetValue((db.Engine, organizationId), out var weights) || !weights.Serves(source, db.Now))
        {
            kept[(db.Engine, organizationId)] = weights = await Read(source, organizationId, db, cancel);
        }

        return weights;
    }

    /// <summary>Reads the weights, and all keys that are common, for a sweep.</summary>
    public static async Task<PairWeights> OfSweep(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var weights = await Read(await Source.Of(organizationId, db, cancel), organizationId, db, cancel);
        await db.ReadEach(
            $"""
            SELECT key, count(*) FROM duplicate_keys WHERE organization_id = {organizationId}
            GROUP BY key HAVING count(*) > {CandidatePairs.MostGuestsOfKey:fixed}
            """,
            row =>
            {
                weights._common[row.Long()] = row.Long();
                return default;
            },
            cancel
        );
        Kept.GetOrCreateValue(db.Host)[(db.Engine, organizationId)] = weights;
        return weights;
    }

    /// <summary>How many guests the organisation has, by its counter.</summary>
    public static async Task<long> CountGuests(int organizationId, BellhopDb db, CancellationToken cancel) =>
        (await Source.Of(organizationId, db, cancel)).Guests;

    /// <summary>The model for comparisons of guests whose values are counted by <see cref="Count"/>.</summary>
    public PairModel Model(TermFrequencies terms) =>
        new(GuestRecords.Kinds, _learned.SameGuest, _learned.TwoGuests, _learned.TruePairs, _households, terms);

    /// <summary>Frequencies of nothing yet, among all guests.</summary>
    public TermFrequencies Terms() => new(GuestRecords.Kinds, Guests);

    /// <summary>Says how many guests have each value that two guests share, as far as it is known without asking.</summary>
    /// <param name="known">Numbers of guests by key.</param>
    /// <returns>The values that must be asked for. Until then they count as the rarest, so no pair weighs too little.</returns>
    public Dictionary<long, Evidence> Count(
        TermFrequencies terms,
        IEnumerable<IReadOnlyList<Evidence>> comparisons,
        IReadOnlyDictionary<long, long> known
    )
    {
        var unknown = new Dictionary<long, Evidence>();
        var seen = new HashSet<(int, string)>();
        foreach (var evidence in comparisons.SelectMany(c => c))
        {
            if (evidence is not { Level: Level.Same, Value: { } value } || !seen.Add((evidence.Field, value)))
            {
                continue;
            }

            var key = DuplicateKeys.Of(evidence.Field, value);
            if (_common.TryGetValue(key, out var count) || known.TryGetValue(key, out count))
            {
                terms.Set(evidence.Field, value, count);
            }
            else
            {
                unknown[key] = evidence;
            }
        }

        return unknown;
    }

    /// <summary>Counts the guests of these values, and remembers those that turn out to be common.</summary>
    public async Task Ask(
        TermFrequencies terms,
        Dictionary<long, Evidence> unknown,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        foreach (var (key, count) in await Counts(unknown.Keys, organizationId, db, cancel))
        {
            terms.Set(unknown[key].Field, unknown[key].Value!, count);
        }
    }

    /// <summary>How many guests have each of these keys; remembers those that are common.</summary>
    public async Task<List<(long Key, long Count)>> Counts(
        IReadOnlyCollection<long> keys,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var counts = await db.Read(
            $"""
            SELECT key, count(*) FROM duplicate_keys WHERE organization_id = {organizationId} AND {db.Dialect.Among($"key", keys)}
            GROUP BY key
            """,
            row => (Key: row.Long(), Count: row.Long()),
            cancel
        );
        foreach (var (key, count) in counts.Where(c => c.Count > CandidatePairs.MostGuestsOfKey))
        {
            _common[key] = count;
        }

        return counts;
    }

    private bool Serves(Source now, DateTime at) =>
        (_source.LearnedAt, _source.SweepId) == (now.LearnedAt, now.SweepId)
        && Math.Abs(_source.Guests - now.Guests) <= _source.Guests / 10
        && at - _readAt < Longest;

    private static async Task<PairWeights> Read(Source source, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var text = await db.ReadFirst(
            $"SELECT weights FROM duplicate_weights WHERE organization_id = {organizationId}",
            row => row.TextOrNull(),
            cancel
        );
        return new(LearnedWeights.Read(text), source, db.Now);
    }

    /// <summary>What tells whether weights that were read are still those to use.</summary>
    private sealed record Source(DateTime? LearnedAt, Guid? SweepId, long Guests)
    {
        public static async Task<Source> Of(int organizationId, BellhopDb db, CancellationToken cancel) =>
            (
                await db.ReadFirst(
                    $"""
                    SELECT w.learned_at, w.sweep_id, n.guests FROM (
                        SELECT CAST(coalesce(sum(amount), 0) AS bigint) AS guests FROM counters
                        WHERE organization_id = {organizationId} AND property_id = {Guid.Empty} AND measure = {(int)Measure.Contacts:fixed}
                    ) n LEFT JOIN duplicate_weights w ON w.organization_id = {organizationId}
                    """,
                    row => new Source(row.InstantOrNull(), row.IdOrNull(), row.Long()),
                    cancel
                )
            )!;
    }
}
