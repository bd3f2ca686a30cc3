using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127203443_Sending")]
    public sealed class Sending : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "has_preview",
                table: "message_files",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "message_files",
                type: "TEXT",
                maxLength: 16,
                nullable: false,
                defaultValue: "Waiting");

            migrationBuilder.CreateTable(
                name: "account_outboxes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    leased_by = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    leased_until = table.Column<long>(type: "INTEGER", nullable: false),
                    hold_until = table.Column<long>(type: "INTEGER", nullable: true),
                    hold_code = table.Column<int>(type: "INTEGER", nullable: true),
                    slowed = table.Column<int>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    connection_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    problem = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    checks = table.Column<string>(type: "TEXT", nullable: false)
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
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    claimed_by = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    claimed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    delays = table.Column<int>(type: "INTEGER", nullable: false),
                    error_code = table.Column<int>(type: "INTEGER", nullable: true),
                    answered_before = table.Column<long>(type: "INTEGER", nullable: true),
                    waited_since = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
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
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    connection_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    waba_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    name = table.Column<string>(type: "TEXT", maxLength: 512, nullable: false),
                    language = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    category = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    quality = table.Column<string>(type: "TEXT", maxLength: 16, nullable: true),
                    is_named = table.Column<bool>(type: "INTEGER", nullable: false),
                    components = table.Column<string>(type: "TEXT", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    uploader_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    has_preview = table.Column<bool>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
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
                name: "ix_message_templates_organization_id_connection_id_waba_id_name_language",
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

            migrationBuilder.Sql("ALTER TABLE message_files DROP COLUMN has_preview");

            migrationBuilder.Sql("ALTER TABLE message_files DROP COLUMN state");
        }
    }
}
