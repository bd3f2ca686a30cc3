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

        // Two letters are no trigram: what is searched for two letters goes by pairs.
        migrationBuilder.Sql(
            """
            CREATE FUNCTION bellhop_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
            AS 'SELECT array_agg(DISTINCT substr(words, place, 2)) FROM generate_series(1, length(words) - 1) place'
            """);
        migrationBuilder.Sql("CREATE INDEX ix_contacts_pairs ON contacts USING gin (bellhop_pairs(search)) WITH (fastupdate = off)");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("DROP INDEX ix_contacts_pairs");
        migrationBuilder.Sql("DROP FUNCTION bellhop_pairs");
        migrationBuilder.Sql("DROP INDEX ix_contacts_search");
    }
}
