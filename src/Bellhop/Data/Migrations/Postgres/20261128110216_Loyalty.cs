using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261128110216_Loyalty")]
    public sealed class Loyalty : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "loyalty_entries",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    written_for = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    points = table.Column<long>(type: "bigint", nullable: false),
                    booking_id = table.Column<Guid>(type: "uuid", nullable: true),
                    earned_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    author_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_entries", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_loyalty_entries_bookings_organization_id_booking_id",
                        columns: x => new { x.organization_id, x.booking_id },
                        principalTable: "bookings",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_loyalty_entries_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_loyalty_entries_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "loyalty_members",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    left_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    tier = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    tier_kept = table.Column<bool>(type: "boolean", nullable: false),
                    points = table.Column<long>(type: "bigint", nullable: false),
                    collected = table.Column<long>(type: "bigint", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_members", x => new { x.organization_id, x.property_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_loyalty_members_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_loyalty_members_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "loyalty_programmes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    enabled = table.Column<bool>(type: "boolean", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false, collation: "C"),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    point_value = table.Column<long>(type: "bigint", nullable: false),
                    max_redemption = table.Column<int>(type: "integer", nullable: false),
                    welcome_bonus = table.Column<long>(type: "bigint", nullable: false),
                    enrols_at_booking = table.Column<bool>(type: "boolean", nullable: false),
                    silver_from = table.Column<long>(type: "bigint", nullable: false),
                    gold_from = table.Column<long>(type: "bigint", nullable: false),
                    platinum_from = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_programmes", x => new { x.organization_id, x.property_id });
                    table.ForeignKey(
                        name: "fk_loyalty_programmes_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "loyalty_rates",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    per_unit = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_loyalty_rates", x => new { x.organization_id, x.property_id, x.day });
                    table.ForeignKey(
                        name: "fk_loyalty_rates_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_entries_organization_id_booking_id",
                table: "loyalty_entries",
                columns: new[] { "organization_id", "booking_id" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_entries_organization_id_contact_id_property_id_at_id",
                table: "loyalty_entries",
                columns: new[] { "organization_id", "contact_id", "property_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_entries_organization_id_property_id_at",
                table: "loyalty_entries",
                columns: new[] { "organization_id", "property_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_members_organization_id_contact_id",
                table: "loyalty_members",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_members_organization_id_property_id_points_contact_",
                table: "loyalty_members",
                columns: new[] { "organization_id", "property_id", "points", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_loyalty_members_organization_id_property_id_tier_contact_id",
                table: "loyalty_members",
                columns: new[] { "organization_id", "property_id", "tier", "contact_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "loyalty_entries");

            migrationBuilder.DropTable(
                name: "loyalty_members");

            migrationBuilder.DropTable(
                name: "loyalty_programmes");

            migrationBuilder.DropTable(
                name: "loyalty_rates");
        }
    }
}
