using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Finds conversations by the words of a guest's name or of a message. Each word may stand in another message. The list is read in its
/// order and tested where a page is full sooner than the rarest word is looked up in the search indexes; else that word is looked up.
/// </summary>
/// <param name="Tests">The conditions on the conversations <c>c</c>, each after its AND: each word is looked for in all of it.</param>
/// <param name="Found">The ids of all conversations with the words that are looked up; null where no word is long enough for the
/// indexes.</param>
/// <param name="Others">The conditions on those of <paramref name="Found"/>: the other words.</param>
/// <param name="Walks">So many conversations are read in the order of the list, each time more, before the indexes are asked.</param>
internal sealed record ConversationSearch(Sql Tests, Sql? Found, Sql Others, IReadOnlyList<int> Walks)
{
    /// <summary>The fewest conversations that are read in the order of the list before it counts as fruitless.</summary>
    internal const int LeastPatience = 256;

    // Costs are told in messages of one conversation, which lie side by side in their index. A hit lies anywhere, with its conversation.
    private const double HitCost = 25,
        ConversationCost = 10;

    private const int MostPatience = 1 << 20;
    private const int MoreEachTime = 8;
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
        var indexed = words.Where(IsIndexed).ToList();
        if (indexed.Count == 0)
        {
            return new(tests, null, Sql.None, []);
        }

        var sample = await ConversationSample.Of(who.OrganizationId, db, cancel);
        var rarest = indexed.MinBy(sample.Hits)!;
        var test = sample.Messages + ConversationCost;
        // Another word is looked up, or tested in each conversation with the rarest: whatever reads less.
        var lookedUp = indexed
            .Where(w => w != rarest && sample.Hits(w) * HitCost < sample.Conversations(rarest) * test)
            .Prepend(rarest)
            .ToList();
        var tested = words.Except(lookedUp).Select(w => Sql.Of($" AND {Has(w, db.Dialect)}"));
        return new(
            tests,
            lookedUp[1..]
                .Aggregate(
                    Ids(rarest, who, db.Dialect),
                    (found, w) => $"SELECT f.id FROM ({found}) f INTERSECT SELECT o.id FROM ({Ids(w, who, db.Dialect)}) o"
                ),
            Sql.Join("", tested),
            WalksWhere(sample.Share(words), lookedUp.Sum(sample.Hits) * HitCost / test)
        );
    }

    /// <param name="share">The part of all conversations that has the words.</param>
    /// <param name="most">So many conversations are tested in the time of a look-up.</param>
    private static List<int> WalksWhere(double share, double most)
    {
        var walks = new List<int>();
        var passed = (PageQuery.UsualLimit + 1) / share;
        if (passed <= most)
        {
            var patience = LeastPatience;
            while (patience < 2 * passed)
            {
                patience *= 2;
            }

            do
            {
                walks.Add(patience);
                patience *= MoreEachTime;
            } while (patience <= most && patience <= MostPatience);
        }

        return walks;
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
    /// <remarks>Not by EXISTS: PostgreSQL may read all messages first to answer it for each conversation.</remarks>
    private static Sql Has(string word, SqlDialect dialect)
    {
        Sql sought = $"{word}";
        return $"""
            ((SELECT 1 FROM messages w WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id
                AND octet_length(w.search) <= 2000 AND {dialect.Holds($"w.search", sought)} LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM contacts k WHERE k.organization_id = c.organization_id AND k.id = c.contact_id
                AND {dialect.Holds($"k.search", sought)} LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM messages w WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id
                AND octet_length(w.search) > 2000 AND {dialect.Holds($"w.search", sought)} LIMIT 1) IS NOT NULL)
            """;
    }

    private static bool IsIndexed(string word) => word.EnumerateRunes().Take(SearchSql.Unit).Count() == SearchSql.Unit;

    private sealed record Sought(IReadOnlyList<string> Spellings) : ISoughtTexts;
}
