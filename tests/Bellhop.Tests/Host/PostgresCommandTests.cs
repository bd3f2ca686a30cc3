using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>The commands beside a server on PostgreSQL.</summary>
public class PostgresCommandTests
{
    [Fact]
    public async Task Every_command_works_on_PostgreSQL_or_says_what_does()
    {
        await using var database = await TestDatabase.CreateNew("postgres");
        using var place = new Place();
        var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = database.ConnectionString };
        Task<BellhopProcess.Ended> Run(params string[] args) => BellhopProcess.Run(place.Folder, on, args);

        var early = await Run("doctor");
        early.Code.ShouldBe(1);
        Line(early.Error).ShouldContain("bellhop setup --help");
        (await Run(Commands.Setup("Sea Group", "data"))).Code.ShouldBe(0);
        (await Run(Commands.Setup("Sea Group", "data"))).Code.ShouldBe(1);
        (await Run(Commands.Setup("Hill Group", "data", "organization", "create"))).Code.ShouldBe(0);
        (await Run("organization", "list"))
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Order()
            .ShouldBe(["Hill Group\tEUR\tEurope/Lisbon\t1", "Sea Group\tEUR\tEurope/Lisbon\t1"]);

        var key = await Run("api-key", "create", "--name", "x", "--organization", "sea group");
        key.Code.ShouldBe(0);
        await using (var server = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"]))
        {
            using var client = server.Client(key.Out.Trim());
            (await (await client.GetAsync("/api/v1/organization")).Json(200))["name"]!.GetValue<string>().ShouldBe("Sea Group");
            (await Run("doctor", "--organization", "Sea Group")).Code.ShouldBe(0);
        }

        await using (var db = database.Open())
        {
            var organization = await db.Organizations.Where(o => o.Name == "Sea Group").Select(o => o.Id).SingleAsync();
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO counters (organization_id, property_id, measure, at, shard, amount) VALUES ({organization}, '00000000-0000-0000-0000-000000000000', 0, 0, 0, 7)"
            );
        }

        var sick = await Run("doctor", "--organization", "Sea Group", "--fix");
        (sick.Code, sick.Out.Trim()).ShouldBe((1, "counter\tall/Contacts/0\tamount\t7\t0"));
        (await Run("doctor", "--organization", "Sea Group")).Code.ShouldBe(0);

        foreach (var (command, tool) in new[] { ("backup", "pg_dump"), ("restore", "pg_restore") })
        {
            var refused = await Run(command, "copy.db");
            (refused.Code, refused.Out).ShouldBe((1, ""));
            Line(refused.Error).ShouldContain(tool);
        }

        Directory.EnumerateFileSystemEntries(place.Folder).ShouldBeEmpty("nothing of it is in files");
    }

    private static string Line(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
}
