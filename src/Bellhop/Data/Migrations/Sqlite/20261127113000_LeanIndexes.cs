using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Bellhop.Data.Migrations.Sqlite
{
    /// <summary>
    /// Guests at an organisation's only property are in no list index of their own; narrow tables have no row number. There is no way
    /// down from it.
    /// </summary>
    [DbContext(typeof(SqliteDb))]
    [Migration("20261127113000_LeanIndexes")]
    public sealed class LeanIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            WithoutRowNumber(
                migrationBuilder,
                "arrival_days",
                """
                    organization_id INTEGER NOT NULL, property_id BLOB NOT NULL, arrival TEXT NOT NULL, source TEXT NOT NULL,
                    currency TEXT NOT NULL, converted_currency TEXT NOT NULL, bookings INTEGER NOT NULL, nights INTEGER NOT NULL,
                    total INTEGER NOT NULL, converted INTEGER NOT NULL, guest_bookings INTEGER NOT NULL,
                    guest_converted INTEGER NOT NULL,
                    CONSTRAINT pk_arrival_days PRIMARY KEY (organization_id, property_id, arrival, source, currency, converted_currency)
                """
            );

            WithoutRowNumber(
                migrationBuilder,
                "contact_at",
                """
                    organization_id INTEGER NOT NULL, property_id BLOB NOT NULL, contact_id BLOB NOT NULL, source TEXT NOT NULL,
                    created_at INTEGER NOT NULL, name_key TEXT NULL, name_empty INTEGER NOT NULL, bookings INTEGER NOT NULL,
                    spent INTEGER NOT NULL, customer_since TEXT NOT NULL, last_booking_id BLOB NULL, last_arrival TEXT NULL,
                    last_empty INTEGER NOT NULL, next_arrival TEXT NULL, active_until INTEGER NULL, rating INTEGER NULL,
                    rating_empty INTEGER NOT NULL, first_arrival TEXT NULL, listed INTEGER NOT NULL DEFAULT 1,
                    CONSTRAINT pk_contact_at PRIMARY KEY (organization_id, property_id, contact_id),
                    CONSTRAINT fk_contact_at_contacts_organization_id_contact_id
                        FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE CASCADE,
                    CONSTRAINT fk_contact_at_properties_organization_id_property_id
                        FOREIGN KEY (organization_id, property_id) REFERENCES properties (organization_id, id) ON DELETE RESTRICT
                """,
                "guest: organization_id, contact_id, property_id, first_arrival",
                "organization_id, property_id, active_until WHERE active_until IS NOT NULL AND listed = 1",
                "organization_id, property_id, bookings, contact_id WHERE listed = 1",
                "organization_id, property_id, created_at, contact_id WHERE listed = 1",
                "organization_id, property_id, customer_since, contact_id WHERE listed = 1",
                "organization_id, property_id, last_empty, last_arrival, contact_id WHERE listed = 1",
                "organization_id, property_id, name_empty, name_key, contact_id WHERE listed = 1",
                "organization_id, property_id, next_arrival WHERE next_arrival IS NOT NULL",
                "organization_id, property_id, rating_empty, rating, contact_id WHERE listed = 1",
                "organization_id, property_id, source, contact_id WHERE listed = 1",
                "organization_id, property_id, spent, contact_id WHERE listed = 1"
            );

            WithoutRowNumber(
                migrationBuilder,
                "contact_tags",
                """
                    organization_id INTEGER NOT NULL, contact_id BLOB NOT NULL, tag_id BLOB NOT NULL, created_at INTEGER NOT NULL,
                    CONSTRAINT pk_contact_tags PRIMARY KEY (organization_id, contact_id, tag_id),
                    CONSTRAINT fk_contact_tags_contacts_organization_id_contact_id
                        FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE CASCADE,
                    CONSTRAINT fk_contact_tags_tags_organization_id_tag_id
                        FOREIGN KEY (organization_id, tag_id) REFERENCES tags (organization_id, id) ON DELETE CASCADE
                """,
                "organization_id, tag_id, created_at, contact_id"
            );

            WithoutRowNumber(
                migrationBuilder,
                "counters",
                """
                    organization_id INTEGER NOT NULL, property_id BLOB NOT NULL, measure INTEGER NOT NULL, at INTEGER NOT NULL,
                    shard INTEGER NOT NULL, amount INTEGER NOT NULL,
                    CONSTRAINT pk_counters PRIMARY KEY (organization_id, property_id, measure, at, shard)
                """
            );

            WithoutRowNumber(
                migrationBuilder,
                "event_contacts",
                """
                    organization_id INTEGER NOT NULL, contact_id BLOB NOT NULL, at INTEGER NOT NULL, event_id BLOB NOT NULL,
                    property_id BLOB NOT NULL,
                    CONSTRAINT pk_event_contacts PRIMARY KEY (organization_id, contact_id, at, event_id)
                """
            );

            WithoutRowNumber(
                migrationBuilder,
                "events",
                """
                    organization_id INTEGER NOT NULL, id BLOB NOT NULL, at INTEGER NOT NULL, who_kind TEXT NOT NULL,
                    who_id BLOB NOT NULL, who_name TEXT NOT NULL, action TEXT NOT NULL, entity_kind TEXT NOT NULL,
                    entity_id BLOB NULL, "from" TEXT NULL, fields TEXT NOT NULL,
                    CONSTRAINT pk_events PRIMARY KEY (organization_id, id)
                """,
                "organization_id, entity_kind, entity_id, at, id"
            );

            migrationBuilder.Sql(
                """
                CREATE TRIGGER events_kept BEFORE DELETE ON events
                WHEN NOT EXISTS (SELECT 1 FROM event_retention r WHERE r.organization_id = OLD.organization_id AND OLD.at < r."before")
                BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
                """
            );

            migrationBuilder.Sql(
                """
                CREATE TRIGGER events_unchanged BEFORE UPDATE ON events
                BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
                """
            );

            WithoutRowNumber(
                migrationBuilder,
                "identities",
                """
                    organization_id INTEGER NOT NULL, id BLOB NOT NULL, contact_id BLOB NOT NULL, kind TEXT NOT NULL,
                    match_key TEXT NOT NULL, value TEXT NOT NULL, as_given TEXT NOT NULL, verified INTEGER NOT NULL,
                    first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, claimed INTEGER NOT NULL DEFAULT 0,
                    CONSTRAINT pk_identities PRIMARY KEY (organization_id, id),
                    CONSTRAINT fk_identities_contacts_organization_id_contact_id
                        FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE CASCADE
                """,
                "organization_id, contact_id",
                "unique: organization_id, kind, match_key"
            );

            WithoutRowNumber(
                migrationBuilder,
                "touches",
                """
                    organization_id INTEGER NOT NULL, id BLOB NOT NULL, contact_id BLOB NOT NULL, property_id BLOB NOT NULL,
                    kind TEXT NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL, booking_id BLOB NULL,
                    claimed INTEGER NOT NULL DEFAULT 0, CONSTRAINT pk_touches PRIMARY KEY (organization_id, id),
                    CONSTRAINT fk_touches_contacts_organization_id_contact_id
                        FOREIGN KEY (organization_id, contact_id) REFERENCES contacts (organization_id, id) ON DELETE CASCADE,
                    CONSTRAINT fk_touches_properties_organization_id_property_id
                        FOREIGN KEY (organization_id, property_id) REFERENCES properties (organization_id, id) ON DELETE RESTRICT
                """,
                "organization_id, contact_id, at, id"
            );
        }

        /// <summary>Builds a table anew with its key as its only order. The columns and their order stay.</summary>
        /// <param name="migrationBuilder">The migration.</param>
        /// <param name="table">A table that no other table refers to.</param>
        /// <param name="columns">Its columns and constraints.</param>
        /// <param name="indexes">The columns of its indexes. The names are as EF makes them, or <c>ix_TABLE_NAME</c> for
        /// <c>NAME: …</c>.</param>
        private static void WithoutRowNumber(MigrationBuilder migrationBuilder, string table, string columns, params string[] indexes)
        {
            migrationBuilder.Sql($"CREATE TABLE {table}_new ({columns}) WITHOUT ROWID");
            migrationBuilder.Sql($"INSERT INTO {table}_new SELECT * FROM {table}");
            migrationBuilder.Sql($"DROP TABLE {table}");
            migrationBuilder.Sql($"ALTER TABLE {table}_new RENAME TO {table}");
            foreach (var index in indexes)
            {
                var (given, of) = index.Split(": ") is [var first, var second] ? (first, second) : (null, index);
                var key = of.Split(" WHERE ")[0];
                var name = given is null or "unique" ? key.Replace(", ", "_") : given;
                var where = of[key.Length..];
                migrationBuilder.Sql($"CREATE {(given == "unique" ? "UNIQUE " : "")}INDEX ix_{table}_{name} ON {table} ({key}){where}");
            }
        }
    }
}
