#pragma warning disable EF1001 // what lists a context's migrations has no public base
using System.Reflection;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;

namespace Bellhop.Tests.Data;

public class MigrationTests
{
    private const string Step = "99990101000000_StepUp";

    /// <summary>What the model cannot say, by engine. A table that SQLite builds anew loses its share of these without a word.</summary>
    private static readonly Dictionary<string, string[]> ByHand = new(StringComparer.Ordinal)
    {
        ["sqlite"] =
        [
            "index ix_bookings_external: CREATE UNIQUE INDEX ix_bookings_external ON bookings "
                + "(organization_id, lower(external_id), property_id, source, external_id) WHERE lower(external_id) IS NOT NULL",
            "index ix_bookings_long: CREATE INDEX ix_bookings_long ON bookings (organization_id, property_id, status, departure) "
                + "WHERE status = 'Confirmed' AND CAST(julianday(departure) - julianday(arrival) AS integer) > 14",
            "index ix_bookings_nights: CREATE INDEX ix_bookings_nights ON bookings (organization_id, property_id, departure) "
                + "WHERE CAST(julianday(departure) - julianday(arrival) AS integer) > 14",
            "index ix_bookings_reference: CREATE INDEX ix_bookings_reference ON bookings (organization_id, lower(reference)) "
                + "WHERE lower(reference) IS NOT NULL",
            "index ix_bookings_search: CREATE INDEX ix_bookings_search ON bookings (organization_id, search, id) WHERE search IS NOT NULL",
            "setting automerge: 8",
            "setting pgsz: 1000",
            "setting secure-delete: 1",
            "table contact_search: CREATE VIRTUAL TABLE contact_search USING fts5 (text, tokenize = 'trigram case_sensitive "
                + "1', content = '')",
            "table contact_search_rows: CREATE TABLE contact_search_rows ( id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL, "
                + "contact_id BLOB NOT NULL, UNIQUE (organization_id, contact_id))",
            "table contact_search_terms: CREATE VIRTUAL TABLE contact_search_terms USING fts5vocab (contact_search, instance)",
            "setting of messages secure-delete: 1",
            "table message_search: CREATE VIRTUAL TABLE message_search USING fts5 (text, tokenize = 'trigram case_sensitive "
                + "1', content = '')",
            "table message_search_rows: CREATE TABLE message_search_rows ( id INTEGER PRIMARY KEY, organization_id INTEGER NOT NULL, "
                + "message_id BLOB NOT NULL, conversation_id BLOB NOT NULL, UNIQUE (organization_id, message_id))",
            "trigger events_kept: CREATE TRIGGER events_kept BEFORE DELETE ON events WHEN NOT EXISTS (SELECT 1 FROM event_retention r "
                + "WHERE r.organization_id = OLD.organization_id AND OLD.at < r.\"before\") "
                + "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
            "trigger events_unchanged: CREATE TRIGGER events_unchanged BEFORE UPDATE ON events "
                + "BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
        ],
        ["postgres"] =
        [
            "extension pg_trgm",
            "function bellhop_events_kept(): plpgsql",
            "function bellhop_pairs(text): plpgsql immutable strict parallel safe",
            "index ix_bookings_external: CREATE UNIQUE INDEX ix_bookings_external ON bookings USING btree (organization_id, "
                + "lower((external_id)::text), property_id, source, external_id) WHERE (lower((external_id)::text) IS NOT NULL)",
            "index ix_bookings_long: CREATE INDEX ix_bookings_long ON bookings USING btree (organization_id, property_id, status, "
                + "departure) WHERE (((status)::text = 'Confirmed'::text) AND ((departure - arrival) > 14))",
            "index ix_bookings_nights: CREATE INDEX ix_bookings_nights ON bookings USING btree (organization_id, property_id, "
                + "departure) WHERE ((departure - arrival) > 14)",
            "index ix_bookings_reference: CREATE INDEX ix_bookings_reference ON bookings USING btree (organization_id, "
                + "lower((reference)::text)) WHERE (lower((reference)::text) IS NOT NULL)",
            "index ix_bookings_pairs: CREATE INDEX ix_bookings_pairs ON bookings USING gin (bellhop_pairs(search)) WITH (fastupdate='on') "
                + "WHERE (search IS NOT NULL)",
            "index ix_bookings_search: CREATE INDEX ix_bookings_search ON bookings USING gin (search gin_trgm_ops) WITH (fastupdate='on') "
                + "WHERE (search IS NOT NULL)",
            "index ix_contacts_pairs: CREATE INDEX ix_contacts_pairs ON contacts USING gin (bellhop_pairs(search)) WITH (fastupdate='on')",
            "index ix_contacts_search: CREATE INDEX ix_contacts_search ON contacts USING gin (search gin_trgm_ops) WITH (fastupdate='on')",
            "index ix_messages_search: CREATE INDEX ix_messages_search ON messages USING gin (search gin_trgm_ops) WITH (fastupdate='on') "
                + "WHERE (search IS NOT NULL)",
            "trigger events_kept",
            "trigger events_not_emptied",
        ],
    };

