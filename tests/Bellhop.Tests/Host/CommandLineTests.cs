using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

public class CommandLineTests
{
    [Fact]
    public async Task The_program_starts_from_any_folder_with_options_before_and_after_the_command()
    {
        using var place = new Place();
        foreach (
            string[] args in (string[][])
                [
                    ["serve", "--data", "one", "--urls", "http://127.0.0.1:0"],
                    ["--data", "two", "--urls", "http://127.0.0.1:0", "serve"],
                    ["--urls", "http://127.0.0.1:0", "serve", "--data", "three"],
                    ["--data", "four", "--urls", "http://127.0.0.1:0"],
                ]
        )
        {
            await using var server = await BellhopProcess.Serve(place.Folder, args);
            using var client = server.Client();

            (await client.GetStringAsync("/health/ready")).ShouldBe("Healthy");
            (await client.GetAsync("/")).Headers.Location!.ToString().ShouldBe("/setup");
            server.Said.ShouldContain("Nobody owns this Bellhop yet");
            (await server.Stop()).ShouldBe(0);
        }

        Directory.GetDirectories(place.Folder).Select(Path.GetFileName).Order().ShouldBe(["four", "one", "three", "two"]);
        Directory.GetDirectories(place.Folder).ShouldAllBe(folder => File.Exists(Path.Combine(folder, "bellhop.db")));
    }

