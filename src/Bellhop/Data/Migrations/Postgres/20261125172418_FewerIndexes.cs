using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // New words wait in a short list and go in together: one at a time costs a guest more than all else that is written of them.
            migrationBuilder.Sql("ALTER INDEX ix_contacts_search SET (fastupdate = on)");
            migrationBuilder.Sql("ALTER INDEX ix_contacts_pairs SET (fastupdate = on)");

            // In whatever order and however often, the index takes each pair once: to sort them before cost as much as to take them in.
            migrationBuilder.Sql(
                """
                CREATE OR REPLACE FUNCTION bellhop_pairs(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
                AS 'DECLARE pairs text[]; BEGIN FOR place IN 1 .. length(words) - 1 LOOP pairs[place] := substr(words, place, 2); END LOOP; RETURN pairs; END'
                """);
            migrationBuilder.DropIndex(
                name: "ix_touches_organization_id_property_id",
                table: "touches");

            migrationBuilder.DropIndex(
                name: "ix_imports_organization_id_property_id",
                table: "imports");

            migrationBuilder.DropIndex(
                name: "ix_contacts_organization_id_property_id",
                table: "contacts");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER INDEX ix_contacts_search SET (fastupdate = off)");
            migrationBuilder.Sql("ALTER INDEX ix_contacts_pairs SET (fastupdate = off)");
            migrationBuilder.Sql(
                """
                CREATE OR REPLACE FUNCTION bellhop_pairs(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
                AS 'SELECT array_agg(DISTINCT substr(words, place, 2)) FROM generate_series(1, length(words) - 1) place'
                """);
            migrationBuilder.CreateIndex(
                name: "ix_touches_organization_id_property_id",
                table: "touches",
                columns: new[] { "organization_id", "property_id" });

            migrationBuilder.CreateIndex(
                name: "ix_imports_organization_id_property_id",
                table: "imports",
                columns: new[] { "organization_id", "property_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_property_id",
                table: "contacts",
                columns: new[] { "organization_id", "property_id" });
        }
    }
}
