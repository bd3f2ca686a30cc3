using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127134418_OwnChoices")]
    public sealed class OwnChoices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "chosen_at",
                table: "users",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "landing",
                table: "users",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "users",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "done",
                table: "notes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateOnly>(
                name: "due",
                table: "notes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "list_views",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    list = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    columns = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    dense = table.Column<bool>(type: "INTEGER", nullable: false),
                    tabs = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    note_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    user_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false)
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

            migrationBuilder.Sql("ALTER TABLE users DROP COLUMN chosen_at");

            migrationBuilder.Sql("ALTER TABLE users DROP COLUMN landing");

            migrationBuilder.Sql("ALTER TABLE users DROP COLUMN language");

            migrationBuilder.Sql("ALTER TABLE notes DROP COLUMN done");

            migrationBuilder.Sql("ALTER TABLE notes DROP COLUMN due");
        }
    }
}
