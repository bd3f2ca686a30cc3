using System.Numerics;
using F23.StringSimilarity;

namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>How far two values of one kind agree.</summary>
internal static class Distances
{
    private static readonly OptimalStringAlignment Slips = new();
    private static readonly JaroWinkler Likeness = new();

    public static Level Of(FieldKind kind, string one, string other)
    {
        if (string.Equals(one, other, StringComparison.Ordinal))
        {
            return Level.Same;
        }

        return kind switch
        {
            FieldKind.Name or FieldKind.Words => Words(one, other),
            FieldKind.Number => Number(one, other),
            FieldKind.Email => Email(one, other),
            FieldKind.Date => Date(one, other),
            _ => Level.Different,
        };
    }

    private static Level Words(string one, string other)
    {
        var (shorter, longer) = one.Length <= other.Length ? (one, other) : (other, one);
        if (longer.Length >= 4 && shorter.Length > 2 && Within(one, other, longer.Length >= 8 ? 2 : 1))
        {
            return Level.Slip;
        }

        // A number that is alike is still another number.
        if (char.IsAsciiDigit(shorter[0]) || char.IsAsciiDigit(longer[0]))
        {
            return Level.Different;
        }

        var begins = shorter.Length != 2 && longer.StartsWith(shorter, StringComparison.Ordinal);
        return begins ? Level.Part
            : shorter.Length > 2 && IsAlike(one, other) ? Level.Alike
            : Level.Different;
    }

    private static Level Number(string one, string other) =>
        Within(one, other, 1) ? Level.Slip
        : Math.Min(one.Length, other.Length) >= 7 && Within(one, other, 2) ? Level.Alike
        : Level.Different;

    private static Level Email(string one, string other)
    {
        var (local, otherLocal) = (Local(one), Local(other));
        return local.Length >= 3 && string.Equals(local, otherLocal, StringComparison.Ordinal) ? Level.Part
            : Within(one, other, 2) ? Level.Slip
            : IsAlike(local, otherLocal) ? Level.Alike
            : Level.Different;
    }

    private static Level Date(string one, string other)
    {
        if (one.Length != 8 || other.Length != 8)
        {
            return Level.Different;
        }

        var swapped = string.Concat(one.AsSpan(0, 4), one.AsSpan(6, 2), one.AsSpan(4, 2));
        if (string.Equals(swapped, other, StringComparison.Ordinal) || Within(one, other, 1))
        {
            return Level.Slip;
        }

        var (year, month, day) = (
            one.AsSpan(0, 4).SequenceEqual(other.AsSpan(0, 4)),
            one.AsSpan(4, 2).SequenceEqual(other.AsSpan(4, 2)),
            one.AsSpan(6, 2).SequenceEqual(other.AsSpan(6, 2))
        );
        return (year && (month || day)) || (month && day) ? Level.Alike
            : year || Within(one, other, 2) ? Level.Part
            : Level.Different;
    }

    /// <summary>The part of an address before the @.</summary>
    public static string Local(string address) =>
        address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? address[..at] : address;

    // A slip changes at most two of the letters that occur, which is counted sooner than the slips are.
    private static bool Within(string one, string other, int slips) =>
        Math.Abs(one.Length - other.Length) <= slips
        && BitOperations.PopCount(Letters(one) ^ Letters(other)) <= 2 * slips
        && Slips.Distance(one, other) <= slips;

    // Most words are far too different: by the letters that only one has, it is known sooner than by the likeness itself.
    private static bool IsAlike(string one, string other)
    {
        var (letters, others) = (Letters(one), Letters(other));
        var shared = Math.Min(
            one.Length - BitOperations.PopCount(letters & ~others),
            other.Length - BitOperations.PopCount(others & ~letters)
        );
        if (shared <= 0)
        {
            return false;
        }

        var jaro = (((double)shared / one.Length) + ((double)shared / other.Length) + 1) / 3;
        var prefix = one.AsSpan().CommonPrefixLength(other);
        var most = jaro + (Math.Min(0.1, 1.0 / Math.Max(one.Length, other.Length)) * prefix * (1 - jaro));
        return most >= Weights.AlikeWords && Likeness.Similarity(one, other) >= Weights.AlikeWords;
    }

    private static ulong Letters(string text)
    {
        var letters = 0UL;
        foreach (var c in text)
        {
            letters |= 1UL << (c & 63);
        }

        return letters;
    }
}
