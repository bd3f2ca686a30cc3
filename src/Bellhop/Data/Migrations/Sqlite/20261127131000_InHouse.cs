using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <summary>A completed stay is not active any more: the guests' figures are counted again. Long stays in house are found by an index.</summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127131000_InHouse")]
    public sealed class InHouse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The number of nights is the one of the class InHouse in the feature Bookings.
            migrationBuilder.Sql(
                "CREATE INDEX ix_bookings_long ON bookings (organization_id, property_id, status, departure) WHERE status = 'Confirmed' "
                    + "AND CAST(julianday(departure) - julianday(arrival) AS integer) > 14"
            );

            // The job that a change of a property's zone queues: it counts all guests of the property again.
            migrationBuilder.Sql(
                "INSERT INTO jobs (organization_id, id, kind, argument, starter_id, starter_kind, once, state, created_at, run_at, attempts, progress) "
                    + "SELECT organization_id, randomblob(16), 'bookings.convert', argument, zeroblob(16), 'System', argument, 'Queued', at, at, 0, 0 "
                    + "FROM (SELECT organization_id, unixepoch() * 1000 AS at, '{\"propertyId\":\"' || lower(substr(hex(id), 1, 8) || '-' || "
                    + "substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) "
                    + "|| '\"}' AS argument FROM properties)"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX ix_bookings_long");
    }
}
