using Bellhop.Features.Intake;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>What a search finds, decided on the texts themselves and not by a database.</summary>
internal static class SearchMatches
{
    /// <summary>Whether a guest's search text has the word.</summary>
    public static bool IsIn(this SearchTerms.Word word, string text)
    {
        var end = char.IsAsciiDigit(word.Kind) ? text.Length : text.IndexOf(SearchText.Apart, StringComparison.Ordinal);
        return word.Spellings.Any(s => text.AsSpan(0, end < 0 ? text.Length : end).Contains(s, StringComparison.Ordinal));
    }

    /// <summary>Whether a guest's search text has every word; false when nothing was typed.</summary>
    public static bool AreIn(this SearchTerms terms, string text) => !terms.IsEmpty && terms.Words.All(w => w.IsIn(text));
}
