using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <summary>Guests have a country, a language and a birthday, and are found by these, by their flags and by their stays.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127170826_GuestsAbroad")]
    public sealed class GuestsAbroad : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "birthday",
                table: "contacts",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "country",
                table: "contacts",
                type: "character varying(2)",
                maxLength: 2,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "country_given",
                table: "contacts",
                type: "character varying(2)",
                maxLength: 2,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "contacts",
                type: "character varying(2)",
                maxLength: 2,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "ix_reviews_poor",
                table: "reviews",
                columns: new[] { "organization_id", "contact_id" },
                filter: "stars <= 2");

            migrationBuilder.CreateIndex(
                name: "ix_notes_flags",
                table: "notes",
                columns: new[] { "organization_id", "contact_id" },
                filter: "(pinned = true OR kind IN ('Allergy', 'Incident'))");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_country",
                table: "contacts",
                columns: new[] { "organization_id", "country" },
                filter: "country IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_language",
                table: "contacts",
                columns: new[] { "organization_id", "language" },
                filter: "language IS NOT NULL");

            // Stays of more nights than the class StaysBetween of the feature Bookings seeks by arrival.
            migrationBuilder.Sql(
                "CREATE INDEX ix_bookings_nights ON bookings (organization_id, property_id, departure) WHERE (departure - arrival) > 14"
            );

            // The job tells the country of the guests there are by their phones.
            migrationBuilder.Sql(
                "INSERT INTO jobs (organization_id, id, kind, argument, starter_id, starter_kind, state, created_at, run_at, attempts, progress) "
                    + "SELECT id, gen_random_uuid(), 'contacts.countries', '{}', '00000000-0000-0000-0000-000000000000', 'System', 'Queued', now(), now(), 0, 0 FROM organizations"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX ix_bookings_nights");

            migrationBuilder.DropIndex(
                name: "ix_reviews_poor",
                table: "reviews");

            migrationBuilder.DropIndex(
                name: "ix_notes_flags",
                table: "notes");

            migrationBuilder.DropIndex(
                name: "ix_contacts_organization_id_country",
                table: "contacts");

            migrationBuilder.DropIndex(
                name: "ix_contacts_organization_id_language",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "birthday",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "country",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "country_given",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "language",
                table: "contacts");
        }
    }
}
