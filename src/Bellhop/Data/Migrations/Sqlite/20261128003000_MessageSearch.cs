using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261128003000_MessageSearch")]
    public sealed class MessageSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // As the index of contacts: trigrams without the text itself, under row numbers of their own. The save keeps it up to date.
            migrationBuilder.Sql(
                """
                CREATE TABLE message_search_rows (
                    id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL, message_id BLOB NOT NULL, conversation_id BLOB NOT NULL,
                    UNIQUE (organization_id, message_id))
                """);
            migrationBuilder.Sql(
                "CREATE VIRTUAL TABLE message_search USING fts5 (text, tokenize = 'trigram case_sensitive 1', content = '')");
            migrationBuilder.Sql("INSERT INTO message_search (message_search, rank) VALUES ('secure-delete', 1)");
            migrationBuilder.Sql(
                """
                INSERT INTO message_search_rows (organization_id, message_id, conversation_id)
                SELECT organization_id, id, conversation_id FROM messages WHERE search IS NOT NULL ORDER BY organization_id, id
                """);
            migrationBuilder.Sql(
                """
                INSERT INTO message_search (rowid, text) SELECT r.id, m.search FROM message_search_rows r
                JOIN messages m ON m.organization_id = r.organization_id AND m.id = r.message_id ORDER BY r.id
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE message_search");
            migrationBuilder.Sql("DROP TABLE message_search_rows");
        }
    }
}
