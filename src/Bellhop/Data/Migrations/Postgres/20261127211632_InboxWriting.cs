using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127211632_InboxWriting")]
    public sealed class InboxWriting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "drafts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: true, collation: "C"),
                    files = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reply_to = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_drafts", x => new { x.organization_id, x.conversation_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_drafts_conversations_organization_id_conversation_id",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "presences",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    wrote_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presences", x => new { x.organization_id, x.conversation_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_presences_conversations_organization_id_conversation_id",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "saved_replies",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    name_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    text = table.Column<string>(type: "character varying(4096)", maxLength: 4096, nullable: false, collation: "C"),
                    language = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: true, collation: "C"),
                    shared = table.Column<bool>(type: "boolean", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_replies", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_saved_replies_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_assignee_id_last_at_id",
                table: "conversations",
                columns: new[] { "organization_id", "assignee_id", "last_at", "id" },
                filter: "state <> 'Closed'");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_last_at_id1",
                table: "conversations",
                columns: new[] { "organization_id", "last_at", "id" },
                filter: "state <> 'Closed'");

            migrationBuilder.CreateIndex(
                name: "ix_saved_replies_organization_id_name_key_id",
                table: "saved_replies",
                columns: new[] { "organization_id", "name_key", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "drafts");

            migrationBuilder.DropTable(
                name: "presences");

            migrationBuilder.DropTable(
                name: "saved_replies");

            migrationBuilder.DropIndex(
                name: "ix_conversations_organization_id_assignee_id_last_at_id",
                table: "conversations");

            migrationBuilder.DropIndex(
                name: "ix_conversations_organization_id_last_at_id1",
                table: "conversations");
        }
    }
}
