using System.Text.Json.Nodes;
using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>
/// A guest who cannot be mistaken for anybody, through every door of a server as it runs; then deleted, and looked for everywhere.
/// </summary>
public class CanaryTests
{
    // Pieces of everything that was ever said of the two guests, as written, as folded and as typed.
    private static readonly string[] Said = ["anarek", "anarka", "Zielon", "zielon", "91357753", "913 577", "zwitscher", "zzq"];

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Of_deleted_guests_nothing_is_left_in_the_database_its_files_or_the_log(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        var on = new Dictionary<string, string> { ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "" };
        var key = await place.SetUp(postgres);
        await using var server = await BellhopProcess.Serve(place.Folder, on, ["--urls", "http://127.0.0.1:0"]);
        using var client = server.Client(key);
        BellhopDb Open() => postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));

        var one = await Sing(client);
        var two = await Another(client);
        await using (var db = Open())
        {
            // They were there, and the search below would have found them.
            (await Left(place, db, postgres)).Count.ShouldBeGreaterThan(5);
        }

        (await client.DeleteAsync($"/api/v1/contacts/{one}")).EnsureSuccessStatusCode();
        (
            await (
                await client.Post("/api/v1/contacts/bulk", JsonNode.Parse($$"""{"action":"delete","ids":["{{two}}"]}""")!, "k-bulk")
            ).Json(200)
        )["affected"]!
            .GetValue<int>()
            .ShouldBe(1);
        await (await client.Post("/api/v1/bookings", Booking(await Property(client), "b1", "Kanarka Zielona"))).Json(200); // the outside system speaks of the person again
        await (await client.GetAsync("/api/v1/contacts?q=Kanarek")).Json(200);

        await using (var db = Open())
        {
            (
                await db.Contacts.CountAsync(),
                await db.Bookings.CountAsync(b => b.GuestDeleted),
                await db.IdempotentResponses.CountAsync(a => a.ContactId != null)
            ).ShouldBe((0, 2, 0));
            await db.ScrubDeleted(default);
            (await Left(place, db, postgres)).ShouldBeEmpty();
        }

        (await server.Stop()).ShouldBe(0);
        await using (var db = Open())
        {
            (await Left(place, db, postgres)).ShouldBeEmpty();
        }

        Said.Where(server.Said.Contains).ShouldBeEmpty("in the log");
        server.Said.ShouldContain("Now listening"); // which was heard
    }

    /// <summary>Booked, changed, edited, noted, tagged, reviewed, refused: each leaves something of the guest somewhere.</summary>
    private static async Task<Guid> Sing(HttpClient client)
    {
        var property = await Property(client);
        var guest = (await (await client.Post("/api/v1/bookings", Booking(property, "b1", "Kanarek Zielony"), "k-1")).Json(201))[
            "contactId"
        ]!.GetValue<Guid>();
        await (await client.Post("/api/v1/bookings", Booking(property, "b1", "Kanarek Zielony-Nowak"))).Json(200);
        var second = (await (await client.Post("/api/v1/bookings", Booking(property, "b2", "Kanarek Zielony"), "k-2")).Json(201))[
            "id"
        ]!.GetValue<Guid>();
        await Patch(client, $"/api/v1/bookings/{second}", """{"status":"Cancelled"}""");
        var path = $"/api/v1/contacts/{guest}";
        await Patch(client, path, """{"name":"Kanarka Zielona","phone":"+351 913 577 532","email":"zwitscher.2@example.org"}""");
        await Patch(client, path, """{"name":"Kanarek Zielonka"}""");
        var note = (
            await (
                await client.Post(path + "/notes", JsonNode.Parse("""{"text":"Sings at dawn zzq-1","kind":"preference"}""")!, "k-3")
            ).Json(201)
        )["id"]!.GetValue<Guid>();
        await Patch(client, $"{path}/notes/{note}", """{"text":"Sings at night zzq-2"}""");
        (await client.PutAsync(path + "/tags/Early%20bird", null)).EnsureSuccessStatusCode();
        await (
            await client.Post(
                "/api/v1/reviews",
                JsonNode.Parse($$"""{"contactId":"{{guest}}","stars":5,"comment":"zzq-3: no cage"}""")!,
                "k-4"
            )
        ).Json(201);

        // Refusals quote nobody: a phone that is known, one that cannot be, and a guest that is none.
        await (
            await client.Post(
                "/api/v1/contacts",
                JsonNode.Parse($$"""{"phone":"+351913577532","name":"Kanarek zzq-4","propertyId":"{{property}}"}""")!,
                "k-5"
            )
        ).Json(409);
        await (
            await client.Post(
                "/api/v1/contacts",
                JsonNode.Parse($$"""{"phone":"913577","name":"Kanarek zzq-5","propertyId":"{{property}}"}""")!,
                "k-6"
            )
        ).Json(400);
        await (await client.GetAsync("/api/v1/contacts?name=zzq-6")).Json(400);
        await (await client.GetAsync("/api/v1/contacts?q=Kanarek%20Zielonka")).Json(200);
        await (await client.GetAsync(path + "/timeline")).Json(200);
        return guest;
    }

    /// <summary>One typed in by hand, deleted with many.</summary>
    private static async Task<Guid> Another(HttpClient client) =>
        (
            await (
                await client.Post(
                    "/api/v1/contacts",
                    JsonNode.Parse(
                        $$"""{"phone":"+351 913 577 533","name":"Kanarek Drugi zzq-7","email":"zwitscher.3@example.org","propertyId":"{{await Property(client)}}"}"""
                    )!,
                    "k-7"
                )
            ).Json(201)
        )["id"]!.GetValue<Guid>();

    private static async Task Patch(HttpClient client, string path, string body)
    {
        using var answer = await client.Send(HttpMethod.Patch, path, body, type: "application/merge-patch+json");
        await answer.Json(200);
    }

    private static JsonObject Booking(Guid property, string key, string name) =>
        JsonNode
            .Parse(
                $$"""
                {"propertyId":"{{property}}","source":"Website","externalId":"{{key}}","status":"Confirmed","arrival":"2026-12-02","departure":"2026-12-05","total":{"amount":120,"currency":"EUR"},
                 "guest":{"name":"{{name}}","phone":"913 577 531","email":"Zwitscher.1@Example.org"},"notes":"Brings a cage zzq-8"}
                """
            )!
            .AsObject();

    private static async Task<Guid> Property(HttpClient client) =>
        (await (await client.GetAsync("/api/v1/properties")).Json(200))["items"]![0]!["id"]!.GetValue<Guid>();

    private static async Task<List<string>> Left(Place place, BellhopDb db, TestDatabase? postgres)
    {
        var left = new List<string>();
        foreach (var text in Said)
        {
            left.AddRange(
                (postgres is null ? await Traces.InFiles(place.Folder, text) : await Traces.InTables(db, text)).Select(where =>
                    $"{text} in {where}"
                )
            );
        }

        return left;
    }
}
