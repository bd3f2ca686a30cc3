using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Arrivals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_contact_at_organization_id_contact_id",
                table: "contact_at");

            migrationBuilder.DropIndex(
                name: "ix_bookings_report",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "ix_bookings_report_guests",
                table: "bookings");

            migrationBuilder.AddColumn<DateTime>(
                name: "deleted_at",
                table: "tags",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "first_arrival",
                table: "contacts",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "first_arrival",
                table: "contact_at",
                type: "date",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "arrival_days",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    arrival = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    converted_currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    bookings = table.Column<long>(type: "bigint", nullable: false),
                    nights = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    converted = table.Column<long>(type: "bigint", nullable: false),
                    guest_bookings = table.Column<long>(type: "bigint", nullable: false),
                    guest_converted = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_arrival_days", x => new { x.organization_id, x.property_id, x.arrival, x.source, x.currency, x.converted_currency });
                });

            // What the bookings there are say: the sums by day, every guest's first arrival, and how many guests' first each day is.
            migrationBuilder.Sql(
                """
                INSERT INTO arrival_days (organization_id, property_id, arrival, source, currency, converted_currency, bookings, nights, total, converted, guest_bookings, guest_converted)
                SELECT organization_id, property_id, arrival, source, currency, coalesce(converted_currency, ''), count(*), sum(departure - arrival), sum(total), sum(coalesce(converted, 0)),
                count(contact_id), sum(CASE WHEN contact_id IS NULL THEN 0 ELSE coalesce(converted, 0) END)
                FROM bookings WHERE status IN ('Confirmed', 'InHouse', 'Completed') GROUP BY 1, 2, 3, 4, 5, 6
                """);

            migrationBuilder.Sql(
                """
                UPDATE contacts SET first_arrival = (SELECT min(b.arrival) FROM bookings b WHERE b.organization_id = contacts.organization_id AND b.contact_id = contacts.id
                AND b.status IN ('Confirmed', 'InHouse', 'Completed')) WHERE bookings > 0
                """);

            migrationBuilder.Sql(
                """
                UPDATE contact_at SET first_arrival = (SELECT min(b.arrival) FROM bookings b WHERE b.organization_id = contact_at.organization_id AND b.contact_id = contact_at.contact_id
                AND b.property_id = contact_at.property_id AND b.status IN ('Confirmed', 'InHouse', 'Completed')) WHERE bookings > 0
                """);

            migrationBuilder.Sql(
                """
                INSERT INTO tallies (organization_id, property_id, measure, at, shard, amount)
                SELECT organization_id, '00000000-0000-0000-0000-000000000000'::uuid, 5, first_arrival - DATE '0001-01-01', 0, count(*) FROM contacts WHERE first_arrival IS NOT NULL GROUP BY organization_id, first_arrival
                UNION ALL SELECT organization_id, property_id, 5, first_arrival - DATE '0001-01-01', 0, count(*) FROM contact_at WHERE first_arrival IS NOT NULL GROUP BY organization_id, property_id, first_arrival
                """);

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_guest",
                table: "contact_at",
                columns: new[] { "organization_id", "contact_id", "property_id", "first_arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_property_source",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "source", "status", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_source",
                table: "bookings",
                columns: new[] { "organization_id", "source", "status", "arrival", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "arrival_days");

            migrationBuilder.Sql("DELETE FROM tallies WHERE measure = 5");

            migrationBuilder.DropIndex(
                name: "ix_contact_at_guest",
                table: "contact_at");

            migrationBuilder.DropIndex(
                name: "ix_bookings_property_source",
                table: "bookings");

            migrationBuilder.DropIndex(
                name: "ix_bookings_source",
                table: "bookings");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                table: "tags");

            migrationBuilder.DropColumn(
                name: "first_arrival",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "first_arrival",
                table: "contact_at");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "contact_id" });

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
    }
}
