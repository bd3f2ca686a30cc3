using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

public class PostgresConnectionTests
{
    [Fact]
    public async Task A_query_of_some_milliseconds_gets_no_helpers_which_take_longer_to_start()
    {
        await using var database = await TestDatabase.CreateNew("postgres");
        await using var db = database.Open();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TABLE stays AS SELECT i AS id, repeat('night', 20) AS what FROM generate_series(1, 300000) i; ANALYZE stays"
        );

        var plan = await db.Read($"EXPLAIN SELECT count(*) FROM stays WHERE what LIKE '%ghtn%'", row => row.TextOrNull(), default);

        string.Join('\n', plan).ShouldNotContain("Gather");
        (await db.Read($"SHOW jit", row => row.TextOrNull(), default)).ShouldBe(["off"]);
    }
}
