using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127105043_BookingSearch")]
    public sealed class BookingSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "search",
                table: "bookings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "warnings",
                table: "bookings",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "room_types",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_types", x => new { x.organization_id, x.name });
                });

            // Few bookings have a text of their own, so a search reads these texts from this index alone.
            migrationBuilder.Sql("CREATE INDEX ix_bookings_search ON bookings (organization_id, search, id) WHERE search IS NOT NULL");

            // Only our code folds texts, so a job fills what older bookings lack.
            migrationBuilder.Sql(
                """
                INSERT INTO jobs (organization_id, id, kind, argument, starter_id, starter_kind, state, created_at, run_at, attempts, progress)
                SELECT id, randomblob(16), 'bookings.texts', '', zeroblob(16), 'System', 'Queued', CAST(unixepoch('subsec') * 1000 AS INTEGER), 0, 0, 0
                FROM organizations WHERE EXISTS (SELECT 1 FROM bookings b WHERE b.organization_id = organizations.id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM jobs WHERE kind = 'bookings.texts'");
            migrationBuilder.DropTable(name: "room_types");
            migrationBuilder.Sql("DROP INDEX ix_bookings_search");

            // Not DropColumn: that makes the table anew, without the indexes that are written by hand.
            migrationBuilder.Sql("ALTER TABLE bookings DROP COLUMN search");
            migrationBuilder.Sql("ALTER TABLE bookings DROP COLUMN warnings");
        }
    }
}
