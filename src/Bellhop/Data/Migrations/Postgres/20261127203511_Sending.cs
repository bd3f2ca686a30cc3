using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127203511_Sending")]
    public sealed class Sending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_preview",
                table: "message_files",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "message_files",
                type: "character varying(16)",
                maxLength: 16,
                nullable: false,
                defaultValue: "Waiting");

            migrationBuilder.CreateTable(
                name: "account_outboxes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    leased_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    leased_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    hold_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    hold_code = table.Column<int>(type: "integer", nullable: true),
                    slowed = table.Column<int>(type: "integer", nullable: false),
                    last_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_outboxes", x => new { x.organization_id, x.account_id });
                    table.ForeignKey(
                        name: "fk_account_outboxes_channel_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "channel_accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "connection_health",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    checked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    problem = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true, collation: "C"),
                    checks = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection_health", x => new { x.organization_id, x.connection_id });
                    table.ForeignKey(
                        name: "fk_connection_health_connections_organization_id_connection_id",
                        columns: x => new { x.organization_id, x.connection_id },
                        principalTable: "connections",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_attempts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    claimed_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    claimed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    delays = table.Column<int>(type: "integer", nullable: false),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    answered_before = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    waited_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_attempts", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_message_attempts_messages_organization_id_message_id",
                        columns: x => new { x.organization_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_templates",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    waba_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    external_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    name = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: false, collation: "C"),
                    language = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    category = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    status = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    quality = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true, collation: "C"),
                    is_named = table.Column<bool>(type: "boolean", nullable: false),
                    components = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_templates", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_message_templates_connections_organization_id_connection_id",
                        columns: x => new { x.organization_id, x.connection_id },
                        principalTable: "connections",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "uploads",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    uploader_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    has_preview = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_uploads", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_uploads_conversations_organization_id_conversation_id",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_message_attempts_due",
                table: "message_attempts",
                columns: new[] { "organization_id", "account_id", "due_at" },
                filter: "state IN ('Queued', 'Sending')");

            migrationBuilder.CreateIndex(
                name: "ix_message_attempts_organization_id_message_id",
                table: "message_attempts",
                columns: new[] { "organization_id", "message_id" });

            migrationBuilder.CreateIndex(
                name: "ix_message_attempts_pending",
                table: "message_attempts",
                columns: new[] { "organization_id", "conversation_id", "created_at" },
                filter: "state IN ('Queued', 'Sending')");

            migrationBuilder.CreateIndex(
                name: "ix_message_templates_organization_id_connection_id_waba_id_nam",
                table: "message_templates",
                columns: new[] { "organization_id", "connection_id", "waba_id", "name", "language" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_uploads_created_at",
                table: "uploads",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_uploads_organization_id_conversation_id",
                table: "uploads",
                columns: new[] { "organization_id", "conversation_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_outboxes");

            migrationBuilder.DropTable(
                name: "connection_health");

            migrationBuilder.DropTable(
                name: "message_attempts");

            migrationBuilder.DropTable(
                name: "message_templates");

            migrationBuilder.DropTable(
                name: "uploads");

            migrationBuilder.DropColumn(
                name: "has_preview",
                table: "message_files");

            migrationBuilder.DropColumn(
                name: "state",
                table: "message_files");
        }
    }
}
