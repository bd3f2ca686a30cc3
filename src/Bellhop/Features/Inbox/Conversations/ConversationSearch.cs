using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Finds conversations by the words of a guest's name or of a message. Each word may stand in another message. A rare word is looked up in
/// the search indexes. If all words are common, the list is read in its order and tested, because a page is full soon; where it is not,
/// the indexes are asked all the same.
/// </summary>
/// <param name="IsCommon">Whether to read the list in its order first.</param>
/// <param name="Tests">The conditions on the conversations <c>c</c>, each after its AND: each word is looked for in all of it.</param>
/// <param name="Found">The ids of all conversations with one of the words; null where no word is long enough for the indexes.</param>
/// <param name="Others">The conditions on those of <paramref name="Found"/>: the other words.</param>
internal sealed record ConversationSearch(bool IsCommon, Sql Tests, Sql? Found, Sql Others)
{
    /// <summary>
    /// A word that more messages contain is common. At five million messages, testing the conversations of a page takes as long as looking
    /// up such a word.
    /// </summary>
    internal const double CommonShare = 0.0025;

    /// <summary>So many conversations are read in the order of the list before the indexes are asked.</summary>
    internal const int Patience = 500;

    /// <summary>A word in the names of a greater part of the guests is common too.</summary>
    internal const double CommonName = 0.05;

    /// <summary>What a test of a conversation reads at most, about.</summary>
    internal const int MessagesOfOne = 50;

    private const int MostWords = 8;

    /// <returns>Null where there is nothing to look for.</returns>
    public static async ValueTask<ConversationSearch?> Of(string? q, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var words = Fold.Key(q ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(w => w.Length)
            .Take(MostWords)
            .ToList();
        if (words.Count == 0)
        {
            return null;
        }

        var tests = Sql.Join("", words.Select(w => Sql.Of($" AND {Has(w, db.Dialect)}")));
        var sample = await MessageSample.Of(who.OrganizationId, db, cancel);
        if (words.Where(IsIndexed).MinBy(sample.Share) is not { } rarest)
        {
            return new(false, tests, null, Sql.None);
        }

        // Another word is tested in each conversation with the rarest, or looked up: whatever reads less.
        var tested = sample.Share(rarest);
        var others = words
            .Where(w => w != rarest)
            .Select(w =>
                IsIndexed(w) && sample.Share(w) < tested * Math.Min(MessagesOfOne, 1 / sample.Share(w))
                    ? Sql.Of($" AND c.id IN ({Ids(w, who, db.Dialect)})")
                    : $" AND {Has(w, db.Dialect)}"
            );
        return new(sample.IsCommon(rarest), tests, Ids(rarest, who, db.Dialect), Sql.Join("", others));
    }

    /// <summary>The conversations in which a message, or the guest's name, contains the word.</summary>
    private static Sql Ids(string word, Actor who, SqlDialect dialect)
    {
        var guests = dialect.Hits($"{who.OrganizationId}", [new(0, 1, null)], isShort: false, int.MaxValue, $"id").With(new Sought([word]));
        return $"""
            SELECT h.conversation_id AS id FROM ({dialect.MessageHits(who.OrganizationId, word, int.MaxValue)}) h
            UNION SELECT t.id FROM ({guests}) k{dialect.JoinAfter}conversations t
            ON t.organization_id = {who.OrganizationId} AND t.contact_id = k.id
            """;
    }

    /// <summary>The condition that a conversation has the word.</summary>
    private static Sql Has(string word, SqlDialect dialect)
    {
        Sql sought = $"{word}";
        return $"""
            (EXISTS (SELECT 1 FROM contacts k WHERE k.organization_id = c.organization_id AND k.id = c.contact_id
                AND {dialect.Holds($"k.search", sought)})
            OR EXISTS (SELECT 1 FROM messages w WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id
                AND {dialect.Holds($"w.search", sought)}))
            """;
    }

    private static bool IsIndexed(string word) => word.EnumerateRunes().Take(SearchSql.Unit).Count() == SearchSql.Unit;

    private sealed record Sought(IReadOnlyList<string> Spellings) : ISoughtTexts;
}
