using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bellhop.Data.Migrations.Sqlite;

/// <summary>The search index: contentless trigrams with row numbers of its own, kept by the save, and forgetting for good what is deleted.</summary>
[DbContext(typeof(SqliteDb)), Migration("20261123000000_Search")]
public sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE TABLE contact_search_rows (id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL, contact_id BLOB NOT NULL, UNIQUE (organization_id, contact_id))");
        migrationBuilder.Sql("CREATE VIRTUAL TABLE contact_search USING fts5 (text, tokenize = 'trigram case_sensitive 1', content = '')");
        migrationBuilder.Sql("CREATE VIRTUAL TABLE contact_search_terms USING fts5vocab (contact_search, instance)");
        migrationBuilder.Sql("INSERT INTO contact_search (contact_search, rank) VALUES ('secure-delete', 1)");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP TABLE contact_search_terms");
        migrationBuilder.Sql("DROP TABLE contact_search");
        migrationBuilder.Sql("DROP TABLE contact_search_rows");
    }
}
