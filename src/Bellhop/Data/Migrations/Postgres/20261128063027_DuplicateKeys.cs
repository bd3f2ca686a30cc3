using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261128063027_DuplicateKeys")]
    public sealed class DuplicateKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "merge_automatically",
                table: "organizations",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "duplicate_checks",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_checks", x => new { x.organization_id, x.contact_id });
                });

            migrationBuilder.CreateTable(
                name: "duplicate_keys",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    key = table.Column<long>(type: "bigint", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    weights = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    learned_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    sweep_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sweep_place = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C")
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

            migrationBuilder.DropColumn(
                name: "merge_automatically",
                table: "organizations");
        }
    }
}
