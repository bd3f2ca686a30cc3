namespace Bellhop.Features.Demo;

/// <summary>Random numbers that are the same on every machine and with every version: SplitMix64.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number from 0 to less than <paramref name="below"/>.</summary>
    public int Below(int below) => (int)(Next() % (ulong)below);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True with this probability in percent.</summary>
    public bool Percent(double percent) => Below(100_000) < percent * 1000;

    public T One<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    /// <summary>One of the values. A value's probability is in proportion to its weight.</summary>
    public T Weighted<T>(IReadOnlyList<(T Value, int Weight)> of)
    {
        var left = Below(of.Sum(o => o.Weight));
        foreach (var (value, weight) in of)
        {
            left -= weight;
            if (left < 0)
            {
                return value;
            }
        }

        throw new InvalidOperationException("Weights are above zero.");
    }

    /// <summary>
    /// Small numbers often and large ones rarely, at most <paramref name="most"/>. The average is about <paramref name="mean"/>.
    /// </summary>
    public int Falling(int mean, int most)
    {
        var unit = (Below(1_000_000) + 0.5) / 1_000_000;
        return Math.Min(most, (int)(-mean * Math.Log(unit)));
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
