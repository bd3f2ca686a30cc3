using System.Globalization;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates.Scoring;

/// <summary>
/// What is compared of one guest: for each field its values, and for a field of <see cref="FieldKind.Words"/> its words. A field without
/// values says nothing.
/// </summary>
public sealed class GuestRecord
{
    /// <summary>A name has seldom more words; a longer text is compared by its first ones.</summary>
    private const int MostWords = 10;

    private readonly string[][] _fields;

    /// <param name="kinds">The kinds of the fields, the same for all records that are compared.</param>
    /// <param name="values">The values of each field, as they are written.</param>
    public GuestRecord(IReadOnlyList<FieldKind> kinds, IReadOnlyList<IReadOnlyList<string>> values)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        ArgumentNullException.ThrowIfNull(values);
        _fields = new string[kinds.Count][];
        for (var field = 0; field < _fields.Length; field++)
        {
            var kind = kinds[field];
            _fields[field] = [.. values[field].SelectMany(v => Read(kind, v)).Distinct(StringComparer.Ordinal).Take(MostWords)];
        }
    }

    /// <summary>The values of a field, folded; empty where nothing is known.</summary>
    public IReadOnlyList<string> this[int field] => _fields[field];

    /// <summary>The words of a name, folded, each once.</summary>
    public static IReadOnlySet<string> WordsOf(string name) => Words(Fold.Key(name)).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Read(FieldKind kind, string value)
    {
        var folded = Fold.Key(value);
        return kind switch
        {
            FieldKind.Name or FieldKind.Words => Words(folded),
            FieldKind.Number or FieldKind.Date => folded.Any(char.IsAsciiDigit)
                ? [string.Concat(folded.Where(char.IsAsciiLetterOrDigit))]
                : [],
            _ => folded.Length > 0 ? [folded] : [],
        };
    }

    /// <summary>The words of a folded text. Signs within a word fall away (O’Connor, D.); other signs separate words.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var word = new System.Text.StringBuilder();
        foreach (var c in text)
        {
            if (IsLetter(c))
            {
                word.Append(c);
            }
            else if (c is not '\'' and not '’' and not '.' && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static bool IsLetter(char c) =>
        char.IsLetterOrDigit(c)
        || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
