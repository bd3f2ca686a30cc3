using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reviews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "reviews",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    booking_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stars = table.Column<short>(type: "smallint", nullable: false),
                    comment = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    external_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    origin = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    guest_deleted = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reviews", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_reviews_bookings_organization_id_booking_id",
                        columns: x => new { x.organization_id, x.booking_id },
                        principalTable: "bookings",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_reviews_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_reviews_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_by_link",
                table: "reviews",
                columns: new[] { "organization_id", "booking_id" },
                unique: true,
                filter: "origin = 'Link'");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_organization_id_at_id",
                table: "reviews",
                columns: new[] { "organization_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_organization_id_booking_id_at_id",
                table: "reviews",
                columns: new[] { "organization_id", "booking_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_organization_id_contact_id_at_id",
                table: "reviews",
                columns: new[] { "organization_id", "contact_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_organization_id_external_id",
                table: "reviews",
                columns: new[] { "organization_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_reviews_organization_id_property_id_at_id",
                table: "reviews",
                columns: new[] { "organization_id", "property_id", "at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reviews");
        }
    }
}
