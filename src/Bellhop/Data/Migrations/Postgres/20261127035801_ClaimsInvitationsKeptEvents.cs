using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <summary>
    /// Claimed identities, invitations, imports by what they do, and events that the database keeps: what leads from a guest to one lies beside it. There is no
    /// way down from it.
    /// </summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127035801_ClaimsInvitationsKeptEvents")]
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
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "content_hash",
                table: "imports",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "",
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "run_key",
                table: "imports",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "claimed",
                table: "identities",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "claimed",
                table: "bookings",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<bool>(
                name: "rated_by_link",
                table: "bookings",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "properties",
                table: "answers",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "event_contacts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_contacts", x => new { x.organization_id, x.contact_id, x.at, x.event_id });
                });

            migrationBuilder.CreateTable(
                name: "event_retention",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    before = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_retention", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    role = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    properties = table.Column<string>(type: "text", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    inviter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    inviter_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
            migrationBuilder.Sql("ALTER TABLE events DROP COLUMN contact_id");

            // Nothing changes an event, and the one way by which some go is opened by a row of event_retention.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION bellhop_events_kept() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF TG_OP = 'DELETE' THEN
                        IF EXISTS (SELECT 1 FROM event_retention r WHERE r.organization_id = OLD.organization_id AND OLD.at < r."before") THEN
                            RETURN OLD;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'events are append-only';
                END $$
                """);
            migrationBuilder.Sql("CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION bellhop_events_kept()");
            migrationBuilder.Sql("CREATE TRIGGER events_not_emptied BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION bellhop_events_kept()");
        }
    }
}
