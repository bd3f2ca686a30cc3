using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// What a person typed into a search: words that must all be found, in any order, each in one of its spellings. The guest list, the
/// look-up, the palette and the bookings all read it here.
/// </summary>
public sealed class SearchTerms : ISoughtTexts
{
    /// <summary>At most this many words, the longest, are looked for, since more words do not narrow the result.</summary>
    public const int MostWords = 8;

    /// <summary>Used in place of a word's place: all words that the index can answer.</summary>
    internal const int AllWords = -1;

    /// <summary>Words with fewer letters are not looked for in a name written as one word.</summary>
    private const int Long = 5;

    // Characters around a word that are not part of it, as in "MUELLER, ANNA MARIA".
    internal static readonly char[] Around = [',', ';', ':', '!', '?', '"', '(', ')', '[', ']', '<', '>', '/', .. SearchText.Joiners];

    private SearchTerms(IReadOnlyList<Word> words, IReadOnlyList<string> names)
    {
        (Words, Names) = (words, names);
        Shape = string.Concat(words.Select(w => w.Kind));
        Spellings = [.. words.SelectMany(w => w.Spellings)];
    }

    public static SearchTerms None { get; } = new([], []);

    public IReadOnlyList<Word> Words { get; }

    /// <summary>Every spelling of every word, in order. They are the parameters of a statement of this shape.</summary>
    public IReadOnlyList<string> Spellings { get; }

    /// <summary>The folded names that the whole text may mean, with the surname first or last.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The part that decides a statement's SQL text: a character for each word, see <see cref="SearchSql"/>.</summary>
    internal string Shape { get; }

    public bool IsEmpty => Words.Count == 0;

    /// <summary>Whether the search index can answer any of the words.</summary>
    public bool HasIndex => Words.Any(w => w.Kind != SearchSql.Letter);

    /// <param name="Typed">As it was typed, folded.</param>
    /// <param name="Spellings">The word is found when any of these is found.</param>
    /// <param name="Kind">How it is looked for, see <see cref="SearchSql"/>.</param>
    public sealed record Word(string Typed, IReadOnlyList<string> Spellings, char Kind);

    /// <summary>Reads what was typed. Returns <see cref="None"/> when there is nothing to look for.</summary>
    public static SearchTerms Of(string? typed)
    {
        if (typed is null || Fold.Key(typed) is not { Length: > 0 } key)
        {
            return None;
        }

        var words = new List<Word>();
        var number = new List<string>();
        foreach (var token in key.Split(' ').Select(WithoutScheme).Where(t => t.Length > 0))
        {
            if (!SearchPhone.IsPart(token, begins: number.Count == 0))
            {
                AddNumber();
                AddWord(token);
                continue;
            }

            if (token[0] == '+')
            {
                AddNumber();
            }

            number.Add(token);
        }

        AddNumber();
        if (words.Count == 0)
        {
            words.Add(Of([key], key)); // only signs: taken as they are
        }

        return new([.. Chosen(words)], NamesOf(typed, key));

        void AddNumber()
        {
            if (SearchPhone.Spellings(string.Concat(number)) is { Count: > 0 } spellings)
            {
                words.Add(new(string.Join(' ', number), spellings, (char)('0' + spellings.Count)));
            }
            else
            {
                number.ForEach(AddWord);
            }

            number.Clear();
        }

        void AddWord(string token)
        {
            var word = token.Contains('@', StringComparison.Ordinal) ? token : token.Trim(Around);
            if (word.Length == 0)
            {
                return;
            }

            var joined = word.Contains('@', StringComparison.Ordinal) || word[0] == '+' ? word : SearchText.Joined(word);
            words.Add(Of(joined == word || joined.Length < SearchSql.Unit ? [word] : [word, joined], word));
        }
    }

    private static Word Of(string[] spellings, string typed)
    {
        var letters = spellings[0].EnumerateRunes().Take(Long).Count();
        var kind =
            spellings.Length > 1 || letters == Long ? (char)('0' + spellings.Length)
            : letters == 1 ? SearchSql.Letter
            : letters == 2 ? SearchSql.Pair
            : SearchSql.Near;
        return new(typed, spellings, kind);
    }

    /// <summary>
    /// Keeps each word once, and of too many words the longest. Beside other words, a single letter must begin a word of the name.
    /// </summary>
    private static IEnumerable<Word> Chosen(List<Word> words)
    {
        var once = words.DistinctBy(w => w.Spellings[0], StringComparer.Ordinal).ToList();
        var least = once.Count <= MostWords ? 0 : once.Select(w => w.Typed.Length).OrderDescending().ElementAt(MostWords - 1);
        return once.Where(w => w.Typed.Length >= least)
            .Take(MostWords)
            .Select(w => w.Kind == SearchSql.Letter && once.Count > 1 ? Of([' ' + w.Typed], w.Typed) : w);
    }

    /// <summary>Drops the scheme and the parameters of a phone link, as in "tel:+351-912…;ext=5".</summary>
    private static string WithoutScheme(string token) =>
        token.StartsWith("tel:", StringComparison.Ordinal) ? token["tel:".Length..].Split(';')[0] : token;

    private static List<string> NamesOf(string typed, string key)
    {
        var ways = new[] { key, SearchText.Expand(typed), SearchText.Collapse(key) }.Distinct(StringComparer.Ordinal);
        return [.. ways.SelectMany(w => new[] { w, SurnameLast(w) }).Distinct(StringComparer.Ordinal)];
    }

    private static string SurnameLast(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        var end = comma >= 0 ? comma : name.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? name : $"{name[(end + 1)..].Trim()} {name[..end].Trim()}".Trim();
    }
}
