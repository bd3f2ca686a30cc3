using Microsoft.EntityFrameworkCore;

namespace Bellhop.Data;

/// <summary>The search index of the embedded database, which Bellhop maintains itself: check it and rebuild it.</summary>
public sealed partial class SqliteDb
{
    public override async Task<IReadOnlyList<Guid>> Strayed(
        int organizationId,
        Guid after,
        Guid to,
        IReadOnlyDictionary<Guid, string> texts,
        CancellationToken cancel
    )
    {
        // The index does not keep the texts, but it keeps the number of trigrams of each. The number is enough to find a missing or
        // different text without one search per contact.
        await using var command = await Sql(
            """
            SELECT r.contact_id, d.sz FROM contact_search_rows r LEFT JOIN contact_search_docsize d ON d.id = r.id
            WHERE r.organization_id = @organization AND r.contact_id > @after AND r.contact_id <= @to
            """,
            cancel
        );
        command.With("organization", organizationId).With("after", Stored(after)).With("to", Stored(to));
        var right = texts.Keys.ToHashSet();
        var strayed = new List<Guid>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                var id = ReadId(row, 0);
                right.Remove(id);
                if (
                    !texts.TryGetValue(id, out var text)
                    || await row.IsDBNullAsync(1, cancel)
                    || Number(await row.GetFieldValueAsync<byte[]>(1, cancel)) != Trigrams(text)
                )
                {
                    strayed.Add(id);
                }
            }
        }

        strayed.AddRange(right.Order());
        return strayed;
    }

    public override async Task RebuildSearch(CancellationToken cancel)
    {
        foreach (
            var constant in (string[])
                [
                    "INSERT INTO contact_search (contact_search) VALUES ('delete-all')",
                    "DELETE FROM contact_search_rows",
                    "INSERT INTO contact_search_rows (organization_id, contact_id) "
                        + "SELECT organization_id, id FROM contacts ORDER BY organization_id, id",
                    "INSERT INTO contact_search (rowid, text) SELECT r.id, c.search FROM contact_search_rows r "
                        + "JOIN contacts c ON c.organization_id = r.organization_id AND c.id = r.contact_id ORDER BY r.id",
                    "INSERT INTO message_search (message_search) VALUES ('delete-all')",
                    "DELETE FROM message_search_rows",
                    "INSERT INTO message_search_rows (organization_id, message_id, conversation_id) "
                        + "SELECT organization_id, id, conversation_id FROM messages WHERE search IS NOT NULL ORDER BY organization_id, id",
                    "INSERT INTO message_search (rowid, text) SELECT r.id, m.search FROM message_search_rows r "
                        + "JOIN messages m ON m.organization_id = r.organization_id AND m.id = r.message_id ORDER BY r.id",
                ]
        )
        {
            await using var command = await Sql(constant, cancel);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Gives the index of messages what the save has changed. It is asked for by binding, as there may be many.</summary>
    private void WriteMessageSearch()
    {
        foreach (var (organization, message, conversation, before, after) in SaveContext.MessageTexts)
        {
            var id = message.ToByteArray(bigEndian: true);
            if (before is not null)
            {
                // A contentless index can delete a text only if it gets exactly the text that was inserted.
                Run(
                    "INSERT INTO message_search (message_search, rowid, text) SELECT 'delete', id, ? FROM message_search_rows "
                        + "WHERE organization_id = ? AND message_id = ?",
                    before,
                    organization,
                    id
                );
                Run("DELETE FROM message_search_rows WHERE organization_id = ? AND message_id = ?", organization, id);
            }

            if (after is not null)
            {
                Run(
                    "INSERT INTO message_search_rows (organization_id, message_id, conversation_id) VALUES (?, ?, ?)",
                    organization,
                    id,
                    conversation.ToByteArray(bigEndian: true)
                );
                Run("INSERT INTO message_search (rowid, text) VALUES (last_insert_rowid(), ?)", after);
            }
        }

        void Run(string sql, params ReadOnlySpan<object> values)
        {
            var statement = _turn!.Insert(sql);
            try
            {
                for (var i = 0; i < values.Length; i++)
                {
                    statement.Bind(i, values[i]);
                }

                statement.Run();
            }
            finally
            {
                statement.Forget();
            }
        }
    }

    private static int Trigrams(string text) => Math.Max(0, text.EnumerateRunes().Count() - 2);

    /// <summary>Decodes SQLite's number format: seven bits a byte, the most significant first.</summary>
    private static long Number(byte[] stored)
    {
        var number = 0L;
        foreach (var part in stored)
        {
            number = (number << 7) | (part & 0x7FL);
            if (part < 0x80)
            {
                break;
            }
        }

        return number;
    }
}
