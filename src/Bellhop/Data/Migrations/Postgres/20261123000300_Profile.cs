using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Profile : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_touches_organization_id_contact_id_at",
                table: "touches");

            migrationBuilder.DropIndex(
                name: "ix_events_organization_id_entity_kind_entity_id",
                table: "events");

            migrationBuilder.DropIndex(
                name: "ix_bookings_organization_id_contact_id",
                table: "bookings");

            migrationBuilder.CreateIndex(
                name: "ix_touches_organization_id_contact_id_at_id",
                table: "touches",
                columns: new[] { "organization_id", "contact_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_events_organization_id_entity_kind_entity_id_at_id",
                table: "events",
                columns: new[] { "organization_id", "entity_kind", "entity_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_contact_id_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "contact_id", "arrival", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_touches_organization_id_contact_id_at_id",
                table: "touches");

            migrationBuilder.DropIndex(
                name: "ix_events_organization_id_entity_kind_entity_id_at_id",
                table: "events");

            migrationBuilder.DropIndex(
                name: "ix_bookings_organization_id_contact_id_arrival_id",
                table: "bookings");

            migrationBuilder.CreateIndex(
                name: "ix_touches_organization_id_contact_id_at",
                table: "touches",
                columns: new[] { "organization_id", "contact_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_events_organization_id_entity_kind_entity_id",
                table: "events",
                columns: new[] { "organization_id", "entity_kind", "entity_id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_contact_id",
                table: "bookings",
                columns: new[] { "organization_id", "contact_id" });
        }
    }
}
