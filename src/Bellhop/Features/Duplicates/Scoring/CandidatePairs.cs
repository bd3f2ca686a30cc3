namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>The pairs of guests that share a key. A key that many guests share says little and gives no pairs.</summary>
internal static class CandidatePairs
{
    /// <summary>A key of more guests is left out, which keeps the pairs in proportion to the guests.</summary>
    public const int MostGuestsOfKey = 40;

    /// <returns>Each pair once, the smaller number first, in order.</returns>
    public static List<(int One, int Other)> Of(IReadOnlyList<FieldKind> kinds, IReadOnlyList<GuestRecord> guests)
    {
        var keyed = new List<(ulong Key, int Guest)>();
        for (var i = 0; i < guests.Count; i++)
        {
            foreach (var key in CandidateKeys.Of(kinds, guests[i]))
            {
                keyed.Add((key, i));
            }
        }

        keyed.Sort();
        var pairs = new List<ulong>();
        for (var (start, end) = (0, 0); start < keyed.Count; start = end)
        {
            for (end = start; end < keyed.Count && keyed[end].Key == keyed[start].Key; end++) { }

            for (var i = start; end - start <= MostGuestsOfKey && i < end; i++)
            {
                for (var j = i + 1; j < end; j++)
                {
                    pairs.Add(((ulong)keyed[i].Guest << 32) | (uint)keyed[j].Guest);
                }
            }

            // A pair often shares several keys: what is there already goes before the list grows on.
            if (pairs.Count > 20_000_000)
            {
                Sift(pairs);
            }
        }

        Sift(pairs);
        return pairs.ConvertAll(p => ((int)(p >> 32), (int)(p & uint.MaxValue)));
    }

    private static void Sift(List<ulong> pairs)
    {
        pairs.Sort();
        var kept = 0;
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i == 0 || pairs[i] != pairs[i - 1])
            {
                pairs[kept++] = pairs[i];
            }
        }

        pairs.RemoveRange(kept, pairs.Count - kept);
    }
}
