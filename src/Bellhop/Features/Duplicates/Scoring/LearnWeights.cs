namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Learns m, u and the shares of true pairs and of households from guests without labels, by EM. Pairs that are no
/// candidates count as two guests. The same guests in the same order give the same weights: nothing is left to chance.
/// </summary>
/// <remarks>
/// Left to itself, EM finds whatever two kinds of pairs differ most, which may be neighbours and strangers. Two things hold it to guests:
/// what is known of m before (<see cref="Weights"/>), and that true pairs are not many times more than those that plainly agree.
/// </remarks>
internal static class LearnWeights
{
    private const int Passes = 3;
    private const int MostRounds = 15;
    private const int MostCandidates = 200_000;
    private const double Settled = 1e-3;

    public static PairModel Run(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests, IReadOnlyList<(int, int)> candidates)
    {
        var step = Math.Max(1, (candidates.Count + MostCandidates - 1) / MostCandidates);
        var pairs = new ComparedPairs(kinds, guests, candidates, step);
        var random = new RandomPairs(kinds, guests, pairs);
        var shares = new double[guests.Count];
        Array.Fill(shares, 1);
        var model = PairModel.Start(kinds, guests.Count, Count(kinds, guests, shares));
        var all = Math.Max(1, guests.Count * (guests.Count - 1d) / 2);
        var most = Math.Min(
            Math.Min(0.2 * all, Weights.MostPairsPerGuest * guests.Count),
            Weights.MostPairsPerPlain * (1 + (pairs.Plain() * step))
        );
        for (var pass = 0; pass < Passes; pass++)
        {
            pairs.Weigh(model);
            for (var round = 0; round < MostRounds; round++)
            {
                var (found, households) = pairs.Expect(model, most / step);
                var next = Maximise(model, pairs, random, (step * found, step * households), step, all);
                var moved = Distance(model, next);
                model = next;
                if (moved < Settled)
                {
                    break;
                }
            }

            // A guest who is there three times has made its own name common: its records share one count.
            var terms = Count(kinds, guests, pairs.Shares(guests.Count));
            model = new(kinds, model.SameGuest, model.TwoGuests, model.TruePairs, model.Households, terms);
        }

        return model;
    }

    private static PairModel Maximise(
        PairModel model,
        ComparedPairs pairs,
        RandomPairs random,
        (double Found, double Households) expected,
        int step,
        double all
    )
    {
        var kinds = model.Kinds;
        var same = Start(kinds, Weights.SameGuest, Weights.StartPairs + (Weights.StartShare * expected.Found));
        var two = Start(kinds, Weights.TwoGuests, Weights.StartRandomPairs);
        pairs.AddTo(same, step);
        random.AddTo(two);
        var m = Shares(same, 1e-4);
        for (var field = 0; field < m.Length; field++)
        {
            Bound(m[field], Weights.MostDifferent(kinds[field]));
        }

        var truePairs = Math.Clamp((expected.Found + 0.5) / all, 1e-12, 0.2);
        var households = Math.Clamp((expected.Households + Weights.FewestHouseholds) / all, 1e-15, 0.2);
        return new(kinds, m, Shares(two, Weights.RarestLevel), truePairs, households, model.Terms);
    }

    /// <summary>Records of one guest differ in a field no more often than this; what is over goes to the other levels.</summary>
    private static void Bound(double[] levels, double mostDifferent)
    {
        var different = levels[(int)Level.Different];
        if (different > mostDifferent)
        {
            for (var level = 0; level < levels.Length; level++)
            {
                levels[level] *= level == (int)Level.Different ? mostDifferent / different : (1 - mostDifferent) / (1 - different);
            }
        }
    }

    private static double[][] Start(IReadOnlyList<FieldKind> kinds, Func<FieldKind, double[]> start, double pairs) =>
        [.. kinds.Select(k => start(k).Select(p => p * pairs).ToArray())];

    private static double[][] Shares(double[][] counts, double least) =>
        [.. counts.Select(field => field.Select(c => Math.Max(least, c / field.Sum())).ToArray())];

    private static TermFrequencies Count(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests, double[] shares)
    {
        var terms = new TermFrequencies(kinds);
        for (var i = 0; i < guests.Count; i++)
        {
            terms.Add(guests[i], shares[i]);
        }

        return terms;
    }

    private static double Distance(PairModel one, PairModel other) =>
        Math.Max(
            one.SameGuest.SelectMany(f => f).Zip(other.SameGuest.SelectMany(f => f), (a, b) => Math.Abs(a - b)).Max(),
            Math.Abs(Math.Log2(one.TruePairs / other.TruePairs))
        );
}
