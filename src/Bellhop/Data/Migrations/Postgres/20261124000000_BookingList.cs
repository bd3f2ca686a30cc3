using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BookingList : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_property_id_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_property_id_status_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "status", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_status_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "status", "arrival", "id" });

            // What people copy from a channel's page, whatever its capitals.
            migrationBuilder.Sql("CREATE INDEX ix_bookings_reference ON bookings (organization_id, lower(reference))");
            migrationBuilder.Sql("CREATE INDEX ix_bookings_external ON bookings (organization_id, lower(external_id))");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_bookings_reference");
            migrationBuilder.Sql("DROP INDEX ix_bookings_external");
            migrationBuilder.DropIndex(
                name: "ix_bookings_organization_id_arrival_id",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "ix_bookings_organization_id_property_id_arrival_id",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "ix_bookings_organization_id_property_id_status_arrival_id",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "ix_bookings_organization_id_status_arrival_id",
                table: "bookings");
        }
    }
}
