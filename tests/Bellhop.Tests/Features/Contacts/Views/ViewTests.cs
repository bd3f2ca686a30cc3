using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Team;
using Bellhop.Tests.Features.Team;

namespace Bellhop.Tests.Features.Contacts;

public class ViewTests
{
    private const string Path = "/api/v1/me/views/contacts";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Each_person_has_a_view_of_their_own_and_a_deleted_segment_falls_away(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.FrontDesk);
        await app.MakePerson(house.OrganizationId, "bea@example.org", Roles.FrontDesk);
        var (rui, bea) = (await app.Enter("rui@example.org"), await app.Enter("bea@example.org"));
        await using var db = app.Open();
        var who = TestApp.Everything(house);
        var (one, two) = (await Segment("Regulars"), await Segment("Newcomers"));
        await (
            await app.As(house.Owner)
                .Post("/api/v1/contacts", new JsonObject { ["phone"] = "+351912345678", ["propertyId"] = house.Lisbon.ToString() })
        ).Json(201);
        var usual = await rui.GetFromJson(Path);
        usual["columns"]!.AsArray().Select(c => c!["name"]!.GetValue<string>()).ShouldContain("lastBooking");
        usual["tabs"]!.AsArray().ShouldBeEmpty();

        var wanted = new JsonObject
        {
            ["columns"] = new JsonArray(new JsonObject { ["name"] = "rating", ["width"] = 120 }, new JsonObject { ["name"] = "name" }),
            ["dense"] = true,
            ["tabs"] = new JsonArray(two.ToString(), one.ToString()),
        };
        var answer = await Put(rui, wanted);
        var set = await answer.Json(200);
        set.ToJsonString()
            .ShouldBe(
                $$"""{"columns":[{"name":"rating","width":120},{"name":"name","width":null}],"dense":true,"tabs":["{{two}}","{{one}}"]}"""
            );
        var version = answer.Headers.ETag;
        (await Put(rui, wanted)).Headers.ETag.ShouldBe(version, "equal content writes nothing");
        (await bea.GetFromJson(Path)).ToJsonString().ShouldBe(usual.ToJsonString());
        var html = await rui.GetStringAsync("/contacts");
        html.ShouldContain("Newcomers");
        html.ShouldContain("contacts dense");

        await DeleteSegment.Run(two, who, db, Bellhop.Platform.IfMatch.Any, default);
        (await rui.GetFromJson(Path))["tabs"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe([one.ToString()]);

        async Task<Guid> Segment(string name) =>
            (await AddSegment.Run(new(name, new RuleLeaf(new(MinBookings: 1)).ToElement(), Shared: true), who, db, default)).Value.Id;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_no_view_can_be_is_named_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.FrontDesk);
        var rui = await app.Enter("rui@example.org");
        var snapshot = await app.Snapshot();

        var wrong = await rui.Send(
            HttpMethod.Put,
            Path,
            """{"columns":[{"name":"shoeSize"},{"name":"name"},{"name":"name"},{"name":"rating","width":9}],"dense":false,"tabs":[]}"""
        );
        (await wrong.Json(400)).Fields().ShouldBe(["columns[0].name", "columns[2].name", "columns[3].width"]);
        await (await rui.Send(HttpMethod.Put, Path, """{"columns":[],"dense":false}""")).Json(400);
        await (await rui.Send(HttpMethod.Put, Path, $$"""{"columns":[],"dense":false,"tabs":["{{Guid.CreateVersion7()}}"]}""")).Json(404);
        await (await rui.GetAsync("/api/v1/me/views/rooms")).Json(404);
        (await app.Snapshot()).ShouldBe(snapshot);
    }

    private static Task<HttpResponseMessage> Put(HttpClient client, JsonNode body) =>
        client.Send(HttpMethod.Put, Path, body.ToJsonString());
}
