namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>One comparison of two guests: a value of a field, or one word of a text.</summary>
/// <param name="Field">Which field.</param>
/// <param name="Level">How far they agree.</param>
/// <param name="Value">The value or word that both have; null below <see cref="Level.Same"/>.</param>
/// <param name="Share">1; of a text whose words belong together, the word's part of it.</param>
/// <param name="Chance">Of addresses: how probably two guests of this name agree so by chance; 0 where the name says nothing of it.</param>
public readonly record struct Evidence(int Field, Level Level, string? Value, double Share = 1, double Chance = 0)
{
    /// <summary>Compares two guests field by field. A field that one of them lacks gives nothing.</summary>
    public static IReadOnlyList<Evidence> Of(IReadOnlyList<FieldKind> kinds, GuestRecord one, GuestRecord other)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var found = new List<Evidence>(8);
        for (var field = 0; field < kinds.Count; field++)
        {
            var (mine, theirs) = (one[field], other[field]);
            if (mine.Count == 0 || theirs.Count == 0)
            {
                continue;
            }

            if (kinds[field] is FieldKind.Name or FieldKind.Words)
            {
                var share = kinds[field] == FieldKind.Name ? 1 : 1.0 / Math.Min(mine.Count, theirs.Count);
                Align(field, share, mine, theirs, found);
            }
            else
            {
                var (best, a, b) = Best(field, kinds[field], mine, theirs);
                var isAlike = kinds[field] == FieldKind.Email && best.Level is Level.Slip or Level.Alike or Level.Part;
                found.Add(isAlike ? BeyondName.Of(best, a, b, BeyondName.Shared(kinds, one, other)) : best);
            }
        }

        return found;
    }

    /// <summary>Of several phones or addresses, those that agree most.</summary>
    private static (Evidence Evidence, string One, string Other) Best(
        int field,
        FieldKind kind,
        IReadOnlyList<string> mine,
        IReadOnlyList<string> theirs
    )
    {
        var best = (Evidence: new Evidence(field, Level.Different, null), One: mine[0], Other: theirs[0]);
        foreach (var a in mine)
        {
            foreach (var b in theirs)
            {
                var level = Distances.Of(kind, a, b);
                best = level < best.Evidence.Level ? (new(field, level, level == Level.Same ? a : null), a, b) : best;
            }
        }

        return best;
    }

    /// <summary>
    /// Each word of the shorter text meets the word of the longer one that it agrees with most, and no two the same. Further words of the
    /// longer text say nothing: people leave out second names.
    /// </summary>
    private static void Align(int field, double share, IReadOnlyList<string> one, IReadOnlyList<string> other, List<Evidence> found)
    {
        var (fewer, more) = one.Count <= other.Count ? (one, other) : (other, one);
        Span<Level> levels = stackalloc Level[fewer.Count * more.Count];
        for (var i = 0; i < fewer.Count; i++)
        {
            for (var j = 0; j < more.Count; j++)
            {
                levels[(i * more.Count) + j] = Distances.Of(FieldKind.Words, fewer[i], more[j]);
            }
        }

        uint left = 0,
            met = 0;
        for (var level = Level.Same; level < Level.Different; level++)
        {
            for (var i = 0; i < fewer.Count; i++)
            {
                for (var j = 0; j < more.Count && (left & (1u << i)) == 0; j++)
                {
                    if (levels[(i * more.Count) + j] == level && (met & (1u << j)) == 0)
                    {
                        (left, met) = (left | (1u << i), met | (1u << j));
                        found.Add(new(field, level, level == Level.Same ? fewer[i] : null, share));
                    }
                }
            }
        }

        for (var i = 0; i < fewer.Count; i++)
        {
            if ((left & (1u << i)) == 0)
            {
                found.Add(new(field, Level.Different, null, share));
            }
        }
    }
}
