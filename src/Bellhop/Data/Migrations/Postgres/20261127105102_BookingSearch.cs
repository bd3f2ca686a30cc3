using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127105102_BookingSearch")]
    public sealed class BookingSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "search",
                table: "bookings",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "warnings",
                table: "bookings",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "room_types",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    words = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_types", x => new { x.organization_id, x.name });
                });

            // The indexes of the few bookings that have a text of their own, as those of the contacts' texts.
            migrationBuilder.Sql(
                "CREATE INDEX ix_bookings_search ON bookings USING gin (search gin_trgm_ops) WITH (fastupdate = on) WHERE search IS NOT NULL");
            migrationBuilder.Sql(
                "CREATE INDEX ix_bookings_pairs ON bookings USING gin (bellhop_pairs(search)) WITH (fastupdate = on) WHERE search IS NOT NULL");

            // Only our code folds texts, so a job fills what older bookings lack.
            migrationBuilder.Sql(
                """
                INSERT INTO jobs (organization_id, id, kind, argument, starter_id, starter_kind, state, created_at, run_at, attempts, progress)
                SELECT id, gen_random_uuid(), 'bookings.texts', '', '00000000-0000-0000-0000-000000000000', 'System', 'Queued', now(), 'epoch', 0, 0
                FROM organizations WHERE EXISTS (SELECT 1 FROM bookings b WHERE b.organization_id = organizations.id)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM jobs WHERE kind = 'bookings.texts'");
            migrationBuilder.DropTable(name: "room_types");

            // The indexes go with the column.
            migrationBuilder.DropColumn(name: "search", table: "bookings");
            migrationBuilder.DropColumn(name: "warnings", table: "bookings");
        }
    }
}
