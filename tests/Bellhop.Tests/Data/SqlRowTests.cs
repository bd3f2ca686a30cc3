using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Tests.Data;

public class SqlRowTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_empty_or_zero_is_not_null(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var (start, first) = (DateTime.UnixEpoch, DateOnly.MinValue);

        var read = await db.ReadFirst(
            $"SELECT {0}, {0L}, {false}, {""}, {Guid.Empty}, {start}, {first}, {int.MinValue}, {long.MinValue}",
            row =>
                (
                    row.NumberOrNull(),
                    row.LongOrNull(),
                    row.Flag(),
                    row.TextOrNull(),
                    row.IdOrNull(),
                    row.InstantOrNull(),
                    row.DayOrNull(),
                    (row.Number(), row.Long())
                ),
            default
        );

        read.ShouldBe((0, 0L, false, "", Guid.Empty, start, first, (int.MinValue, long.MinValue)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Null_where_a_value_must_be_is_an_error_that_names_the_column(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var none = Sql.Of($"SELECT {1}, {(int?)null}, {(long?)null}, {(string?)null}, {(Guid?)null}, {(DateTime?)null}, {(DateOnly?)null}");
        Action<SqlRow>[] reads = [r => r.Number(), r => r.Long(), r => r.Text(), r => r.Id(), r => r.Instant(), r => r.Day()];

        for (var i = 0; i < reads.Length; i++)
        {
            var column = i + 1;
            var error = await Should.ThrowAsync<InvalidOperationException>(
                db.ReadFirst(
                    none,
                    row =>
                    {
                        row.Skip(column);
                        reads[column - 1](row);
                        row.Skip(reads.Length - column);
                        return true;
                    },
                    default
                )
            );
            error.Message.ShouldContain($"Column {column} ");
        }
    }

    [Fact]
    public async Task On_SQLite_what_is_no_id_and_no_day_is_an_error()
    {
        await using var database = await TestDatabase.Create("sqlite");
        await using var db = database.Open();

        await Should.ThrowAsync<FormatException>(db.ReadFirst($"SELECT {"not sixteen bytes"}", row => row.Id(), default));
        await Should.ThrowAsync<FormatException>(db.ReadFirst($"SELECT {"2026-1-1"}", row => row.DayOrNull(), default));
        await Should.ThrowAsync<FormatException>(db.ReadFirst($"SELECT {"2026-11-28 12:00"}", row => row.Day(), default));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_number_larger_than_the_type_asked_for_is_an_error(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();

        await Should.ThrowAsync<OverflowException>(db.ReadFirst($"SELECT {int.MaxValue + 1L}", row => row.Number(), default));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Text_of_any_script_comes_back_as_it_went(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        string[] texts = ["Zoë", "Ærøskøbing", "Владимир", "محمد", "王小明", "👩‍👩‍👧", " ", "a\u0301"];

        foreach (var text in texts)
        {
            (await db.ReadFirst($"SELECT {text}", row => row.Text(), default)).ShouldBe(text);
        }
    }
}
