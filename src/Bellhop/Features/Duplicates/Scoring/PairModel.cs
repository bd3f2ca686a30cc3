namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>What the likeness of two guests is computed from: m and u of every field and level, and how many pairs are one guest.</summary>
internal sealed class PairModel
{
    private readonly double[][] _weights;

    /// <param name="kinds">The kinds of the fields.</param>
    /// <param name="sameGuest">m: how often records of one guest agree so far, by field and <see cref="Level"/>.</param>
    /// <param name="twoGuests">u: how often two guests agree so far by chance.</param>
    /// <param name="truePairs">The share of pairs that are one guest, of all pairs.</param>
    /// <param name="terms">How common each value is.</param>
    public PairModel(IReadOnlyList<FieldKind> kinds, double[][] sameGuest, double[][] twoGuests, double truePairs, TermFrequencies terms)
    {
        (Kinds, SameGuest, TwoGuests, TruePairs, Terms) = (kinds, sameGuest, twoGuests, truePairs, terms);
        _weights = [.. kinds.Select((_, f) => Enumerable.Range(0, sameGuest[f].Length).Select(l => Weight(f, l)).ToArray())];
    }

    public IReadOnlyList<FieldKind> Kinds { get; }
    public double[][] SameGuest { get; }
    public double[][] TwoGuests { get; }
    public double TruePairs { get; }
    public TermFrequencies Terms { get; }

    /// <summary>The model before anything is learned.</summary>
    public static PairModel Start(IReadOnlyList<FieldKind> kinds, int guests, TermFrequencies terms) =>
        new(
            kinds,
            [.. kinds.Select(Weights.SameGuest)],
            [.. kinds.Select(Weights.TwoGuests)],
            Math.Min(0.1, Weights.PairsPerGuest * 2 / Math.Max(1, guests)),
            terms
        );

    /// <summary>The weight of one comparison in bits: above 0 for one guest, below 0 against it.</summary>
    public double Of(Evidence evidence)
    {
        // Sharing a value that everybody has says little, but it never speaks against the pair.
        return evidence is { Level: Level.Same, Value: { } value }
            ? Math.Max(0, Math.Log2(SameGuest[evidence.Field][0] / Terms.Of(evidence.Field, value)))
            : _weights[evidence.Field][(int)evidence.Level];
    }

    /// <summary>The whole weight in bits, with how rare true pairs are.</summary>
    public double Of(IReadOnlyList<Evidence> evidence) => Math.Log2(TruePairs / (1 - TruePairs)) + Sum(evidence);

    /// <summary>
    /// The weights together. Whoever shares a town's rarest word shares its other words too: of a text whose words belong together, each
    /// shared word weighs its part of the rarest one.
    /// </summary>
    public double Sum(IReadOnlyList<Evidence> evidence)
    {
        Span<double> rarest = stackalloc double[Kinds.Count];
        foreach (var one in evidence)
        {
            if (one.Level == Level.Same)
            {
                rarest[one.Field] = Math.Max(rarest[one.Field], Of(one));
            }
        }

        var sum = 0.0;
        foreach (var one in evidence)
        {
            var together = one.Level == Level.Same && Kinds[one.Field] == FieldKind.Words;
            sum += one.Share * (together ? rarest[one.Field] : Of(one));
        }

        return sum;
    }

    /// <summary>How probably a pair with this weight is one guest.</summary>
    public static double Probability(double weight) => 1 / (1 + Math.Pow(2, -weight));

    private double Weight(int field, int level)
    {
        var weight = Math.Log2(SameGuest[field][level] / TwoGuests[field][level]);
        return level == (int)Level.Different ? Math.Min(0, weight) : weight;
    }
}
