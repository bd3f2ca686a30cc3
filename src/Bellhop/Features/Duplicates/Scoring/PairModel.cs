using System.Runtime.InteropServices;

namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// What the likeness of two guests is computed from: m and u of every field and level, how many pairs are one guest, and how many are two
/// of one household.
/// </summary>
internal sealed class PairModel
{
    private readonly double[][] _weights;
    private readonly double[] _same;
    private readonly double _households;

    /// <param name="kinds">The kinds of the fields.</param>
    /// <param name="sameGuest">m: how often records of one guest agree so far, by field and <see cref="Level"/>.</param>
    /// <param name="twoGuests">u: how often two guests agree so far by chance.</param>
    /// <param name="truePairs">The share of pairs that are one guest, of all pairs.</param>
    /// <param name="households">The share of pairs that are two of one household with one phone or address.</param>
    /// <param name="terms">How common each value is.</param>
    public PairModel(
        IReadOnlyList<FieldKind> kinds,
        double[][] sameGuest,
        double[][] twoGuests,
        double truePairs,
        double households,
        TermFrequencies terms
    )
    {
        (Kinds, SameGuest, TwoGuests, TruePairs, Households, Terms) = (kinds, sameGuest, twoGuests, truePairs, households, terms);
        _weights = [.. kinds.Select((_, f) => Enumerable.Range(0, sameGuest[f].Length).Select(l => Weight(f, l)).ToArray())];
        _same = [.. sameGuest.Select(levels => Math.Log2(levels[(int)Level.Same]))];
        _households = Math.Log2(households);
    }

    public IReadOnlyList<FieldKind> Kinds { get; }
    public double[][] SameGuest { get; }
    public double[][] TwoGuests { get; }
    public double TruePairs { get; }
    public double Households { get; }
    public TermFrequencies Terms { get; }

    /// <summary>The model before anything is learned.</summary>
    public static PairModel Start(IReadOnlyList<FieldKind> kinds, int guests, TermFrequencies terms) =>
        new(
            kinds,
            [.. kinds.Select(Weights.SameGuest)],
            [.. kinds.Select(Weights.TwoGuests)],
            Math.Min(0.1, Weights.PairsPerGuest * 2 / Math.Max(1, guests)),
            Math.Min(0.1, Weights.HouseholdsPerGuest * 2 / Math.Max(1, guests)),
            terms
        );

    /// <summary>The weight of one comparison in bits: above 0 for one guest, below 0 against it.</summary>
    public double Of(Evidence evidence) => Of(evidence, Rareness(evidence));

    /// <summary>The whole weight in bits, with how rare true pairs and households are.</summary>
    public double Of(IReadOnlyList<Evidence> evidence)
    {
        Span<double> rareness = evidence.Count <= 64 ? stackalloc double[evidence.Count] : new double[evidence.Count];
        var all = Rarenesses(evidence, rareness);
        return Total(Before, Sum(all, rareness), Household.Against(this, all, rareness));
    }

    /// <summary>The whole weight: one guest against what else the pair may be, strangers or a household.</summary>
    /// <param name="before">The weight of a pair of which nothing is known.</param>
    /// <param name="sum">What speaks for one guest against strangers.</param>
    /// <param name="household">What speaks for one guest against <see cref="Household"/>.</param>
    public double Total(double before, double sum, double household)
    {
        var (strangers, relatives) = (before + sum, Relatives(before, household));
        return double.IsPositiveInfinity(household)
            ? strangers
            : Math.Min(strangers, relatives) - Math.Log2(1 + Math.Pow(2, -Math.Abs(strangers - relatives)));
    }

    /// <summary>Whether the pair is hardly two of a household. Strangers do not come in: they share no phone or address.</summary>
    public bool IsNoHousehold(IReadOnlyList<Evidence> evidence)
    {
        Span<double> rareness = evidence.Count <= 64 ? stackalloc double[evidence.Count] : new double[evidence.Count];
        var household = Household.Against(this, Rarenesses(evidence, rareness), rareness);
        return Probability(Relatives(Before, household)) >= Weights.Automatic;
    }

    /// <summary>The weight of a pair of which nothing is known.</summary>
    public double Before => Math.Log2(TruePairs / (1 - TruePairs));

    /// <summary>The weights together, without how rare true pairs are.</summary>
    public double Sum(IReadOnlyList<Evidence> evidence)
    {
        Span<double> rareness = evidence.Count <= 64 ? stackalloc double[evidence.Count] : new double[evidence.Count];
        return Sum(Rarenesses(evidence, rareness), rareness);
    }

