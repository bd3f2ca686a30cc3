namespace Bellhop.Features.Demo;

/// <summary>Chance that falls the same way on every machine and with every version: SplitMix64.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0 up to, not including, <paramref name="below"/>.</summary>
    public int Below(int below) => (int)(Next() % (ulong)below);

    /// <summary>From <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True in so many of a hundred throws.</summary>
    public bool Percent(double percent) => Below(100_000) < percent * 1000;

    public T One<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    /// <summary>One of several, each as likely as its weight.</summary>
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

    /// <summary>Small numbers often, great ones seldom: about <paramref name="mean"/> on the whole.</summary>
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
