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