    /// <summary>How rare the shared value is, in bits; 0 where none is shared.</summary>
    public double Rareness(Evidence evidence) =>
        evidence is { Level: Level.Same, Value: { } value } ? -Math.Log2(Terms.Of(evidence.Field, value)) : 0;

    /// <summary>
    /// The weights together. Whoever shares a town's rarest word shares its other words too: of a text whose words belong together, each
    /// shared word weighs its part of the rarest one. Such texts say where and what somebody is, not who: whoever shares the street shares
    /// the town, so the one that says most counts whole, the next one half, and so on. The shared words of a name are a family's too: those
    /// after the second count half, and fewer still where another word differs.
    /// </summary>
    /// <param name="rareness">For each comparison what <see cref="Rareness"/> says.</param>
    public double Sum(ReadOnlySpan<Evidence> evidence, ReadOnlySpan<double> rareness)
    {
        Span<double> rarest = stackalloc double[Kinds.Count];
        Span<double> fields = stackalloc double[Kinds.Count];
        var differs = false;
        for (var i = 0; i < evidence.Length; i++)
        {
            differs |= evidence[i].Level == Level.Different && Kinds[evidence[i].Field] == FieldKind.Name;
            if (evidence[i].Level == Level.Same)
            {
                rarest[evidence[i].Field] = Math.Max(rarest[evidence[i].Field], Of(evidence[i], rareness[i]));
            }
        }

        for (var i = 0; i < evidence.Length; i++)
        {
            var (one, field) = (evidence[i], evidence[i].Field);
            var together = one.Level == Level.Same && Kinds[field] == FieldKind.Words;
            var weight = together ? rarest[field] : Of(one, rareness[i]);
            var part = one.Level == Level.Same && Kinds[field] == FieldKind.Name ? Part(Rarer(evidence, rareness, i), differs) : 1;
            fields[field] += one.Share * part * weight;
        }

        var sum = 0.0;
        var around = rarest; // the same memory, used again
        var some = 0;
        for (var field = 0; field < fields.Length; field++)
        {
            if (Kinds[field] == FieldKind.Words && fields[field] > 0)
            {
                around[some++] = fields[field];
            }
            else
            {
                sum += fields[field];
            }
        }

        around[..some].Sort();
        for (var (i, part) = (some - 1, 1.0); i >= 0; i--, part *= Weights.NextText)
        {
            sum += around[i] * part;
        }

        return sum;
    }

    /// <summary>How probably a pair with this weight is one guest.</summary>
    public static double Probability(double weight) => 1 / (1 + Math.Pow(2, -weight));

    private double Relatives(double before, double household) => before - _households + household;

    private ReadOnlySpan<Evidence> Rarenesses(IReadOnlyList<Evidence> evidence, Span<double> rareness)
    {
        var all = evidence is List<Evidence> list ? CollectionsMarshal.AsSpan(list) : evidence.ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            rareness[i] = Rareness(all[i]);
        }

        return all;
    }

    // Sharing a value that everybody has, or what follows from the name, says little, but it never speaks against the pair.
    internal double Of(Evidence evidence, double rareness) =>
        evidence switch
        {
            { Level: Level.Same, Value: not null } => Math.Max(0, _same[evidence.Field] + rareness),
            { Level: not Level.Different } when evidence.Chance > TwoGuests[evidence.Field][(int)evidence.Level] => Math.Max(
                0,
                Math.Log2(SameGuest[evidence.Field][(int)evidence.Level] / evidence.Chance)
            ),
            _ => _weights[evidence.Field][(int)evidence.Level],
        };

    private static double Part(int rarer, bool differs) =>
        differs && rarer > 0 ? Weights.FamilyWord
        : rarer > 1 ? Weights.NextNameWord
        : 1;

    /// <summary>How many shared words of the name are rarer than this one.</summary>
    private static int Rarer(ReadOnlySpan<Evidence> evidence, ReadOnlySpan<double> rareness, int of)
    {
        var rarer = 0;
        for (var i = 0; i < evidence.Length; i++)
        {
            rarer +=
                evidence[i].Level == Level.Same
                && evidence[i].Field == evidence[of].Field
                && (rareness[i] > rareness[of] || (rareness[i] == rareness[of] && i < of))
                    ? 1
                    : 0;
        }

        return rarer;
    }

    private double Weight(int field, int level)
    {
        var weight = Math.Log2(SameGuest[field][level] / TwoGuests[field][level]);
        return level == (int)Level.Different ? Math.Min(0, weight) : weight;
    }
}
