namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Learns m, u and the share of true pairs from guests without labels, by EM. Pairs that are no candidates count as two guests. The same
/// guests in the same order give the same weights: nothing is left to chance.
/// </summary>
internal static class LearnWeights
{
    private const int MostRounds = 30;
    private const int MostCandidates = 200_000;
    private const int RandomPairs = 60_000;
    private const double Settled = 1e-4;

    public static PairModel Run(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests, IReadOnlyList<(int, int)> candidates)
    {
        var step = Math.Max(1, (candidates.Count + MostCandidates - 1) / MostCandidates);
        var pairs = new List<Pair>();
        for (var i = 0; i < candidates.Count; i += step)
        {
            var (one, other) = candidates[i];
            pairs.Add(new(one, other, [.. Evidence.Of(kinds, guests[one], guests[other])]));
        }

        var random = Random(kinds, guests, pairs);
        var shares = new double[guests.Count];
        Array.Fill(shares, 1);
        var model = PairModel.Start(kinds, guests.Count, Count(kinds, guests, shares));
        var all = Math.Max(1, guests.Count * (guests.Count - 1d) / 2);
        for (var round = 0; round < MostRounds; round++)
        {
            Expect(model, pairs);
            var next = Maximise(model, pairs, random, step, all);
            var moved = Distance(model, next);

            // A guest who is there three times has made its own name common: its records share one count.
            if (round % 5 == 4)
            {
                next = new(kinds, next.SameGuest, next.TwoGuests, next.TruePairs, Count(kinds, guests, Shares(guests.Count, pairs)));
            }

            model = next;
            if (moved < Settled && round > 5)
            {
                break;
            }
        }

        return model;
    }

    private static void Expect(PairModel model, List<Pair> pairs)
    {
        foreach (var pair in pairs)
        {
            pair.Probability = PairModel.Probability(model.Of(pair.Evidence));
        }
    }

    private static PairModel Maximise(PairModel model, List<Pair> pairs, List<Pair> random, int step, double all)
    {
        var kinds = model.Kinds;
        var same = Start(kinds, Weights.SameGuest, Weights.StartPairs);
        var two = Start(kinds, Weights.TwoGuests, Weights.StartRandomPairs);
        var found = 0.0;
        var most = Math.Min(0.2, Weights.MostPairsPerGuest * Math.Sqrt(2 / all));
        foreach (var pair in pairs)
        {
            found += pair.Probability * step;
            Add(same, pair, pair.Probability * step);
        }

        foreach (var pair in random)
        {
            Add(two, pair, 1 - (pair.Counterpart?.Probability ?? 0));
        }

        return new(kinds, Shares(same, 1e-4), Shares(two, Weights.RarestLevel), Math.Clamp((found + 0.5) / all, 1e-12, most), model.Terms);
    }

    private static double[][] Start(IReadOnlyList<FieldKind> kinds, Func<FieldKind, double[]> start, double pairs) =>
        [.. kinds.Select(k => start(k).Select(p => p * pairs).ToArray())];

    private static void Add(double[][] counts, Pair pair, double weight)
    {
        foreach (var evidence in pair.Evidence)
        {
            counts[evidence.Field][(int)evidence.Level] += weight * evidence.Share;
        }
    }

    private static double[][] Shares(double[][] counts, double least) =>
        [.. counts.Select(field => field.Select(c => Math.Max(least, c / field.Sum())).ToArray())];

    private static double[] Shares(int guests, List<Pair> pairs)
    {
        var others = new double[guests];
        foreach (var pair in pairs)
        {
            others[pair.One] += pair.Probability;
            others[pair.Other] += pair.Probability;
        }

        return [.. others.Select(o => 1 / (1 + o))];
    }

    private static TermFrequencies Count(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests, double[] shares)
    {
        var terms = new TermFrequencies(kinds);
        for (var i = 0; i < guests.Count; i++)
        {
            terms.Add(guests[i], shares[i]);
        }

        return terms;
    }

    /// <summary>Pairs that stand for all pairs: steps of a fixed size through the triangle of all of them.</summary>
    private static List<Pair> Random(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests, List<Pair> candidates)
    {
        var byGuests = new Dictionary<(int, int), Pair>(candidates.Count);
        foreach (var pair in candidates)
        {
            byGuests[(pair.One, pair.Other)] = pair;
        }

        var random = new List<Pair>(RandomPairs);
        var seed = 0x9E3779B97F4A7C15UL;
        var enough = Math.Min(RandomPairs, guests.Count * (guests.Count - 1L) / 2);
        for (var i = 0; i < enough; i++)
        {
            var one = Next(ref seed, guests.Count);
            var other = Next(ref seed, guests.Count);
            if (one != other)
            {
                var key = one < other ? (one, other) : (other, one);
                random.Add(
                    new(key.Item1, key.Item2, [.. Evidence.Of(kinds, guests[one], guests[other])])
                    {
                        Counterpart = byGuests.GetValueOrDefault(key),
                    }
                );
            }
        }

        return random;
    }

    // xorshift64*: the same numbers on every machine, which Random does not promise.
    private static int Next(ref ulong seed, int below)
    {
        seed ^= seed >> 12;
        seed ^= seed << 25;
        seed ^= seed >> 27;
        return (int)((seed * 0x2545F4914F6CDD1DUL >> 32) * (ulong)below >> 32);
    }

    private static double Distance(PairModel one, PairModel other) =>
        Math.Max(
            one.SameGuest.SelectMany(f => f).Zip(other.SameGuest.SelectMany(f => f), (a, b) => Math.Abs(a - b)).Max(),
            Math.Abs(Math.Log2(one.TruePairs / other.TruePairs))
        );

    private sealed record Pair(int One, int Other, Evidence[] Evidence)
    {
        public double Probability { get; set; }

        /// <summary>Of a random pair: the same pair among the candidates.</summary>
        public Pair? Counterpart { get; init; }
    }
}
