using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127174806_Inbox")]
    public sealed class Inbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "referral",
                table: "touches",
                type: "TEXT",
                maxLength: 2000,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "label",
                table: "identities",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "connection_owners",
                columns: table => new
                {
                    connection_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection_owners", x => x.connection_id);
                });

            migrationBuilder.CreateTable(
                name: "connections",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    property_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    secrets = table.Column<string>(type: "TEXT", nullable: false),
                    former_secrets = table.Column<string>(type: "TEXT", nullable: true),
                    former_until = table.Column<long>(type: "INTEGER", nullable: true),
                    paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    last_event_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connections", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_connections_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "early_changes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_early_changes", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "forgotten_messages",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forgotten_messages", x => new { x.organization_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "channel_accounts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    connection_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    property_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    waba_id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    removed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_channel_accounts", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_channel_accounts_connections_organization_id_connection_id",
                        columns: x => new { x.organization_id, x.connection_id },
                        principalTable: "connections",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_channel_accounts_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hooks",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    connection_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    digest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true),
                    items_read = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hooks", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_hooks_connections_organization_id_connection_id",
                        columns: x => new { x.organization_id, x.connection_id },
                        principalTable: "connections",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "parked_items",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    connection_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    summary = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_parked_items", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_parked_items_connections_organization_id_connection_id",
                        columns: x => new { x.organization_id, x.connection_id },
                        principalTable: "connections",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "conversations",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    channel = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    property_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    guest_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    guest_number = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    visitor = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    waiting_since = table.Column<long>(type: "INTEGER", nullable: true),
                    waiting_empty = table.Column<short>(type: "INTEGER", nullable: false),
                    answered_until = table.Column<long>(type: "INTEGER", nullable: true),
                    assignee_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    handled_by = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    blocked = table.Column<bool>(type: "INTEGER", nullable: false),
                    unreachable = table.Column<bool>(type: "INTEGER", nullable: false),
                    last_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_guest_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_ad_at = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_conversations_channel_accounts_organization_id_account_id",
                        columns: x => new { x.organization_id, x.account_id },
                        principalTable: "channel_accounts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_conversations_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_conversations_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "hook_contacts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    hook_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    contact_id = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_hook_contacts", x => new { x.organization_id, x.contact_id, x.hook_id });
                    table.ForeignKey(
                        name: "fk_hook_contacts_hooks_organization_id_hook_id",
                        columns: x => new { x.organization_id, x.hook_id },
                        principalTable: "hooks",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_notes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_notes", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_conversation_notes_conversations_organization_id_conversation_id",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_seen",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    person_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_seen", x => new { x.organization_id, x.conversation_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_conversation_seen_conversations_organization_id_conversation_id",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    direction = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    author_kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    author_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    author_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    type = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "TEXT", maxLength: 20000, nullable: true),
                    search = table.Column<string>(type: "TEXT", nullable: true),
                    reply_to = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    card = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    error_code = table.Column<int>(type: "INTEGER", nullable: true),
                    error_text = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    edited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reaction = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    reacted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_messages_conversations_organization_id_conversation_id",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_files",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "INTEGER", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    message_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    place = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    media_id = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    provider_url = table.Column<string>(type: "TEXT", nullable: true),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    bytes = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_files", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_message_files_messages_organization_id_message_id",
                        columns: x => new { x.organization_id, x.message_id },
                        principalTable: "messages",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_channel_accounts_organization_id_connection_id",
                table: "channel_accounts",
                columns: new[] { "organization_id", "connection_id" });

            migrationBuilder.CreateIndex(
                name: "ix_channel_accounts_organization_id_kind_external_id",
                table: "channel_accounts",
                columns: new[] { "organization_id", "kind", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_notes_organization_id_conversation_id_at_id",
                table: "conversation_notes",
                columns: new[] { "organization_id", "conversation_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_account_id_guest_id",
                table: "conversations",
                columns: new[] { "organization_id", "account_id", "guest_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_account_id_guest_number",
                table: "conversations",
                columns: new[] { "organization_id", "account_id", "guest_number" },
                filter: "guest_number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_contact_id_last_at_id",
                table: "conversations",
                columns: new[] { "organization_id", "contact_id", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_last_at_id",
                table: "conversations",
                columns: new[] { "organization_id", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversations_organization_id_waiting_empty_waiting_since_id",
                table: "conversations",
                columns: new[] { "organization_id", "waiting_empty", "waiting_since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_early_changes_created_at",
                table: "early_changes",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_early_changes_organization_id_account_id_external_id_kind_at",
                table: "early_changes",
                columns: new[] { "organization_id", "account_id", "external_id", "kind", "at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hook_contacts_organization_id_hook_id",
                table: "hook_contacts",
                columns: new[] { "organization_id", "hook_id" });

            migrationBuilder.CreateIndex(
                name: "ix_hooks_organization_id_connection_id_digest",
                table: "hooks",
                columns: new[] { "organization_id", "connection_id", "digest" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_hooks_read_at",
                table: "hooks",
                column: "read_at",
                filter: "read_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_hooks_unread",
                table: "hooks",
                columns: new[] { "organization_id", "connection_id", "id" },
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_message_files_organization_id_message_id_place",
                table: "message_files",
                columns: new[] { "organization_id", "message_id", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_organization_id_account_id_external_id",
                table: "messages",
                columns: new[] { "organization_id", "account_id", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_messages_organization_id_conversation_id_at_id",
                table: "messages",
                columns: new[] { "organization_id", "conversation_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_parked_items_organization_id_connection_id_id",
                table: "parked_items",
                columns: new[] { "organization_id", "connection_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "connection_owners");

            migrationBuilder.DropTable(
                name: "conversation_notes");

            migrationBuilder.DropTable(
                name: "conversation_seen");

            migrationBuilder.DropTable(
                name: "early_changes");

            migrationBuilder.DropTable(
                name: "forgotten_messages");

            migrationBuilder.DropTable(
                name: "hook_contacts");

            migrationBuilder.DropTable(
                name: "message_files");

            migrationBuilder.DropTable(
                name: "parked_items");

            migrationBuilder.DropTable(
                name: "hooks");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropTable(
                name: "channel_accounts");

            migrationBuilder.DropTable(
                name: "connections");

            migrationBuilder.Sql("ALTER TABLE touches DROP COLUMN referral");

            migrationBuilder.Sql("ALTER TABLE identities DROP COLUMN label");
        }
    }
}
