using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Contacts.Export;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Contacts.Export;

public class StartExportTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_file_is_written_in_the_background_and_given_to_whoever_asked_until_it_expires(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await ExportGuests.Crowd(app, house, 150);
        var client = app.As(house.Owner);
        using var asked = await client.Post(
            "/api/v1/contacts/exports",
            new JsonObject
            {
                ["filter"] = new JsonObject { ["q"] = "guest 1" },
                ["columns"] = new JsonArray("name"),
                ["sort"] = "name",
            }
        );
        var id = (await asked.Json(202))["id"]!.GetValue<Guid>();
        asked.Headers.Location!.ToString().ShouldBe($"/api/v1/contacts/exports/{id}");

        var row = await Whole(client, id);
        (row["status"]!.GetValue<string>(), row["rows"]!.GetValue<int>(), row["downloadUrl"]!.GetValue<string>()).ShouldBe(
            ("completed", 61, $"/api/v1/contacts/exports/{id}/file")
        );
        var text = await client.GetStringAsync(row["downloadUrl"]!.GetValue<string>());
        (text.Length, Csv.Parse(text).Count).ShouldBe((row["bytes"]!.GetValue<int>(), 62));

        // Another key of the same house, all-powerful as it is, has nothing here.
        var other = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything));
        (await other.GetAsync($"/api/v1/contacts/exports/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await other.GetAsync($"/api/v1/contacts/exports/{id}/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var folder = app.Services.GetRequiredService<DataFolder>();
        await using var db = app.Open();
        var export = await db.Set<ExportFile>().AsNoTracking().SingleAsync();
        var asker = Actor.System(house.OrganizationId) with { Kind = export.OwnerKind, Id = export.OwnerId };
        (await ListExports.Run(asker, db, default)).Single().Export.ShouldBe(await GetExport.Run(id, asker, db, default));
        (await ListExports.Run(asker with { Id = Guid.NewGuid() }, db, default)).ShouldBeEmpty();
        var file = ExportFiles.Of(export, folder);
        File.Exists(file).ShouldBeTrue();
        (OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file)).ShouldBe(
            OperatingSystem.IsWindows() ? default : UnixFileMode.UserRead | UnixFileMode.UserWrite
        );
        await db.Set<ExportFile>().ExecuteUpdateAsync(set => set.SetProperty(e => e.ExpiresAt, db.Now.AddSeconds(-1)));
        (await client.GetAsync($"/api/v1/contacts/exports/{id}/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await ForgetExports.Recurring(folder).Run(db, default);
        File.Exists(file).ShouldBeFalse();
        (await db.Set<ExportFile>().CountAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_file_made_with_rights_that_are_gone_is_not_given_out(string engine)
    {
        var clock = new TestClock(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await ExportGuests.Crowd(app, house, 3);
        var client = app.As(house.Owner);
        var ids = await Ids(app);
        var id = (
            await (
                await client.Post(
                    "/api/v1/contacts/exports",
                    new JsonObject { ["ids"] = new JsonArray([.. ids.Take(2).Select(i => (JsonNode)i.ToString())]) }
                )
            ).Json(202)
        )["id"]!.GetValue<Guid>();
        (await Whole(client, id, clock))["rows"]!.GetValue<int>().ShouldBe(2);

        await using var db = app.Open();
        Guid[] lisbon = [house.Lisbon];
        await db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(k => k.Properties, lisbon));
        clock.Advance(TimeSpan.FromSeconds(5)); // rights are known again within so long
        (await client.GetAsync($"/api/v1/contacts/exports/{id}/file")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_cannot_be_exported_is_refused_at_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        var wrong = await client.Post(
            "/api/v1/contacts/exports",
            new JsonObject
            {
                ["filter"] = new JsonObject { ["secret"] = "x" },
                ["columns"] = new JsonArray("x"),
                ["sort"] = "x",
                ["ids"] = new JsonArray(),
            }
        );
        (await wrong.Json(400)).Fields().ShouldBe(["columns", "filter.secret", "ids", "sort"]);
        var unseen = await client.Post(
            "/api/v1/contacts/exports",
            new JsonObject { ["filter"] = new JsonObject { ["propertyId"] = Guid.CreateVersion7().ToString() } }
        );
        unseen.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using var db = app.Open();
        (await db.Set<ExportFile>().CountAsync()).ShouldBe(0);
    }

    private static async Task<List<Guid>> Ids(TestApp app)
    {
        await using var db = app.Open();
        return await db.Contacts.Select(c => c.Id).ToListAsync();
    }

    private static async Task<JsonObject> Whole(HttpClient client, Guid id, TestClock? clock = null)
    {
        for (var left = 300; left > 0; left--)
        {
            var row = await client.GetFromJson($"/api/v1/contacts/exports/{id}");
            if (row["status"]!.GetValue<string>() is "completed" or "failed")
            {
                return row;
            }

            clock?.Advance(TimeSpan.FromSeconds(1)); // jobs are looked for so often
            await Task.Delay(100);
        }

        throw new ShouldAssertException("The export did not end.");
    }
}
