using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <summary>Guests at an organisation's only property are in no list index of their own; the search index has small pages.</summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127113000_LeanIndexes")]
    public sealed class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_active_until", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_bookings_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_created_at_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_customer_since_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_last_empty_last_arrival_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_name_empty_name_key_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_rating_empty_rating_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_source_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_spent_contact_id", table: "contact_at");

            migrationBuilder.AddColumn<bool>(
                name: "is_only",
                table: "properties",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<short>(
                name: "listed",
                table: "contact_at",
                type: "INTEGER",
                nullable: false,
                defaultValue: (short)1);

            // An organisation with one property reads its lists from the guests' own indexes.
            migrationBuilder.Sql(
                "UPDATE properties SET is_only = 1 WHERE (SELECT count(*) FROM properties p "
                    + "WHERE p.organization_id = properties.organization_id) = 1"
            );
            migrationBuilder.Sql(
                "UPDATE contact_at SET listed = 0 WHERE EXISTS (SELECT 1 FROM properties p "
                    + "WHERE p.organization_id = contact_at.organization_id AND p.is_only = 1)"
            );

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_active_until",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "active_until" },
                filter: "active_until IS NOT NULL AND listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_bookings_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "bookings", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_created_at_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "created_at", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_customer_since_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "customer_since", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_last_empty_last_arrival_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "last_empty", "last_arrival", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_name_empty_name_key_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "name_empty", "name_key", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_rating_empty_rating_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "rating_empty", "rating", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_source_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "source", "contact_id" },
                filter: "listed = 1");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_spent_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "spent", "contact_id" },
                filter: "listed = 1");

            // Pages of the search index are a quarter of the database's pages, so that a new guest and a merge write less.
            migrationBuilder.Sql("INSERT INTO contact_search (contact_search, rank) VALUES ('pgsz', 1000)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("INSERT INTO contact_search (contact_search, rank) VALUES ('pgsz', 4050)");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_active_until", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_bookings_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_created_at_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_customer_since_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_last_empty_last_arrival_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_name_empty_name_key_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_rating_empty_rating_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_source_contact_id", table: "contact_at");
            migrationBuilder.DropIndex(name: "ix_contact_at_organization_id_property_id_spent_contact_id", table: "contact_at");

            migrationBuilder.Sql("ALTER TABLE properties DROP COLUMN is_only");
            migrationBuilder.Sql("ALTER TABLE contact_at DROP COLUMN listed");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_active_until",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "active_until" },
                filter: "active_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_bookings_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "bookings", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_created_at_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "created_at", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_customer_since_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "customer_since", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_last_empty_last_arrival_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "last_empty", "last_arrival", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_name_empty_name_key_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "name_empty", "name_key", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_rating_empty_rating_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "rating_empty", "rating", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_source_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "source", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_spent_contact_id",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "spent", "contact_id" });
        }
    }
}
