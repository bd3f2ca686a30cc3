using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127171400_Settings")]
    public sealed class Settings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "hours",
                table: "properties",
                type: "character varying(392)",
                maxLength: 392,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "accent",
                table: "organizations",
                type: "character varying(7)",
                maxLength: 7,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "public_address",
                table: "organizations",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "logos",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    picture = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C")
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

            migrationBuilder.DropColumn(
                name: "hours",
                table: "properties");

            migrationBuilder.DropColumn(
                name: "accent",
                table: "organizations");

            migrationBuilder.DropColumn(
                name: "public_address",
                table: "organizations");
        }
    }
}
