namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// The candidates that weights are learned from, each compared once. All comparisons are in one array, so that a round of EM is sums of
/// numbers and no look-up.
/// </summary>
internal sealed class ComparedPairs
{
    private readonly IReadOnlyList<FieldKind> _kinds;
    private readonly (int One, int Other)[] _guests;
    private readonly int[] _ends;
    private readonly Evidence[] _evidence;
    private readonly double[] _rareness;
    private readonly double[] _sums;
    private readonly double[] _households;
    private readonly double[] _probabilities;

    public ComparedPairs(
        IReadOnlyList<FieldKind> kinds,
        IReadOnlyList<GuestRecord> guests,
        IReadOnlyList<(int One, int Other)> candidates,
        int step
    )
    {
        var count = (candidates.Count + step - 1) / step;
        (_kinds, _guests, _ends) = (kinds, new (int, int)[count], new int[count]);
        (_sums, _households, _probabilities) = (new double[count], new double[count], new double[count]);
        var evidence = new List<Evidence>(count * (kinds.Count + 1));
        for (var pair = 0; pair < count; pair++)
        {
            var (one, other) = _guests[pair] = candidates[pair * step];
            evidence.AddRange(Evidence.Of(kinds, guests[one], guests[other]));
            _ends[pair] = evidence.Count;
        }

        _evidence = [.. evidence];
        _rareness = new double[_evidence.Length];
    }

    public int Count => _guests.Length;

    /// <summary>How probably a pair is one guest, by the last <see cref="Expect"/>.</summary>
    public double this[int pair] => _probabilities[pair];

    public (int One, int Other) Guests(int pair) => _guests[pair];

    /// <summary>Takes over from the model how rare the shared values are.</summary>
    public void Weigh(PairModel model)
    {
        for (var i = 0; i < _evidence.Length; i++)
        {
            _rareness[i] = model.Rareness(_evidence[i]);
        }
    }

    /// <summary>
    /// The E-step: how probably each pair is one guest. Where they would be more than can be, true pairs are taken to be as much rarer.
    /// </summary>
    /// <returns>How many are one guest, and how many are two of one household, of these pairs.</returns>
    public (double Found, double Households) Expect(PairModel model, double most)
    {
        for (var pair = 0; pair < Count; pair++)
        {
            var its = Start(pair).._ends[pair];
            _sums[pair] = model.Sum(_evidence.AsSpan(its), _rareness.AsSpan(its));
            _households[pair] = Household.Against(model, _evidence.AsSpan(its), _rareness.AsSpan(its));
        }

        var before = model.Before;
        if (Found(model, before) > most)
        {
            for (var (low, high) = (-60.0, before); high - low > 0.01; )
            {
                before = (low + high) / 2;
                (low, high) = Found(model, before) > most ? (low, before) : (before, high);
            }
        }

        var (found, households, share) = (0.0, 0.0, Math.Log2(model.Households));
        for (var pair = 0; pair < Count; pair++)
        {
            var (strangers, relatives) = (before + _sums[pair], share + _sums[pair] - _households[pair]);
            households += 1 / (1 + Math.Pow(2, -relatives) + Math.Pow(2, strangers - relatives));
            found += _probabilities[pair] = PairModel.Probability(model.Total(before, _sums[pair], _households[pair]));
        }

        return (found, households);
    }

    /// <summary>Adds the levels of the pairs, each as often as it is one guest.</summary>
    public void AddTo(double[][] counts, int times)
    {
        for (var pair = 0; pair < Count; pair++)
        {
            var weight = _probabilities[pair] * times;
            foreach (var evidence in _evidence.AsSpan(Start(pair).._ends[pair]))
            {
                counts[evidence.Field][(int)evidence.Level] += weight * evidence.Share;
            }
        }
    }

    /// <summary>For each guest 1, or less where it is probably there more than once.</summary>
    public double[] Shares(int guests)
    {
        var others = new double[guests];
        for (var pair = 0; pair < Count; pair++)
        {
            if (!AreNamedAlike(pair))
            {
                continue;
            }

            var (one, other) = _guests[pair];
            others[one] += _probabilities[pair];
            others[other] += _probabilities[pair];
        }

        return [.. others.Select(o => 1 / (1 + o))];
    }

    /// <summary>How many pairs agree plainly.</summary>
    public int Plain() => Enumerable.Range(0, Count).Count(IsPlain);

    /// <summary>Whether the two agree in a phone, in an address, or in the whole name and something else.</summary>
    private bool IsPlain(int pair)
    {
        var (names, other, differs, identity) = (0, 0, false, false);
        foreach (var evidence in _evidence.AsSpan(Start(pair).._ends[pair]))
        {
            var (kind, same) = (_kinds[evidence.Field], evidence.Level == Level.Same);
            identity |= same && kind.IsIdentity();
            differs |= !same && kind == FieldKind.Name;
            names += same && kind == FieldKind.Name ? 1 : 0;
            other += same && kind != FieldKind.Name ? 1 : 0;
        }

        return identity || (!differs && names > 0 && other > 0);
    }

    /// <summary>Whether no word of the names differs, or the two agree in a phone or an address.</summary>
    private bool AreNamedAlike(int pair)
    {
        var differs = false;
        foreach (var evidence in _evidence.AsSpan(Start(pair).._ends[pair]))
        {
            if (evidence.Level == Level.Same && _kinds[evidence.Field].IsIdentity())
            {
                return true;
            }

            differs |= evidence.Level == Level.Different && _kinds[evidence.Field] == FieldKind.Name;
        }

        return !differs;
    }

    private int Start(int pair) => pair == 0 ? 0 : _ends[pair - 1];

    private double Found(PairModel model, double before)
    {
        var found = 0.0;
        for (var pair = 0; pair < Count; pair++)
        {
            found += PairModel.Probability(model.Total(before, _sums[pair], _households[pair]));
        }

        return found;
    }
}
