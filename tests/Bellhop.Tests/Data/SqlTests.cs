using System.Data.Common;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;

namespace Bellhop.Tests.Data;

public class SqlTests
{
    private const string Hostile = "'; DROP TABLE tags; -- @p0 $1 {0} \" \\ \0";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_value_of_every_type_comes_back_as_it_went(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var (id, at, day) = (
            Guid.CreateVersion7(),
            new DateTime(2026, 11, 27, 6, 30, 15, 250, DateTimeKind.Utc),
            new DateOnly(2026, 2, 28)
        );

        var read = await db.ReadFirst(
            $"SELECT {7}, {long.MaxValue}, {true}, {"Zoë"}, {id}, {at}, {day}, {Source.WalkIn}",
            row => (row.Number(), row.Long(), row.Flag(), row.Text(), row.Id(), row.Instant(), row.Day(), row.Name<Source>()),
            default
        );

        read.ShouldBe((7, long.MaxValue, true, "Zoë", id, at, day, Source.WalkIn));
        var none = await db.ReadFirst(
            $"""
            SELECT {(int?)null}, {(long?)null}, {(string?)null}, {(Guid?)null}, {(DateTime?)null}, {(DateOnly?)null},
                {(bool?)null} IS NULL
            """,
            row =>
                (row.NumberOrNull(), row.LongOrNull(), row.TextOrNull(), row.IdOrNull(), row.InstantOrNull(), row.DayOrNull(), row.Flag()),
            default
        );
        none.ShouldBe((null, null, null, null, null, null, true));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_piece_is_spliced_in_with_its_values_wherever_it_stands(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        Sql inner = $"({3} * {Sql.None}{4})";
        var (second, list) = (Sql.Of($"{inner} - {5}"), Sql.List([6, 7, 8]));

        var read = await db.Read(
            $"SELECT {1} + {2}, {second}, CASE WHEN 7 IN ({list}) THEN {9} ELSE {10} END{Sql.AndIn<int>($"x", null)}",
            row => (row.Number(), row.Number(), row.Number()),
            default
        );

        read.ShouldBe([(3, 7, 9)]);
        (await db.Any($"SELECT 1 WHERE 1 = 1{Sql.AndIn($"1", Array.Empty<int>())}", default)).ShouldBeFalse();
        (await db.Any($"SELECT 1 WHERE 1 = 1{Sql.AndIn($"2", [1, 2])}", default)).ShouldBeTrue();
        (await db.Any($"SELECT 1 WHERE {Sql.Join(" AND ", [$"1 = {1}", $"2 = {2}"])}", default)).ShouldBeTrue();
        (await db.Any($"SELECT 1 WHERE {Sql.Join(" OR ", [$"1 = {2}", $"2 = {2}"])}", default)).ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => Sql.Join("; DROP TABLE tags; ", [$"1", $"2"]));
        (await db.Any($"SELECT {Sql.Name("name")} FROM {Sql.Name("tags")}", default)).ShouldBeFalse();
        foreach (var other in (string[])["", "tags; DROP TABLE tags", "\"name\"", "Name", "name--", "t.name"])
        {
            Should.Throw<ArgumentException>(() => Sql.Name(other));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whatever_a_text_says_it_is_a_value_and_no_sql(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var hostile = engine == "sqlite" ? Hostile : Hostile.TrimEnd('\0'); // which PostgreSQL stores in no text
        Sql condition = $"{hostile} = {hostile + ""}";
        Sql question = $"SELECT {hostile} WHERE {condition} AND {db.Dialect.Among($"{hostile}", [hostile, "other"])}";

        question.Write(db.Dialect).Text.ShouldNotContain("DROP");
        (await db.Read(question, row => row.Text(), default)).ShouldBe([hostile]);
        (await db.Read($"SELECT {Sql.List([hostile])}", row => row.Text(), default)).ShouldBe([hostile]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_parameter_serves_what_is_said_alike_and_is_the_same(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var (who, scope, other) = ((Id: 1, Name: "a"), (Id: 1, Name: "b"), (Id: 2, Name: "c"));

        Count($"SELECT {who.Id}, {who.Id}, {scope.Id}").ShouldBe(1);
        Count($"SELECT {who.Id}, {other.Id}").ShouldBe(2);
        Count($"SELECT {who.Id}, {Sql.Of($"{scope.Id}, {scope.Name}")}").ShouldBe(2);
        Count($"SELECT {Sql.List([1, 1])}").ShouldBe(2);
        var same = await db.Read($"SELECT {who.Id}, {other.Id}, {scope.Id}", row => (row.Number(), row.Number(), row.Number()), default);
        same.ShouldBe([(1, 2, 1)]);

        int Count(Sql sql) => sql.Write(db.Dialect).Count;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_fixed_stands_in_the_text(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        const int most = 3;

        Sql sql = $"SELECT {most:fixed}, {Source.Website:fixed}";
        sql.Write(db.Dialect).Text.ShouldBe("SELECT 3, 'Website'");
        sql.Write(db.Dialect).Count.ShouldBe(0);
        Should.Throw<FormatException>(() => Sql.Of($"SELECT {most:N0}"));
        Should.Throw<ArgumentOutOfRangeException>(() => Sql.Of($"SELECT {(Source)999:fixed}"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_text_is_one_object_whatever_its_values(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();

        Text(1, "a").ShouldBeSameAs(Text(2, "b"));
        Text(1, "a").ShouldBe(engine == "sqlite" ? "SELECT @p0, @p1" : "SELECT $1, $2");

        string Text(int number, string text) => Sql.Of($"SELECT {number}, {text}").Write(db.Dialect).Text;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Kept_sql_is_one_text_and_each_read_gives_its_own_values(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var number = SqlHole.For<Given>(g => g.Number);
        var texts = new SqlHoles<Given>((g, at) => g.Texts[at]);
        Sql sql = $"SELECT {number}, {texts.List(2)}, {number}, {5}";
        var kept = sql.Keep(db.Dialect);

        (await Read(Sql.Of(kept, new Given(1, "a", "b")))).ShouldBe((1, "a", "b", 1, 5));
        (await Read(Sql.Of(kept, new Given(2, "c", "c")))).ShouldBe((2, "c", "c", 2, 5));
        (await Read(sql.With(new Given(3, "d", "e")))).ShouldBe((3, "d", "e", 3, 5));
        Sql.Of(kept, new Given(2, "c", "c")).Write(db.Dialect).Text.ShouldBeSameAs(kept.Text);
        sql.Write(db.Dialect).Count.ShouldBe(4, "the same hole is the same parameter");

        Sql inner = $"{number}";
        Sql outer = $"SELECT {inner.With(new Given(7))}, {number}, {inner.With(new Given(8))}";
        var each = await db.ReadFirst(outer.With(new Given(9)), row => (row.Number(), row.Number(), row.Number()), default);
        each.ShouldBe((7, 9, 8), "a piece keeps its own values");
        await Should.ThrowAsync<InvalidOperationException>(() => db.Any(sql, default));
        await Should.ThrowAsync<InvalidOperationException>(() => db.Any(sql.With("another type"), default));

        Task<(int, string, string, int, int)> Read(Sql given) =>
            db.ReadFirst(given, row => (row.Number(), row.Text(), row.Text(), row.Number(), row.Number()), default);
    }

    private sealed record Given(int Number, params string[] Texts);

    [Theory, MemberData(nameof(Engines))]
    public async Task A_read_ends_where_its_reader_says(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        Sql three = $"SELECT 1, 4 UNION ALL SELECT 2, 5 UNION ALL SELECT 3, 6";
        var (first, all) = (new List<int>(), new List<int>());

        await db.ReadWhile(
            three,
            row =>
            {
                first.Add(row.Number());
                row.Skip(first.Count == 1 ? 1 : 0);
                return first.Count < 2;
            },
            default
        );
        await db.ReadEach(
            three,
            row =>
            {
                all.Add(row.Number() + row.Number());
                return default;
            },
            default
        );

        first.ShouldBe([1, 2]);
        all.ShouldBe([5, 7, 9]);
        (await Should.ThrowAsync<InvalidOperationException>(() => db.ReadWhile(three, _ => true, default))).Message.ShouldBe(
            "Of 2 columns 0 were read."
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_column_that_is_not_read_is_told(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();

        (await Should.ThrowAsync<InvalidOperationException>(() => db.Read($"SELECT 1, 2", row => row.Number(), default))).Message.ShouldBe(
            "Of 2 columns 1 were read."
        );
        var passed = await db.Read(
            $"SELECT 1, NULL, 3",
            row =>
            {
                var (first, isNull) = (row.Number(), row.IsNull);
                row.Skip(1);
                return (first, isNull, row.Number());
            },
            default
        );
        passed.ShouldBe([(1, true, 3)]);
    }

    [Fact]
    public async Task Nothing_is_written_outside_a_save()
    {
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();

        await Should.ThrowAsync<InvalidOperationException>(() => db.Execute($"DELETE FROM tags", default));
    }

    /// <summary>The same statement, kept prepared and given its values as before: with a parameter made for each.</summary>
    [Fact]
    public async Task A_read_allocates_no_more_than_the_same_by_hand()
    {
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database.File }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT @organization, @id, @text WHERE @organization = 1 LIMIT @most + 0";
        var (organization, id) = (1, Guid.CreateVersion7());

        var ours = await Allocated(Ours);
        var hand = await Allocated(Hand);
        var spliced = await Allocated(Spliced);

        TestContext.Current.TestOutputHelper!.WriteLine($"bytes a read: ours {ours}, spliced {spliced}, by hand {hand}");
        ours.ShouldBeLessThanOrEqualTo(hand);
        spliced.ShouldBeLessThanOrEqualTo(hand + 400); // a piece is an object of its own

        Task Ours() =>
            db.Read(
                $"SELECT {organization}, {id}, {"text"} WHERE {organization} = 1{SqlDialect.Limit(20)}",
                row => (row.Number(), row.Id(), row.Text()),
                default
            );

        Task Spliced()
        {
            Sql mine = $" WHERE {organization} = 1";
            return db.Read(
                $"SELECT {organization}, {id}, {"text"}{mine}{SqlDialect.Limit(20)}",
                row => (row.Number(), row.Id(), row.Text()),
                default
            );
        }

        async Task Hand()
        {
            command.Parameters.Clear();
            command.With("organization", organization).With("id", db.Stored(id)).With("text", "text").With("most", 20);
            var rows = new List<(int, Guid, string)>();
            await using var row = await ((DbCommand)command).ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                rows.Add((row.GetInt32(0), db.ReadId(row, 1), row.GetString(2)));
            }
        }
    }

    private static async Task<long> Allocated(Func<Task> read)
    {
        const int times = 200;
        for (var i = 0; i < times; i++)
        {
            await read();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < times; i++)
        {
            await read(); // SQLite answers at once, on this thread
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / times;
    }
}
