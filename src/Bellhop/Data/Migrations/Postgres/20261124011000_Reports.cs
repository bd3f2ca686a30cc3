using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_bookings_report",
                table: "bookings",
                columns: new[] { "organization_id", "arrival", "property_id", "source", "departure", "converted", "converted_currency", "status" },
                filter: "status IN ('Confirmed', 'InHouse', 'Completed')");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_report_guests",
                table: "bookings",
                columns: new[] { "organization_id", "contact_id", "arrival", "property_id", "converted", "converted_currency", "status" },
                filter: "status IN ('Confirmed', 'InHouse', 'Completed')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_bookings_report",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "ix_bookings_report_guests",
                table: "bookings");
        }
    }
}
