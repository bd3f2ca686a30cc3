using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127134452_OwnChoices")]
    public sealed class OwnChoices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "chosen_at",
                table: "users",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTime(1970, 1, 1, 0, 0, 0, 0, DateTimeKind.Utc));

            migrationBuilder.AddColumn<string>(
                name: "landing",
                table: "users",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "users",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "done",
                table: "notes",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateOnly>(
                name: "due",
                table: "notes",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "list_views",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    list = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    columns = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    dense = table.Column<bool>(type: "boolean", nullable: false),
                    tabs = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_list_views", x => new { x.organization_id, x.user_id, x.list });
                    table.ForeignKey(
                        name: "fk_list_views_memberships_organization_id_user_id",
                        columns: x => new { x.organization_id, x.user_id },
                        principalTable: "memberships",
                        principalColumns: new[] { "organization_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "note_mentions",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    note_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_note_mentions", x => new { x.organization_id, x.note_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_note_mentions_notes_organization_id_note_id",
                        columns: x => new { x.organization_id, x.note_id },
                        principalTable: "notes",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_notes_due",
                table: "notes",
                columns: new[] { "organization_id", "due", "id" },
                filter: "due IS NOT NULL AND done = false");

            migrationBuilder.CreateIndex(
                name: "ix_note_mentions_organization_id_user_id",
                table: "note_mentions",
                columns: new[] { "organization_id", "user_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "list_views");

            migrationBuilder.DropTable(
                name: "note_mentions");

            migrationBuilder.DropIndex(
                name: "ix_notes_due",
                table: "notes");

            migrationBuilder.DropColumn(
                name: "chosen_at",
                table: "users");

            migrationBuilder.DropColumn(
                name: "landing",
                table: "users");

            migrationBuilder.DropColumn(
                name: "language",
                table: "users");

            migrationBuilder.DropColumn(
                name: "done",
                table: "notes");

            migrationBuilder.DropColumn(
                name: "due",
                table: "notes");
        }
    }
}
