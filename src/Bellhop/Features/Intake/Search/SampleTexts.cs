using System.Numerics;
using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// The search texts of sampled guests, one after the other in one text. So a word is looked for in all of them at once, which takes a
/// small part of the time of looking into each.
/// </summary>
internal sealed class SampleTexts
{
    private const int MostWords = 1000;

    // No search text has it, so no word is found across two texts.
    private const char Between = '\0';

    private readonly BoundedCache<(char Kind, string Spellings), SampleMatches> _known = new(MostWords);
    private readonly (string Text, int[] Starts) _whole,
        _beforeApart;

    public SampleTexts(IReadOnlyList<string> texts)
    {
        Count = texts.Count;
        _whole = Join(texts);
        _beforeApart = Join(texts.Select(t => t.IndexOf(SearchText.Apart, StringComparison.Ordinal) is >= 0 and var end ? t[..end] : t));
    }

    /// <summary>How many texts there are.</summary>
    public int Count { get; }

    /// <summary>The texts that have a word. Open pages ask for the same words again and again, so the answer is kept.</summary>
    public SampleMatches Having(SearchTerms.Word word)
    {
        var key = (word.Kind, string.Join('\n', word.Spellings));
        if (!_known.TryGet(key, out var matches))
        {
            matches = Find(word);
            _known.Set(key, matches);
        }

        return matches;
    }

    private SampleMatches Find(SearchTerms.Word word)
    {
        var matches = new SampleMatches(Count);
        var (text, starts) = char.IsAsciiDigit(word.Kind) ? _whole : _beforeApart;
        foreach (var spelling in word.Spellings)
        {
            for (var at = 0; at < Count; at++)
            {
                if (text.AsSpan(starts[at]).IndexOf(spelling, StringComparison.Ordinal) is not (>= 0 and var next))
                {
                    break;
                }

                // One match in a text is enough, so the search goes on with the text after it.
                at = TextAt(starts, starts[at] + next);
                matches.Add(at);
            }
        }

        return matches;
    }

    private static int TextAt(int[] starts, int place) => Array.BinarySearch(starts, place) is var found && found >= 0 ? found : ~found - 1;

    private static (string Text, int[] Starts) Join(IEnumerable<string> texts)
    {
        var (all, starts) = (new StringBuilder(), new List<int>());
        foreach (var text in texts)
        {
            starts.Add(all.Length);
            all.Append(text).Append(Between);
        }

        return (all.ToString(), [.. starts]);
    }
}

/// <summary>Some of the sampled guests, by their places in the sample.</summary>
internal sealed class SampleMatches(int size)
{
    private const int Bits = 64;

    private readonly ulong[] _bits = new ulong[(size + Bits - 1) / Bits];

    public bool this[int place] => (_bits[place / Bits] & (1UL << (place % Bits))) != 0;

    /// <summary>How many there are.</summary>
    public int Count => _bits.Sum(static bits => BitOperations.PopCount(bits));

    public static SampleMatches All(int size)
    {
        var all = new SampleMatches(size);
        for (var place = 0; place < size; place++)
        {
            all.Add(place);
        }

        return all;
    }

    public void Add(int place) => _bits[place / Bits] |= 1UL << (place % Bits);

    /// <summary>Leaves those that are among the others too.</summary>
    public void And(SampleMatches others)
    {
        for (var i = 0; i < _bits.Length; i++)
        {
            _bits[i] &= others._bits[i];
        }
    }
}
