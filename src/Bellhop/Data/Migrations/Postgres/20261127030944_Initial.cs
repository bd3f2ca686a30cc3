using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Bellhop.Data.Migrations.Postgres
{
    /// <summary>The whole schema, with what the model cannot say written by hand at the end. There is no way down from it.</summary>
    [DbContext(typeof(PostgresDb))]
    [Migration("20261127030944_Initial")]
    public sealed class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "answers",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    caller_id = table.Column<Guid>(type: "uuid", nullable: false),
                    path = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    body_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    status = table.Column<int>(type: "integer", nullable: false),
                    location = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true, collation: "C"),
                    e_tag = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_answers", x => new { x.organization_id, x.caller_id, x.path, x.key });
                });

            migrationBuilder.CreateTable(
                name: "api_key_owners",
                columns: table => new
                {
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    api_key_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_key_owners", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "arrival_days",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    arrival = table.Column<DateOnly>(type: "date", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    converted_currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    bookings = table.Column<long>(type: "bigint", nullable: false),
                    nights = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    converted = table.Column<long>(type: "bigint", nullable: false),
                    guest_bookings = table.Column<long>(type: "bigint", nullable: false),
                    guest_converted = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_arrival_days", x => new { x.organization_id, x.property_id, x.arrival, x.source, x.currency, x.converted_currency });
                });

            migrationBuilder.CreateTable(
                name: "bulk_runs",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false, collation: "C"),
                    tag_id = table.Column<Guid>(type: "uuid", nullable: true),
                    property_id = table.Column<Guid>(type: "uuid", nullable: true),
                    starter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starter_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_runs", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    xml = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "event_details",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    detail = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_details", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    who_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    who_id = table.Column<Guid>(type: "uuid", nullable: false),
                    who_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    entity_kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    fields = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "export_files",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    question = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rows = table.Column<long>(type: "bigint", nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_export_files", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "import_mappings",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    headings_key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    mapping = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_mappings", x => new { x.organization_id, x.headings_key });
                });

            migrationBuilder.CreateTable(
                name: "jobs",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    argument = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    starter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starter_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    once = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    run_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    leased_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    leased_by = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    last_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    result = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    progress = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: true),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_jobs", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "organizations",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organizations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "segments",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    name_key = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C"),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    listed_for = table.Column<Guid>(type: "uuid", nullable: false),
                    conditions = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_segments", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "tags",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    name_key = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    color = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tags", x => new { x.organization_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "counters",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    measure = table.Column<short>(type: "smallint", nullable: false),
                    at = table.Column<long>(type: "bigint", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counters", x => new { x.organization_id, x.property_id, x.measure, x.at, x.shard });
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    display_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C"),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    security_stamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone_number = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "api_keys",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    permissions = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false, collation: "C"),
                    properties = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_keys", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_api_keys_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "properties",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    name_key = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false, collation: "C"),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    embed_origins = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false, defaultValue: "", collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_properties", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_properties_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rates",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    from = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    to = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    stored = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rates", x => new { x.organization_id, x.from, x.to, x.date });
                    table.ForeignKey(
                        name: "fk_rates_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    properties = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memberships", x => new { x.organization_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_memberships_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_memberships_organizations_organization_id",
                        column: x => x.organization_id,
                        principalTable: "organizations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    stamp = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    from = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    agent = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_claims",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    claim_value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claims_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_logins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider_key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    provider_display_name = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_logins_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_tokens",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_tokens_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    phone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true, collation: "C"),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    search = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    name_key = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: true, collation: "C"),
                    name_empty = table.Column<short>(type: "smallint", nullable: false),
                    bookings = table.Column<int>(type: "integer", nullable: false),
                    spent = table.Column<long>(type: "bigint", nullable: false),
                    customer_since = table.Column<DateOnly>(type: "date", nullable: false),
                    last_booking_id = table.Column<Guid>(type: "uuid", nullable: true),
                    last_arrival = table.Column<DateOnly>(type: "date", nullable: true),
                    last_empty = table.Column<short>(type: "smallint", nullable: false),
                    next_arrival = table.Column<DateOnly>(type: "date", nullable: true),
                    active_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    rating = table.Column<short>(type: "smallint", nullable: true),
                    rating_empty = table.Column<short>(type: "smallint", nullable: false),
                    tag_ids = table.Column<string>(type: "text", nullable: false),
                    first_arrival = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contacts", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_contacts_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    starter_id = table.Column<Guid>(type: "uuid", nullable: false),
                    starter_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    file_name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "C"),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    dry_run = table.Column<bool>(type: "boolean", nullable: false),
                    layout = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    mapping = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    tags = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    job_id = table.Column<Guid>(type: "uuid", nullable: true),
                    error = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    total_rows = table.Column<int>(type: "integer", nullable: false),
                    processed_rows = table.Column<int>(type: "integer", nullable: false),
                    created = table.Column<int>(type: "integer", nullable: false),
                    updated = table.Column<int>(type: "integer", nullable: false),
                    duplicates = table.Column<int>(type: "integer", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false),
                    warnings = table.Column<int>(type: "integer", nullable: false),
                    reverted = table.Column<int>(type: "integer", nullable: false),
                    kept = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    cancel_asked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_imports_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bookings",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    external_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    reference = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true, collation: "C"),
                    status = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    arrival = table.Column<DateOnly>(type: "date", nullable: false),
                    departure = table.Column<DateOnly>(type: "date", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false, collation: "C"),
                    converted = table.Column<long>(type: "bigint", nullable: true),
                    converted_currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true, collation: "C"),
                    guest_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    guest_phone = table.Column<string>(type: "character varying(250)", maxLength: 250, nullable: true, collation: "C"),
                    phone_unusable = table.Column<bool>(type: "boolean", nullable: false),
                    guest_email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: true, collation: "C"),
                    cancelled_outside = table.Column<bool>(type: "boolean", nullable: false),
                    guest_deleted = table.Column<bool>(type: "boolean", nullable: false),
                    room_type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    adults = table.Column<int>(type: "integer", nullable: true),
                    children = table.Column<int>(type: "integer", nullable: true),
                    notes = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true, collation: "C"),
                    booked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    revision = table.Column<long>(type: "bigint", nullable: true),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookings", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_bookings_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_bookings_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bulk_changes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_before = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_changes", x => new { x.organization_id, x.run_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_bulk_changes_bulk_runs_organization_id_run_id",
                        columns: x => new { x.organization_id, x.run_id },
                        principalTable: "bulk_runs",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_bulk_changes_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "bulk_items",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_items", x => new { x.organization_id, x.job_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_bulk_items_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "consents",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    granted = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consents", x => new { x.organization_id, x.contact_id, x.channel });
                    table.ForeignKey(
                        name: "fk_consents_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "contact_at",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    name_key = table.Column<string>(type: "character varying(800)", maxLength: 800, nullable: true, collation: "C"),
                    name_empty = table.Column<short>(type: "smallint", nullable: false),
                    bookings = table.Column<int>(type: "integer", nullable: false),
                    spent = table.Column<long>(type: "bigint", nullable: false),
                    customer_since = table.Column<DateOnly>(type: "date", nullable: false),
                    last_booking_id = table.Column<Guid>(type: "uuid", nullable: true),
                    last_arrival = table.Column<DateOnly>(type: "date", nullable: true),
                    last_empty = table.Column<short>(type: "smallint", nullable: false),
                    next_arrival = table.Column<DateOnly>(type: "date", nullable: true),
                    active_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    rating = table.Column<short>(type: "smallint", nullable: true),
                    rating_empty = table.Column<short>(type: "smallint", nullable: false),
                    first_arrival = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_at", x => new { x.organization_id, x.property_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_contact_at_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_contact_at_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "contact_tags",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tag_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_tags", x => new { x.organization_id, x.contact_id, x.tag_id });
                    table.ForeignKey(
                        name: "fk_contact_tags_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_contact_tags_tags_organization_id_tag_id",
                        columns: x => new { x.organization_id, x.tag_id },
                        principalTable: "tags",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "identities",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    match_key = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    value = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    as_given = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false, collation: "C"),
                    verified = table.Column<bool>(type: "boolean", nullable: false),
                    first_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_identities", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_identities_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "likely_duplicates",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    older_id = table.Column<Guid>(type: "uuid", nullable: false),
                    newer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reasons = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    found_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_likely_duplicates", x => new { x.organization_id, x.older_id, x.newer_id });
                    table.ForeignKey(
                        name: "fk_likely_duplicates_contacts_organization_id_newer_id",
                        columns: x => new { x.organization_id, x.newer_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_likely_duplicates_contacts_organization_id_older_id",
                        columns: x => new { x.organization_id, x.older_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(5000)", maxLength: 5000, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    pinned = table.Column<bool>(type: "boolean", nullable: false),
                    author_kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notes", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_notes_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "touches",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    property_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    source = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    booking_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_touches", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_touches_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_touches_properties_organization_id_property_id",
                        columns: x => new { x.organization_id, x.property_id },
                        principalTable: "properties",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "import_changes",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    created = table.Column<bool>(type: "boolean", nullable: false),
                    before = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    version = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_changes", x => new { x.organization_id, x.import_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_import_changes_contacts_organization_id_contact_id",
                        columns: x => new { x.organization_id, x.contact_id },
                        principalTable: "contacts",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_import_changes_imports_organization_id_import_id",
                        columns: x => new { x.organization_id, x.import_id },
                        principalTable: "imports",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "import_refusals",
                columns: table => new
                {
                    organization_id = table.Column<int>(type: "integer", nullable: false),
                    import_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    reasons = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    cells = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_refusals", x => new { x.organization_id, x.import_id, x.line });
                    table.ForeignKey(
                        name: "fk_import_refusals_imports_organization_id_import_id",
                        columns: x => new { x.organization_id, x.import_id },
                        principalTable: "imports",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

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
                name: "ix_answers_expires_at",
                table: "answers",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_answers_organization_id_contact_id",
                table: "answers",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_currency_booked_at",
                table: "bookings",
                columns: new[] { "organization_id", "currency", "booked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_property_id_departure",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "departure" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_property_id_source_external_id",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "source", "external_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bulk_items_organization_id_contact_id",
                table: "bulk_items",
                columns: new[] { "organization_id", "contact_id" });

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
                name: "ix_contact_at_organization_id_property_id_customer_since_conta",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "customer_since", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_last_empty_last_arri",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "last_empty", "last_arrival", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_name_empty_name_key_",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "name_empty", "name_key", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_next_arrival",
                table: "contact_at",
                columns: new[] { "organization_id", "property_id", "next_arrival" },
                filter: "next_arrival IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_organization_id_property_id_rating_empty_rating_",
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

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_active_until",
                table: "contacts",
                columns: new[] { "organization_id", "active_until" },
                filter: "active_until IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_bookings_id",
                table: "contacts",
                columns: new[] { "organization_id", "bookings", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_created_at_id",
                table: "contacts",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_customer_since_id",
                table: "contacts",
                columns: new[] { "organization_id", "customer_since", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_last_empty_last_arrival_id",
                table: "contacts",
                columns: new[] { "organization_id", "last_empty", "last_arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_name_empty_name_key_id",
                table: "contacts",
                columns: new[] { "organization_id", "name_empty", "name_key", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_rating_empty_rating_id",
                table: "contacts",
                columns: new[] { "organization_id", "rating_empty", "rating", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_source_id",
                table: "contacts",
                columns: new[] { "organization_id", "source", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contacts_organization_id_spent_id",
                table: "contacts",
                columns: new[] { "organization_id", "spent", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_event_details_organization_id_contact_id",
                table: "event_details",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_identities_organization_id_contact_id",
                table: "identities",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_identities_organization_id_kind_match_key",
                table: "identities",
                columns: new[] { "organization_id", "kind", "match_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_organization_id_kind_once",
                table: "jobs",
                columns: new[] { "organization_id", "kind", "once" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_state_run_at",
                table: "jobs",
                columns: new[] { "state", "run_at" });

            migrationBuilder.CreateIndex(
                name: "ix_likely_duplicates_organization_id_newer_id",
                table: "likely_duplicates",
                columns: new[] { "organization_id", "newer_id" });

            migrationBuilder.CreateIndex(
                name: "ix_memberships_user_id",
                table: "memberships",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_organizations_name",
                table: "organizations",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_properties_organization_id_name_key",
                table: "properties",
                columns: new[] { "organization_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_at",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_user_id",
                table: "sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_claims_user_id",
                table: "user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_logins_user_id",
                table: "user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "users",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_tags_organization_id_tag_id_created_at_contact_id",
                table: "contact_tags",
                columns: new[] { "organization_id", "tag_id", "created_at", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tags_organization_id_name_key",
                table: "tags",
                columns: new[] { "organization_id", "name_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notes_organization_id_contact_id_pinned_id",
                table: "notes",
                columns: new[] { "organization_id", "contact_id", "pinned", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_touches_organization_id_contact_id_at_id",
                table: "touches",
                columns: new[] { "organization_id", "contact_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_events_organization_id_entity_kind_entity_id_at_id",
                table: "events",
                columns: new[] { "organization_id", "entity_kind", "entity_id", "at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_contact_id_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "contact_id", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_in_house",
                table: "bookings",
                columns: new[] { "organization_id", "property_id" },
                filter: "status = 'InHouse'");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_property_id_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_property_id_status_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "status", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_organization_id_status_arrival_id",
                table: "bookings",
                columns: new[] { "organization_id", "status", "arrival", "id" });

            // People copy these from a booking site's page, in whatever capitals.
            migrationBuilder.Sql("CREATE INDEX ix_bookings_reference ON bookings (organization_id, lower(reference))");
            migrationBuilder.Sql("CREATE INDEX ix_bookings_external ON bookings (organization_id, lower(external_id))");

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

            migrationBuilder.CreateIndex(
                name: "ix_events_organization_id_contact_id_at_id",
                table: "events",
                columns: new[] { "organization_id", "contact_id", "at", "id" },
                filter: "contact_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_contact_at_guest",
                table: "contact_at",
                columns: new[] { "organization_id", "contact_id", "property_id", "first_arrival" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_property_source",
                table: "bookings",
                columns: new[] { "organization_id", "property_id", "source", "status", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_source",
                table: "bookings",
                columns: new[] { "organization_id", "source", "status", "arrival", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bulk_changes_organization_id_contact_id",
                table: "bulk_changes",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_bulk_runs_at",
                table: "bulk_runs",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_consents_organization_id_channel_granted_contact_id",
                table: "consents",
                columns: new[] { "organization_id", "channel", "granted", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_export_files_expires_at",
                table: "export_files",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_import_changes_organization_id_contact_id",
                table: "import_changes",
                columns: new[] { "organization_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_imports_created_at",
                table: "imports",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_segments_organization_id_listed_for_name_key",
                table: "segments",
                columns: new[] { "organization_id", "listed_for", "name_key" },
                unique: true);

            // The search indexes. New words wait in a short list and go in together (fastupdate):
            // one at a time costs a guest more than everything else that is written about them.
            migrationBuilder.Sql("CREATE EXTENSION IF NOT EXISTS pg_trgm");
            migrationBuilder.Sql("CREATE INDEX ix_contacts_search ON contacts USING gin (search gin_trgm_ops) WITH (fastupdate = on)");

            // Two letters are no trigram: a search for two letters goes by pairs. The pairs are neither sorted nor made distinct:
            // the index takes each once, and sorting them before costs as much as taking them in.
            migrationBuilder.Sql(
                """
                CREATE FUNCTION bellhop_pairs(words text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
                AS 'DECLARE pairs text[]; BEGIN FOR place IN 1 .. length(words) - 1 LOOP pairs[place] := substr(words, place, 2); END LOOP; RETURN pairs; END'
                """);
            migrationBuilder.Sql("CREATE INDEX ix_contacts_pairs ON contacts USING gin (bellhop_pairs(search)) WITH (fastupdate = on)");
        }
    }
}
