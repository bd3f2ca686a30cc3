namespace Bellhop.Benchmarks.Duplicates;

/// <summary>How good found pairs are, against the pairs of the truth.</summary>
public readonly record struct LinkageScore(int Found, int Right, int True)
{
    public double Precision => Found == 0 ? 1 : Right / (double)Found;
    public double Recall => Right / (double)Math.Max(1, True);
    public double F1 => 2.0 * Right / Math.Max(1, Found + True);

    public static int TruePairs(IEnumerable<string> truth) =>
        truth.GroupBy(t => t, StringComparer.Ordinal).Sum(g => g.Count() * (g.Count() - 1) / 2);

    public static LinkageScore Of(IEnumerable<(int One, int Other)> pairs, IReadOnlyList<string> truth)
    {
        var (found, right) = (0, 0);
        foreach (var (one, other) in pairs)
        {
            found++;
            right += truth[one] == truth[other] ? 1 : 0;
        }

        return new(found, right, TruePairs(truth));
    }

    /// <summary>The most true pairs that can be shown, likeliest first, while at least 95 of 100 shown are true.</summary>
    public static double RecallAtPrecision95(IEnumerable<(int One, int Other)> likeliestFirst, IReadOnlyList<string> truth)
    {
        var (found, right, best) = (0, 0, 0);
        foreach (var (one, other) in likeliestFirst)
        {
            found++;
            right += truth[one] == truth[other] ? 1 : 0;
            best = right >= 0.95 * found ? right : best;
        }

        return best / (double)Math.Max(1, TruePairs(truth));
    }
}
