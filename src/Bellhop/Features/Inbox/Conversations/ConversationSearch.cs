using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Finds conversations by the words of a guest's name or of a message. Each word may stand in another message. A rare word is looked up in
/// the search indexes, and the others are tested among its conversations. If all words are common, the list is read in its order and
/// tested: a page is full soon.
/// </summary>
internal static class ConversationSearch
{
    /// <summary>With more hits than this, reading the list in its order is quicker.</summary>
    private const int Most = 4000;

    /// <summary>So many of the newest messages say how common a word is.</summary>
    private const int Sampled = 1000;

    /// <summary>A word in at least so many of them is common.</summary>
    private const int Common = 10;

    private const int MostWords = 8;

    /// <summary>The conditions on the conversations <c>c</c> and their contacts <c>g</c>, each after its AND.</summary>
    public static async Task<IReadOnlyList<Sql>> Where(string? q, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var words = Fold.Key(q ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(w => w.Length)
            .Take(MostWords)
            .ToList();
        if (words.Count == 0)
        {
            return [];
        }

        var found = words.Exists(IsIndexed) ? await Rarest(words, who, db, cancel) : null;
        var parts = words.Where(w => w != found?.Word).Select(w => Has(w, db.Dialect)).ToList();
        return found is { } rare ? [Sql.Of($" AND {db.Dialect.Among($"c.id", rare.Conversations)}"), .. parts] : parts;
    }

    /// <summary>The word that is in the fewest conversations, with those; null if every word is in many.</summary>
    private static async Task<(string Word, IReadOnlyCollection<Guid> Conversations)?> Rarest(
        IReadOnlyList<string> words,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var newest = await db.Read(
            $"SELECT search FROM messages WHERE organization_id = {who.OrganizationId} ORDER BY id DESC{SqlDialect.Limit(Sampled)}",
            row => row.TextOrNull(),
            cancel
        );
        var rare = words
            .Where(IsIndexed)
            .Select(w => (Word: w, Often: newest.Count(t => t?.Contains(w, StringComparison.Ordinal) == true)))
            .Where(w => w.Often < Common)
            .OrderBy(w => w.Often)
            .Select(w => w.Word);
        foreach (var word in rare)
        {
            var ids = new HashSet<Guid>();
            foreach (var hits in (Sql[])[ByMessage(word, who, db), ByGuest(word, who, db)])
            {
                var some = await db.Read(hits, row => row.Id(), cancel);
                if (some.Count > Most)
                {
                    ids = null;
                    break;
                }

                ids!.UnionWith(some);
            }

            if (ids is not null)
            {
                return (word, ids);
            }
        }

        return null;
    }

    private static Sql ByMessage(string word, Actor who, BellhopDb db) => db.Dialect.MessageHits(who.OrganizationId, word, Most + 1);

    private static Sql ByGuest(string word, Actor who, BellhopDb db)
    {
        var guests = db.Dialect.Hits($"{who.OrganizationId}", [new(0, 1, null)], isShort: false, Most + 1, $"id").With(new Sought([word]));
        return $"""
            SELECT t.id FROM conversations t WHERE t.organization_id = {who.OrganizationId}
            AND t.contact_id IN (SELECT k.id FROM ({guests}) k) LIMIT {Most + 1:fixed}
            """;
    }

    /// <summary>The condition that a conversation has the word.</summary>
    private static Sql Has(string word, SqlDialect dialect)
    {
        Sql sought = $"{word}";
        return $"""
             AND ({dialect.Holds($"COALESCE(g.search, '')", sought)} OR EXISTS (SELECT 1 FROM messages w
            WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id AND {dialect.Holds($"w.search", sought)}))
            """;
    }

    private static bool IsIndexed(string word) => word.EnumerateRunes().Take(SearchSql.Unit).Count() == SearchSql.Unit;

    private sealed record Sought(IReadOnlyList<string> Spellings) : ISoughtTexts;
}
