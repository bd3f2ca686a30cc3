using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bellhop.Data.Migrations.Postgres;

/// <summary>The search index: trigrams of the folded text.</summary>
[DbContext(typeof(PostgresDb)), Migration("20261123000000_Search")]
public sealed class Search : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS pg_trgm");
        migrationBuilder.Sql("CREATE INDEX ix_contacts_search ON contacts USING gin (search gin_trgm_ops) WITH (fastupdate = off)");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX ix_contacts_search");
}
