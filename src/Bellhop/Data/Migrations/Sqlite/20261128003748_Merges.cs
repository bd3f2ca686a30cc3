using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261128003748_Merges")]
    public sealed class Merges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "merges",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    from_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    who_kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    who_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    who_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merges", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_merges_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_merges_organization_id_contact_id_at",
                table: "merges",
                columns: new[] { "organization_id", "contact_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_merges_organization_id_from_id",
                table: "merges",
                columns: new[] { "organization_id", "from_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "merges");
        }
    }
}
