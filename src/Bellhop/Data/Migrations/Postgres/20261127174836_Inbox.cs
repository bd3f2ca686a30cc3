using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <inheritdoc />
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127174836_Inbox")]
    public sealed class Inbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "referral",
                table: "touches",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "label",
                table: "identities",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "connection_owners",
                columns: table => new
                {
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_connection_owners", x => x.connection_id);
                });

            migrationBuilder.CreateTable(
                name: "connections",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    secrets = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    former_secrets = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    former_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    paused = table.Column<bool>(type: "boolean", nullable: false),
                    last_event_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: true, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_early_changes", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "forgotten_messages",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forgotten_messages", x => new { x.organization_id, x.hash });
                });

            migrationBuilder.CreateTable(
                name: "channel_accounts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    external_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    waba_id = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    removed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    items_read = table.Column<int>(type: "integer", nullable: false)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    connection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false, collation: "C"),
                    summary = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    guest_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    guest_number = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    visitor = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    snoozed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    waiting_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    waiting_empty = table.Column<short>(type: "smallint", nullable: false),
                    answered_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: true),
                    handled_by = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    blocked = table.Column<bool>(type: "boolean", nullable: false),
                    unreachable = table.Column<bool>(type: "boolean", nullable: false),
                    last_id = table.Column<Guid>(type: "uuid", nullable: true),
                    last_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_guest_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    last_ad_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    hook_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false, collation: "C"),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_notes", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_conversation_notes_conversations_organization_id_conversati",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_seen",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_seen", x => new { x.organization_id, x.conversation_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_conversation_seen_conversations_organization_id_conversatio",
                        columns: x => new { x.organization_id, x.conversation_id },
                        principalTable: "conversations",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    direction = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    author_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    author_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    type = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    text = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: true, collation: "C"),
                    search = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    reply_to = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    card = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    error_code = table.Column<int>(type: "integer", nullable: true),
                    error_text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    edited_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reaction = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true, collation: "C"),
                    reacted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false, collation: "C"),
                    media_id = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true, collation: "C"),
                    provider_url = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    content_type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    bytes = table.Column<long>(type: "bigint", nullable: true)
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

            migrationBuilder.DropColumn(
                name: "referral",
                table: "touches");

            migrationBuilder.DropColumn(
                name: "label",
                table: "identities");
        }
    }
}
