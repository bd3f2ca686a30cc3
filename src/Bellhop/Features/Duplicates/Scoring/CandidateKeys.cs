using System.Runtime.InteropServices;

namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// Blocking: only guests who share a key are compared. A key is a phone, an address, the end of a number, a day, or two words of what is
/// known; of a word its first letters count, so that a slip at its end does not matter.
/// </summary>
internal static class CandidateKeys
{
    private const int Letters = 4;
    private const int Digits = 6;

    /// <summary>The guest's keys, each once, as stable numbers: the same text gives the same key everywhere.</summary>
    public static HashSet<ulong> Of(IReadOnlyList<FieldKind> kinds, GuestRecord guest)
    {
        var keys = new HashSet<ulong>();
        var terms = new List<ulong>();
        for (var field = 0; field < kinds.Count; field++)
        {
            foreach (var value in guest[field])
            {
                Add(keys, terms, field, kinds[field], value);
            }
        }

        for (var i = 0; i < terms.Count; i++)
        {
            for (var j = i + 1; j < terms.Count; j++)
            {
                keys.Add(terms[i] ^ System.Numerics.BitOperations.RotateLeft(terms[j], terms[i] == terms[j] ? 1 : 0) ^ 0x5DEECE66DUL);
            }
        }

        return keys;
    }

    /// <summary>The key that all guests with this very value or word have.</summary>
    public static ulong Of(int field, FieldKind kind, string value) =>
        Hash(
            field,
            kind switch
            {
                FieldKind.Number => 'n',
                FieldKind.Email => 'e',
                FieldKind.Date => 'd',
                _ => 'w',
            },
            value
        );

    private static void Add(HashSet<ulong> keys, List<ulong> terms, int field, FieldKind kind, string value)
    {
        switch (kind)
        {
            case FieldKind.Name:
            case FieldKind.Words:
                keys.Add(Hash(field, 'w', value));
                terms.Add(Hash(field, 't', value.AsSpan(0, Math.Min(Letters, value.Length))));
                break;
            case FieldKind.Number:
                keys.Add(Hash(field, 'n', value));
                if (value.Length >= Digits)
                {
                    var half = Math.Min(Digits, (value.Length + 1) / 2);
                    keys.Add(Hash(field, '<', value.AsSpan(0, half)));
                    keys.Add(Hash(field, '>', value.AsSpan(value.Length - half)));
                }

                break;
            case FieldKind.Email:
                keys.Add(Hash(field, 'e', value));
                if (value.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
                {
                    keys.Add(Hash(field, 'l', value.AsSpan(0, at)));
                    terms.Add(Hash(field, 't', value.AsSpan(0, Math.Min(Letters, at))));
                }

                break;
            case FieldKind.Date:
                keys.Add(Hash(field, 'd', value));
                terms.Add(Hash(field, 'y', value.AsSpan(0, Math.Min(4, value.Length))));
                if (value.Length == 8)
                {
                    terms.Add(Hash(field, 'm', value.AsSpan(4)));
                }

                break;
        }
    }

    // FNV-1a.
    private static ulong Hash(int field, char what, ReadOnlySpan<char> value)
    {
        var hash = (14695981039346656037UL ^ (ulong)field) * 1099511628211UL;
        hash = (hash ^ what) * 1099511628211UL;
        foreach (var b in MemoryMarshal.AsBytes(value))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return hash;
    }
}
