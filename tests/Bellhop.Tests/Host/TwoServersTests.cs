using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>Two servers on one PostgreSQL are one Bellhop.</summary>
public class TwoServersTests
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(5); // what was taken away is dead within it

    [Fact]
    public async Task Two_processes_share_keys_of_callers_and_do_every_job_once()
    {
        const int Exports = 12;
        await using var database = await TestDatabase.CreateNew("postgres");
        var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = database.ConnectionString };
        using var place = new Place();
        await SetUp(place.Folder, on);
        var key = (await BellhopProcess.Run(place.Folder, on, ["api-key", "create", "--name", "Both"])).Out.Trim();
        string[] urls = ["--urls", "http://127.0.0.1:0"];
        await using var one = await BellhopProcess.Serve(place.Folder, on, urls);
        await using var other = await BellhopProcess.Serve(place.Folder, on, urls);
        using var first = one.Client(key);
        using var second = other.Client(key);
        var property = (await first.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<Guid>();
        var guest = await (
            await first.Post("/api/v1/contacts", new JsonObject { ["phone"] = "+351912345678", ["propertyId"] = property })
        ).Json(201);

        // What one writes the other reads, and a page of a list may be turned at either.
        (await second.GetFromJson($"/api/v1/contacts/{guest["id"]}"))["phone"]!
            .GetValue<string>()
            .ShouldBe("+351912345678");
        await (await second.Post("/api/v1/contacts", new JsonObject { ["phone"] = "+351912345679", ["propertyId"] = property })).Json(201);
        var cursor = (await first.GetFromJson("/api/v1/contacts?limit=1"))["nextCursor"]!.GetValue<string>();
        (await second.GetFromJson($"/api/v1/contacts?limit=1&cursor={cursor}"))["items"]!.AsArray().Count.ShouldBe(1);

        var paths = new List<string>();
        foreach (var client in Enumerable.Range(0, Exports).Select(i => i % 2 == 0 ? first : second))
        {
            var answer = await client.Post("/api/v1/contacts/exports", new JsonObject());
            await answer.Json(202);
            paths.Add(answer.Headers.Location!.ToString());
        }

        foreach (var path in paths)
        {
            await Wait.Until(async () => (await second.GetFromJson(path))["status"]!.GetValue<string>() is not ("queued" or "running"));
        }

        await using var db = database.Open();
        (await db.Events.CountAsync(e => e.Action == "contacts.exported")).ShouldBe(Exports, "each is written, and once");
        (await db.Jobs.Where(j => j.Kind == "contacts.export").Select(j => j.State).Distinct().ToListAsync()).ShouldBe([
            Bellhop.Platform.JobState.Done,
        ]);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("member")]
    [InlineData("session")]
    [InlineData("role")]
    public async Task What_is_taken_away_at_one_server_is_dead_at_the_other_within_five_seconds(string what)
    {
        await using var one = await TestApp.StartNew("postgres");
        await using var other = TestApp.Beside(one);
        var house = await one.MakeHouse();
        var ruiId = await one.MakePerson(house.OrganizationId, "rui@example.org", Roles.Manager);
        await one.MakePerson(house.OrganizationId, "ana@example.org");
        var ana = await one.Enter("ana@example.org");
        using var here = one.Browser();
        (await here.SignIn("rui@example.org", People.Password)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var there = other.Browser();
        there.Copy(here); // a session that one server began is known to the other
        var made = await (await ana.Post("/api/v1/api-keys", new JsonObject { ["name"] = "Shop" })).Json(201);
        var shop = other.As(made["key"]!.GetValue<string>());
        var client = what == "key" ? shop : there.Client;
        var path = what == "role" ? "/api/v1/team" : "/api/v1/properties";
        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var answer = await (
            what switch
            {
                "key" => ana.DeleteAsync($"/api/v1/api-keys/{made["id"]}"),
                "member" => ana.Send(HttpMethod.Patch, $"/api/v1/team/{ruiId}", """{"disabled":true}"""),
                "role" => ana.Send(HttpMethod.Patch, $"/api/v1/team/{ruiId}", """{"role":"Viewer"}"""),
                _ => here.SignOut(),
            }
        );
        ((int)answer.StatusCode).ShouldBeInRange(200, 303);

        var began = Stopwatch.GetTimestamp();
        while ((await client.GetAsync(path)).StatusCode == HttpStatusCode.OK)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Most);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task SetUp(string folder, Dictionary<string, string> on)
    {
        string[] command =
        [
            "setup",
            "--organization",
            "House",
            "--email",
            "ana@example.org",
            "--password",
            People.Password,
            "--property",
            "Lisbon",
            "--currency",
            "EUR",
            "--time-zone",
            "Europe/Lisbon",
            "--country",
            "PT",
        ];
        var done = await BellhopProcess.Run(folder, on, command);
        done.Code.ShouldBe(0, done.Error);
    }
}
