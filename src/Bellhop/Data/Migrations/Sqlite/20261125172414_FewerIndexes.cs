using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
