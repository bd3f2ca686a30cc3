using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <summary>
    /// Claimed identities, invitations, imports by what they do, and events that the database keeps: what leads from a guest to one lies beside it. There is no
    /// way down from it.
    /// </summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127035616_ClaimsInvitationsKeptEvents")]
    public sealed class ClaimsInvitationsKeptEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_reviews_organization_id_external_id",
                table: "reviews");

            migrationBuilder.DropIndex(
                name: "ix_events_organization_id_contact_id_at_id",
                table: "events");

            migrationBuilder.AddColumn<bool>(
                name: "claimed",
                table: "touches",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "content_hash",
                table: "imports",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "run_key",
                table: "imports",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "claimed",
                table: "identities",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "claimed",
                table: "bookings",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "rated_by_link",
                table: "bookings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "properties",
                table: "answers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "event_contacts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    event_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    property_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_contacts", x => new { x.organization_id, x.contact_id, x.at, x.event_id });
                });

            migrationBuilder.CreateTable(
                name: "event_retention",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    before = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_retention", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    role = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    properties = table.Column<string>(type: "TEXT", nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    inviter_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    inviter_kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_invitations_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_reviews_organization_id_property_id_external_id",
                table: "reviews",
                columns: new[] { "organization_id", "property_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_imports_at_work",
                table: "imports",
                columns: new[] { "organization_id", "run_key" },
                unique: true,
                filter: "state IN ('Queued', 'Running')");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_expires_at",
                table: "invitations",
                column: "expires_at");

            migrationBuilder.Sql(
                """
                INSERT INTO event_contacts (organization_id, contact_id, at, event_id, property_id)
                SELECT e.organization_id, e.contact_id, e.at, e.id, b.property_id FROM events e JOIN bookings b ON b.organization_id = e.organization_id AND b.id = e.entity_id
                WHERE e.contact_id IS NOT NULL
                """);

            // Not DropColumn: that makes the table anew, after everything else here, and without its triggers.
            migrationBuilder.Sql("ALTER TABLE events DROP COLUMN contact_id");

            // Nothing changes an event, and the one way by which some go is opened by a row of event_retention.
            migrationBuilder.Sql("CREATE TRIGGER events_unchanged BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END");
            migrationBuilder.Sql(
                """
                CREATE TRIGGER events_kept BEFORE DELETE ON events
                WHEN NOT EXISTS (SELECT 1 FROM event_retention r WHERE r.organization_id = OLD.organization_id AND OLD.at < r."before")
                BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
                """);
        }
    }
}
