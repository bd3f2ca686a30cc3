using Bellhop.Data;
using Bellhop.Features.Inbox;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>The inbox's questions as one would write them by hand, each for the words it is asked with.</summary>
internal sealed class InboxByHand(Actor who, BellhopDb db)
{
    public IReadOnlyList<Sql> Waiting(Sql where) =>
        [Page($"conversations c", $"{where} AND c.waiting_empty = 0", $"c.waiting_since, c.id")];

    public IReadOnlyList<Sql> Newest(Sql where) => [Page($"conversations c", where, $"c.last_at DESC, c.id DESC")];

    /// <summary>Read in the order of the list, each conversation looked through.</summary>
    public IReadOnlyList<Sql> Walked(string word, Sql? where = null) => Waiting($"{where ?? Sql.None} AND ({Has(word)})");

    /// <summary>Found in the search indexes, and sorted.</summary>
    public IReadOnlyList<Sql> Found(string word, string? other = null, Sql? where = null)
    {
        var found = other is null ? Ids(word) : $"SELECT f.id FROM ({Ids(word)}) f INTERSECT SELECT o.id FROM ({Ids(other)}) o";
        return
        [
            Page(
                $"({found}) f{db.Dialect.JoinAfter}conversations c ON c.id = f.id",
                where ?? Sql.None,
                $"c.waiting_empty, c.waiting_since, CASE WHEN c.waiting_empty = 1 THEN c.last_at END DESC, c.id"
            ),
        ];
    }

    /// <summary>One word looked up, and another looked for in what is found.</summary>
    public IReadOnlyList<Sql> FoundWith(string rare, string common) => Found(rare, where: $" AND ({Has(common)})");

    /// <param name="messages">Those of the page, whose files are asked for.</param>
    public IReadOnlyList<Sql> Thread(Guid id, IEnumerable<Guid> messages) =>
        [
            $"SELECT 1 FROM conversations c WHERE c.organization_id = {who.OrganizationId} AND c.id = {id}",
            $"""
                SELECT {MessageRow.Columns} FROM messages m WHERE m.organization_id = {who.OrganizationId} AND m.conversation_id = {id}
                ORDER BY m.at DESC, m.id DESC LIMIT 41
                """,
            $"""
                SELECT n.id, n.text FROM conversation_notes n WHERE n.organization_id = {who.OrganizationId} AND n.conversation_id = {id}
                ORDER BY n.at DESC, n.id DESC LIMIT 41
                """,
            $"""
                SELECT f.message_id, f.id, f.kind, f.file_name, f.content_type, f.bytes, f.state, f.has_preview, f.provider_url
                FROM message_files f WHERE f.organization_id = {who.OrganizationId} AND {db.Dialect.Among($"f.message_id", messages)}
                ORDER BY f.message_id, f.place
                """,
        ];

    private Sql Page(Sql from, Sql where, Sql order) =>
        $"""
            SELECT {ConversationRow.Columns} FROM (SELECT c.* FROM {from}
                WHERE c.organization_id = {who.OrganizationId}{where} ORDER BY {order} LIMIT 26) c
            JOIN channel_accounts a ON a.organization_id = c.organization_id AND a.id = c.account_id
            JOIN connections n ON n.organization_id = a.organization_id AND n.id = a.connection_id
            JOIN properties p ON p.organization_id = c.organization_id AND p.id = c.property_id
            LEFT JOIN contacts g ON g.organization_id = c.organization_id AND g.id = c.contact_id
            LEFT JOIN conversation_seen s ON s.organization_id = c.organization_id AND s.conversation_id = c.id AND s.person_id = {who.Id}
            LEFT JOIN users u ON u.id = c.assignee_id
            LEFT JOIN messages m ON m.organization_id = c.organization_id AND m.id = c.last_id
            ORDER BY {order}
            """;

    private Sql Has(string word) =>
        $"""
            (SELECT 1 FROM messages w WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id
                AND octet_length(w.search) <= 2000 AND {db.Dialect.Holds($"w.search", $"{word}")} LIMIT 1) IS NOT NULL
            OR (SELECT 1 FROM contacts k WHERE k.organization_id = c.organization_id AND k.id = c.contact_id
                AND {db.Dialect.Holds($"k.search", $"{word}")}) IS NOT NULL
            OR (SELECT 1 FROM messages w WHERE w.organization_id = c.organization_id AND w.conversation_id = c.id
                AND octet_length(w.search) > 2000 AND {db.Dialect.Holds($"w.search", $"{word}")} LIMIT 1) IS NOT NULL
            """;

    private Sql Ids(string word) =>
        $"""
            SELECT h.conversation_id AS id FROM ({db.Dialect.MessageHits(who.OrganizationId, word, int.MaxValue)}) h
            UNION SELECT t.id FROM ({Guests(word)}) k{db.Dialect.JoinAfter}conversations t
            ON t.organization_id = {who.OrganizationId} AND t.contact_id = k.id
            """;

    private Sql Guests(string word)
    {
        var hits = db
            .Dialect.Hits($"{who.OrganizationId}", [new(0, 1, null)], isShort: false, int.MaxValue, $"id")
            .With(new Sought([word]));
        return $"SELECT k.id FROM ({hits}) k";
    }

    private sealed record Sought(IReadOnlyList<string> Spellings) : ISoughtTexts;
}