    [Fact]
    public async Task A_second_server_on_the_same_file_is_refused_while_commands_work_beside_the_first()
    {
        using var place = new Place();
        await place.SetUp();
        await using var server = await BellhopProcess.Serve(place.Folder, "--urls", "http://127.0.0.1:0");

        var second = await BellhopProcess.Run(place.Folder, "serve", "--urls", "http://127.0.0.1:0");
        second.Code.ShouldBe(1);
        Lines(second.Error).ShouldHaveSingleItem().ShouldContain("Another Bellhop serves");

        var list = await BellhopProcess.Run(place.Folder, "organization", "list");
        (list.Code, list.Out.Trim()).ShouldBe((0, "Sea Group\tEUR\tEurope/Lisbon\t1"));
        (await BellhopProcess.Run(place.Folder, Commands.Setup("Hill Group", "data", "organization", "create"))).Code.ShouldBe(0);

        var key = await BellhopProcess.Run(place.Folder, "api-key", "create", "--name", "x");
        key.Code.ShouldBe(1);
        Lines(key.Error).ShouldHaveSingleItem().ShouldContain("Hill Group, Sea Group");
        key = await BellhopProcess.Run(
            place.Folder,
            "api-key",
            "create",
            "--name",
            "x",
            "--organization",
            "Hill Group",
            "--permissions",
            "team.manage,contacts.view",
            "--properties",
            "sea hostel"
        );
        key.Out.Trim().ShouldStartWith("bh_");
        using var client = server.Client(key.Out.Trim());
        var shown = await (await client.GetAsync("/api/v1/api-keys")).Json(200);
        shown["items"]!.AsArray().Count.ShouldBe(1);
        shown["items"]![0]!["permissions"]!.ToJsonString().ShouldBe("""["contacts.view","team.manage"]""");
        shown["items"]![0]!["properties"]![0]!["name"]!.GetValue<string>().ShouldBe("Sea Hostel");
        (await client.GetAsync("/api/v1/bookings/0190b1a0-0000-7000-8000-000000000000")).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Forbidden
        );
    }

    [Fact]
    public async Task Set_up_is_refused_once_an_organisation_exists_and_says_all_that_is_wrong()
    {
        using var place = new Place();
        var wrong = await BellhopProcess.Run(
            place.Folder,
            "setup",
            "--organization",
            "",
            "--email",
            "nobody",
            "--password",
            "Password1234",
            "--property",
            "P",
            "--currency",
            "EURO",
            "--time-zone",
            "Mars",
            "--country",
            "Portugal"
        );
        wrong.Code.ShouldBe(1);
        var line = Lines(wrong.Error).ShouldHaveSingleItem();
        foreach (var option in (string[])["--organization", "--email", "--password", "--currency", "--time-zone", "--country"])
        {
            line.ShouldContain(option + ":");
        }

        await place.SetUp();
        var again = await BellhopProcess.Run(place.Folder, Commands.Setup("Another", "data"));
        again.Code.ShouldBe(1);
        Lines(again.Error).ShouldHaveSingleItem().ShouldContain("set up already");
        (await BellhopProcess.Run(place.Folder, "organization", "list")).Out.ShouldNotContain("Another");
    }

    [Theory]
    [InlineData("ConnectionStrings__Postgres", "garbage", "ConnectionStrings:Postgres")]
    [InlineData("ConnectionStrings__Postgres", "Host=127.0.0.1;Port=many", "ConnectionStrings:Postgres")]
    [InlineData("Limits__ApiPerSecond", "many", "Limits:ApiPerSecond")]
    [InlineData("Bellhop__AllowHttp", "maybe", "Bellhop:AllowHttp")]
    public async Task A_setting_that_cannot_be_read_is_one_line_on_standard_error_and_an_exit_code(string name, string value, string said)
    {
        using var place = new Place();
        var ended = await BellhopProcess.Run(place.Folder, new() { [name] = value }, ["--urls", "http://127.0.0.1:0"]);
        ended.Code.ShouldBe(1, ended.Error);
        Lines(ended.Error).ShouldHaveSingleItem().ShouldContain(said);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("serve", "--port", "1")]
    [InlineData("api-key", "create")]
    [InlineData("api-key", "create", "--name", "x")]
    [InlineData("backup", "b.db")]
    [InlineData("restore", "none.db")]
    [InlineData("serve", "--urls", "http://127.0.0.1:99999")]
    public async Task A_mistake_is_one_line_on_standard_error_and_an_exit_code(params string[] args)
    {
        using var place = new Place();
        var ended = await BellhopProcess.Run(place.Folder, args);

        ended.Code.ShouldNotBe(0);
        Lines(ended.Error).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData]
    [InlineData("serve")]
    [InlineData("setup")]
    [InlineData("organization", "create")]
    [InlineData("organization", "list")]
    [InlineData("api-key", "create")]
    [InlineData("doctor")]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Every_command_explains_itself(params string[] command)
    {
        using var place = new Place();
        var ended = await BellhopProcess.Run(place.Folder, [.. command, "--help"]);

        ended.Code.ShouldBe(0);
        ended.Error.ShouldBe("");
        ended.Out.ShouldContain("Usage:");
        ended.Out.ShouldContain("--data <DIR>");
        Directory.EnumerateFileSystemEntries(place.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_doctor_says_what_differs_mends_it_and_is_content()
    {
        using var place = new Place();
        await place.SetUp();
        await using (var db = new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db"))))
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO counters (organization_id, property_id, measure, at, shard, amount) VALUES (1, zeroblob(16), 0, 0, 0, 7)"
            );
        }

        (await BellhopProcess.Run(place.Folder, "doctor")).Code.ShouldBe(1);
        var fixing = await BellhopProcess.Run(place.Folder, "doctor", "--fix");
        fixing.Code.ShouldBe(1);
        Lines(fixing.Out).ShouldHaveSingleItem().ShouldStartWith("counter\t");
        var healthy = await BellhopProcess.Run(place.Folder, "doctor", "--at", "2026-12-24");
        (healthy.Code, healthy.Out).ShouldBe((0, ""));

        foreach (var day in new[] { "12/24/2026", "24.12.2026", "2026-13-01", "soon" })
        {
            var wrong = await BellhopProcess.Run(place.Folder, "doctor", "--at", day);
            wrong.Code.ShouldNotBe(0);
            Lines(wrong.Error).ShouldHaveSingleItem().ShouldContain("YYYY-MM-DD");
        }
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
