namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>Pairs that stand for all pairs, from which u is learned: what guests share by chance.</summary>
internal sealed class RandomPairs
{
    private const int Most = 60_000;

    private readonly ComparedPairs _candidates;
    private readonly double[][] _others;
    private readonly List<(int Candidate, IReadOnlyList<Evidence> Evidence)> _probable = [];

    public RandomPairs(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests, ComparedPairs candidates)
    {
        _candidates = candidates;
        _others = [.. kinds.Select(k => new double[Weights.TwoGuests(k).Length])];
        var known = new Dictionary<(int, int), int>(candidates.Count);
        for (var pair = 0; pair < candidates.Count; pair++)
        {
            known[candidates.Guests(pair)] = pair;
        }

        var seed = 0x9E3779B97F4A7C15UL;
        var enough = Math.Min(Most, guests.Count * (guests.Count - 1L) / 2);
        for (var i = 0; i < enough; i++)
        {
            var one = Next(ref seed, guests.Count);
            var other = Next(ref seed, guests.Count);
            if (one == other)
            {
                continue;
            }

            var evidence = Evidence.Of(kinds, guests[one], guests[other]);
            if (known.TryGetValue(one < other ? (one, other) : (other, one), out var candidate))
            {
                _probable.Add((candidate, evidence));
            }
            else
            {
                Add(_others, evidence, 1);
            }
        }
    }

    /// <summary>Adds the levels of the pairs, each as often as it is two guests.</summary>
    public void AddTo(double[][] counts)
    {
        for (var field = 0; field < counts.Length; field++)
        {
            for (var level = 0; level < counts[field].Length; level++)
            {
                counts[field][level] += _others[field][level];
            }
        }

        foreach (var (candidate, evidence) in _probable)
        {
            Add(counts, evidence, 1 - _candidates[candidate]);
        }
    }

    private static void Add(double[][] counts, IReadOnlyList<Evidence> some, double weight)
    {
        foreach (var evidence in some)
        {
            counts[evidence.Field][(int)evidence.Level] += weight * evidence.Share;
        }
    }

    // xorshift64*: the same numbers on every machine, which Random does not promise.
    private static int Next(ref ulong seed, int below)
    {
        seed ^= seed >> 12;
        seed ^= seed << 25;
        seed ^= seed >> 27;
        return (int)((seed * 0x2545F4914F6CDD1DUL >> 32) * (ulong)below >> 32);
    }
}
