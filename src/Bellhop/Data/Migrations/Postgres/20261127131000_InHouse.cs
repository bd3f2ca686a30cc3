using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <summary>A completed stay is not active any more: the guests' figures are counted again. Long stays in house are found by an index.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127131000_InHouse")]
    public sealed class InHouse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The number of nights is the one of the class InHouse in the feature Bookings.
            migrationBuilder.Sql(
                "CREATE INDEX ix_bookings_long ON bookings (organization_id, property_id, status, departure) "
                    + "WHERE status = 'Confirmed' AND (departure - arrival) > 14"
            );

            // The job that a change of a property's zone queues: it counts all guests of the property again.
            migrationBuilder.Sql(
                "INSERT INTO jobs (organization_id, id, kind, argument, starter_id, starter_kind, once, state, created_at, run_at, attempts, progress) "
                    + "SELECT organization_id, gen_random_uuid(), 'bookings.convert', argument, '00000000-0000-0000-0000-000000000000', 'System', "
                    + "argument, 'Queued', now(), now(), 0, 0 FROM "
                    + "(SELECT organization_id, '{\"propertyId\":\"' || id || '\"}' AS argument FROM properties) p"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX ix_bookings_long");
    }
}
