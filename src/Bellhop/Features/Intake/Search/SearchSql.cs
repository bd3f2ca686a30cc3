using Bellhop.Data;

namespace Bellhop.Features.Intake;

/// <summary>
/// Builds the SQL of a search from its shape, which has one character for each word. A digit means that many spellings, looked for in the
/// whole text. Any other character means one spelling, looked for before <see cref="SearchText.Apart"/>. The texts themselves are holes,
/// which read the <see cref="SearchTerms"/>.
/// </summary>
internal static class SearchSql
{
    /// <summary>A word of one letter; no index answers it.</summary>
    public const char Letter = 'l';

    /// <summary>A word of two letters, which have an index of their own.</summary>
    public const char Pair = 'p';

    /// <summary>A short word.</summary>
    public const char Near = 'n';

    /// <summary>How many letters a unit of the index has.</summary>
    public const int Unit = 3;

    /// <summary>The places of the words to look up in the index.</summary>
    /// <param name="word">The place of the only word, or <see cref="SearchTerms.AllWords"/> for all words that the index can answer
    /// together.</param>
    public static IReadOnlyList<int> LookedUp(string shape, int word)
    {
        if (word != SearchTerms.AllWords)
        {
            return [word];
        }

        var all = Enumerable.Range(0, shape.Length).Where(i => shape[i] is not (Letter or Pair)).ToList();
        return all.Count > 0 || shape.IndexOf(Pair, StringComparison.Ordinal) is not (>= 0 and var pair) ? all : [pair];
    }

    /// <summary>Whether the word looked up is one of two letters.</summary>
    public static bool IsPair(string shape, int word) => LookedUp(shape, word) is [var only] && shape[only] == Pair;

    /// <summary>A SELECT of the ids of contacts that the index finds, at most <paramref name="most"/>.</summary>
    /// <param name="columns">The columns to read, where <see cref="SqlDialect.HitsAreRows"/>; only the id when left out.</param>
    public static Sql Hits(SqlDialect dialect, Sql organization, string shape, int word, int most, Sql? columns = null) =>
        dialect.Hits(organization, Sought(shape, word), IsPair(shape, word), most, columns ?? Sql.Of($"id"));

    /// <summary>The words to look up in an index.</summary>
    public static IReadOnlyList<SoughtWord> Sought(string shape, int word)
    {
        var words = Words(shape);
        return [.. LookedUp(shape, word).Select(i => words[i])];
    }

    /// <summary>The words of a search. Their holes read the <see cref="SearchTerms"/> of this shape.</summary>
    public static IReadOnlyList<SoughtWord> Words(string shape)
    {
        var (words, first) = (new SoughtWord[shape.Length], 0);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = IsWhole(shape[i]) ? new(first, shape[i] - '0', null) : new(first, 1, SearchText.Apart);
            first += words[i].Count;
        }

        return words;
    }

    /// <summary>The condition that a search text has a word.</summary>
    public static Sql Has(SqlDialect dialect, Sql column, SoughtWord word) =>
        Sql.Join(" OR ", word.Spellings.Select(s => dialect.Holds(column, s, word.Before)));

    /// <summary>The conditions that a search text has every word, each after its AND.</summary>
    /// <param name="found">The word that was looked up in the index already; null when none was.</param>
    public static Sql And(SqlDialect dialect, Sql column, string shape, int? found = null)
    {
        var sure = found is { } word && dialect.HitsAreExact ? LookedUp(shape, word) : [];
        return Words(shape)
            .Where((_, i) => !sure.Contains(i))
            .Aggregate(Sql.None, (all, w) => Sql.Of($"{all} AND ({Has(dialect, column, w)})"));
    }

    private static bool IsWhole(char kind) => char.IsAsciiDigit(kind);
}
