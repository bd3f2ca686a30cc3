using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BookingEventsOfGuest : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "contact_id",
                table: "events",
                type: "uuid",
                nullable: true);

            migrationBuilder.Sql(
                "UPDATE events SET contact_id = (SELECT b.contact_id FROM bookings b WHERE b.organization_id = events.organization_id AND b.id = events.entity_id) "
                + "WHERE entity_kind = 'booking' AND action = 'booking.updated'");

            migrationBuilder.CreateIndex(
                name: "ix_events_organization_id_contact_id_at_id",
                table: "events",
                columns: new[] { "organization_id", "contact_id", "at", "id" },
                filter: "contact_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_events_organization_id_contact_id_at_id",
                table: "events");

            migrationBuilder.DropColumn(
                name: "contact_id",
                table: "events");
        }
    }
}
