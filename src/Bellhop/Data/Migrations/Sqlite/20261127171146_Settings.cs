using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127171146_Settings")]
    public sealed class Settings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "hours",
                table: "properties",
                type: "TEXT",
                maxLength: 392,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "accent",
                table: "organizations",
                type: "TEXT",
                maxLength: 7,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "public_address",
                table: "organizations",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "logos",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    picture = table.Column<byte[]>(type: "BLOB", nullable: false),
                    version = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_logos", x => x.organization_id);
                    table.ForeignKey(
                        name: "fk_logos_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "logos");

            migrationBuilder.Sql("ALTER TABLE properties DROP COLUMN hours");

            migrationBuilder.Sql("ALTER TABLE organizations DROP COLUMN accent");

            migrationBuilder.Sql("ALTER TABLE organizations DROP COLUMN public_address");
        }
    }
}