    private static readonly Dictionary<string, string> Catalogue = new(StringComparer.Ordinal)
    {
        ["sqlite"] = """
            SELECT type || ' ' || name || ': ' || sql AS "Value" FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') AND name NOT LIKE 'sqlite_%'
            UNION ALL SELECT 'setting ' || k || ': ' || v FROM contact_search_config WHERE k IN ('automerge', 'pgsz', 'secure-delete')
            UNION ALL SELECT 'setting of messages ' || k || ': ' || v FROM message_search_config WHERE k = 'secure-delete'
            """,
        ["postgres"] = """
            SELECT 'index ' || indexname || ': ' || replace(indexdef, ' public.', ' ') AS "Value" FROM pg_indexes
                WHERE schemaname = 'public'
            UNION ALL SELECT 'table ' || tablename FROM pg_tables WHERE schemaname = 'public'
            UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql'
            UNION ALL SELECT 'function ' || p.oid::regprocedure || ': ' || l.lanname || CASE p.provolatile WHEN 'i' THEN ' immutable' ELSE
                '' END
                || CASE WHEN p.proisstrict THEN ' strict' ELSE '' END || CASE p.proparallel WHEN 's' THEN ' parallel safe' ELSE '' END
            FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
            WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
            """,
    };

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_is_written_by_hand_is_in_a_migrated_database_and_everything_else_is_the_models(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var tables = db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.ToList();
        var known = tables
            .Select(t => t.Name)
            .Concat(tables.SelectMany(t => t.Indexes.Select(i => i.Name)))
            .Concat(tables.SelectMany(t => t.UniqueConstraints.Select(c => c.Name)))
            .Append("__EFMigrationsHistory")
            .Append("pk___ef_migrations_history")
            .Append("__EFMigrationsLock")
            .ToHashSet(StringComparer.Ordinal);

        var there = await db.Database.SqlQueryRaw<string>(Catalogue[engine]).ToListAsync();

        there.Select(OnOneLine).Where(o => !known.Contains(o.Split(' ', ':')[1])).ShouldBe(ByHand[engine], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_step_up_keeps_what_was_and_may_take_as_long_as_it_needs(string engine)
    {
        await using var house = await TestHouse.MakeNew(engine);
        await using var db = Next(house.Database);
        db.Host = new(house.Clock) { Folder = new(house.Database.Folder) };

        await db.Migrate(held: false, default);

        (await db.Properties.CountAsync()).ShouldBe(2);
        if (engine == "sqlite")
        {
            Directory.GetFiles(house.Database.Folder, "bellhop-before-*.db").ShouldHaveSingleItem();
        }
        else
        {
            // The step may take as long as it needs; what comes after it may not.
            (await db.Database.SqlQuery<string>($"SELECT allowed AS \"Value\" FROM step_up").SingleAsync()).ShouldBe("0");
            (await db.Database.SqlQuery<string>($"SELECT current_setting('statement_timeout') AS \"Value\"").SingleAsync()).ShouldBe("30s");
        }
    }

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static BellhopDb Next(TestDatabase database) =>
        database.Engine == "sqlite"
            ? new SqliteDb(
                new DbContextOptionsBuilder<SqliteDb>(SqliteDb.Options(database.File))
                    .ReplaceService<IMigrationsAssembly, OneMore>()
                    .Options
            )
            : new PostgresDb(
                new DbContextOptionsBuilder<PostgresDb>(PostgresDb.Options(database.ConnectionString))
                    .ReplaceService<IMigrationsAssembly, OneMore>()
                    .Options
            );

    /// <summary>The migrations of the next version: ours and a step.</summary>
    private sealed class OneMore(
        ICurrentDbContext context,
        IDbContextOptions options,
        IMigrationsIdGenerator ids,
        IDiagnosticsLogger<DbLoggerCategory.Migrations> log
    ) : MigrationsAssembly(context, options, ids, log)
    {
        private readonly Type _step = context.Context is SqliteDb ? typeof(SqliteStep) : typeof(PostgresStep);

        public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
            new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary(), StringComparer.Ordinal) { [Step] = _step.GetTypeInfo() };
    }

    [Migration(Step)]
    private sealed class SqliteStep : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE step_up (allowed TEXT)");
    }

    [Migration(Step)]
    private sealed class PostgresStep : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("CREATE TABLE step_up AS SELECT current_setting('statement_timeout') AS allowed");
    }
}
