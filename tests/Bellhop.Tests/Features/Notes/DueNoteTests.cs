using System.Text.Json.Nodes;
using Bellhop.Features.Notes;
using Bellhop.Features.Team;
using Bellhop.Tests.Features.Team;

namespace Bellhop.Tests.Features.Notes;

public class DueNoteTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_due_by_a_day_and_not_done_stands_in_one_list_the_earliest_first(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (lisbon, berlin) = (await Guest(owner, house.Lisbon, "+351912345678"), await Guest(owner, house.Berlin, "+4915112345678"));
        var late = await Write(owner, lisbon, "Key deposit", "2026-03-01");
        await Write(owner, berlin, "Birthday cake", "2026-03-02");
        await Write(owner, lisbon, "Later", "2026-03-03");
        await Write(owner, lisbon, "Only to be read", null);

        (await Due(owner, "?due=2026-03-02")).ShouldBe(["Key deposit", "Birthday cake"]);
        (await Due(owner, "?due=2026-02-28")).ShouldBeEmpty();
        var page = await owner.GetFromJson("/api/v1/notes?due=2026-03-03&limit=2");
        page["items"]![0]!["contact"]!["id"]!.GetValue<string>().ShouldBe(lisbon);
        (page["items"]![0]!["due"]!.GetValue<string>(), page["items"]![0]!["done"]!.GetValue<bool>()).ShouldBe(("2026-03-01", false));
        (await Due(owner, $"?due=2026-03-03&limit=2&cursor={page["nextCursor"]}")).ShouldBe(["Later"]);

        // Whoever sees one property sees the notes of its guests.
        var limited = app.As(await app.MakeKey(house.OrganizationId, Roles.Of(Roles.FrontDesk), house.Berlin));
        (await Due(limited, "?due=2026-03-03")).ShouldBe(["Birthday cake"]);

        var done = await (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{lisbon}/notes/{late}", """{"done":true}""")).Json(200);
        done["done"]!.GetValue<bool>().ShouldBeTrue();
        (await Due(owner, "?due=2026-03-03")).ShouldBe(["Birthday cake", "Later"]);
        await (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{lisbon}/notes/{late}", """{"done":false,"due":null}""")).Json(200);
        (await Due(owner, "?due=2026-03-03")).ShouldBe(["Birthday cake", "Later"]);
        (await (await owner.GetAsync("/api/v1/notes?due=1.3.2026&mine=perhaps")).Json(400)).Fields().ShouldBe(["due", "mine"]);
        (await (await owner.GetAsync("/api/v1/notes?all=1")).Json(400)).Fields().ShouldBe(["all"]);
        var wrong = await owner.Post($"/api/v1/contacts/{lisbon}/notes", new JsonObject { ["text"] = "x", ["due"] = "soon" });
        (await wrong.Json(400)).Fields().ShouldBe(["due"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_note_mentions_the_members_it_names_and_is_theirs_too(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await app.MakePerson(house.OrganizationId, "zoe@example.org", Roles.FrontDesk);
        var colleague = await app.Enter("zoe@example.org");
        await (await colleague.Send(HttpMethod.Patch, "/api/v1/me", """{"name":"Zoë Muñoz"}""")).Json(200);
        var guest = await Guest(owner, house.Lisbon, "+351912345678");

        var made = await (
            await owner.Post(
                $"/api/v1/contacts/{guest}/notes",
                new JsonObject { ["text"] = "@Zoë Muñoz: call back, her mail is ana@zoë.example", ["due"] = "2026-03-01" }
            )
        ).Json(201);
        made["mentions"]!.AsArray().Select(m => m!["name"]!.GetValue<string>()).ShouldBe(["Zoë Muñoz"]);
        (await Due(colleague, "?due=2026-03-01&mine=true")).Count.ShouldBe(1);
        (await Due(app.As(await app.MakeKey(house.OrganizationId, Roles.Of(Roles.Viewer))), "?due=2026-03-01&mine=true")).ShouldBeEmpty();
        (await Due(owner, "?due=2026-03-01&mine=true")).Count.ShouldBe(1, "the author's own");

        var path = $"/api/v1/contacts/{guest}/notes/{made["id"]}";
        (await owner.GetFromJson(path))["mentions"]!.AsArray().Count.ShouldBe(1);
        await (await owner.Send(HttpMethod.Patch, path, """{"text":"Nobody in particular"}""")).Json(200);
        (await owner.GetFromJson(path))["mentions"]!.AsArray().ShouldBeEmpty();
        (await Due(colleague, "?due=2026-03-01&mine=true")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("@Ana Silva please", "Ana Silva")]
    [InlineData("ask @ana silva, or @Bo", "Ana Silva", "Bo")]
    [InlineData("@Anas", "")]
    [InlineData("mail ana@Bo", "")]
    [InlineData("@Ana", "")]
    [InlineData("@Carla is on", "Carla Reis")]
    public void The_longest_name_counts_and_a_first_name_where_one_member_has_it(string text, params string[] named)
    {
        TeamNames.Row[] team =
        [
            .. new[] { "Ana Silva", "Ana Costa", "Bo", "Carla Reis" }.Select(n => new TeamNames.Row(Guid.CreateVersion7(), n)),
        ];

        Mentions.Find(text, team).Select(p => p.Name).ShouldBe(named.Where(n => n.Length > 0));
    }

    private static async Task<string> Write(HttpClient owner, string guest, string text, string? due) =>
        (await (await owner.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = text, ["due"] = due })).Json(201))[
            "id"
        ]!.GetValue<string>();

    private static async Task<List<string>> Due(HttpClient client, string query) =>
        [.. (await client.GetFromJson("/api/v1/notes" + query))["items"]!.AsArray().Select(n => n!["text"]!.GetValue<string>())];

    private static async Task<string> Guest(HttpClient owner, Guid property, string phone) =>
        (
            await (await owner.Post("/api/v1/contacts", new JsonObject { ["phone"] = phone, ["propertyId"] = property.ToString() })).Json(
                201
            )
        )["id"]!.GetValue<string>();
}
