using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261128063020_DuplicateKeys")]
    public sealed class DuplicateKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "merge_automatically",
                table: "organizations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "duplicate_checks",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_checks", x => new { x.organization_id, x.contact_id });
                });

            migrationBuilder.CreateTable(
                name: "duplicate_keys",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    key = table.Column<long>(type: "INTEGER", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_keys", x => new { x.organization_id, x.key, x.contact_id });
                    table.ForeignKey(
                        name: "fk_duplicate_keys_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "duplicate_weights",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    weights = table.Column<string>(type: "TEXT", nullable: true),
                    learned_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sweep_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    sweep_place = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_weights", x => x.organization_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_keys_organization_id_contact_id",
                table: "duplicate_keys",
                columns: new[] { "organization_id", "contact_id" });

            // Guests that were there before are compared as soon as the server runs.
            migrationBuilder.Sql(
                "INSERT INTO duplicate_checks (organization_id, contact_id) SELECT organization_id, id FROM contacts"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duplicate_checks");

            migrationBuilder.DropTable(
                name: "duplicate_keys");

            migrationBuilder.DropTable(
                name: "duplicate_weights");

            migrationBuilder.Sql("ALTER TABLE organizations DROP COLUMN merge_automatically");
        }
    }
}
