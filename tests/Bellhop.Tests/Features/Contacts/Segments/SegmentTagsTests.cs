using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Tests.Features.Contacts.Segments;

public sealed class SegmentTagsTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_tag_that_was_merged_into_another_is_asked_by_the_others_name(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var ana = await (
            await owner.Post(
                "/api/v1/contacts",
                new JsonObject
                {
                    ["name"] = "Ana",
                    ["phone"] = "+351912345678",
                    ["propertyId"] = house.Lisbon.ToString(),
                }
            )
        ).Json(201);
        (await owner.PutAsync($"/api/v1/contacts/{ana["id"]}/tags/Stammgast", null)).EnsureSuccessStatusCode();
        var made = await (
            await owner.Post(
                "/api/v1/segments",
                new JsonObject
                {
                    ["name"] = "Regulars",
                    ["conditions"] = JsonNode.Parse("""{"any":[{"tag":["Stammgast"]},{"minSpent":5000}]}"""),
                }
            )
        ).Json(201);
        var gone = (await owner.GetFromJsonAsync<JsonNode>("/api/v1/tags"))!["items"]!.AsArray().Single()!["id"]!.GetValue<string>();
        var kept = await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = "Regular" })).Json(201);
        await (await owner.Post($"/api/v1/tags/{kept["id"]}/merges", new JsonObject { ["from"] = gone })).Json(200);

        var after = (await owner.GetFromJsonAsync<JsonNode>($"/api/v1/segments/{made["id"]}"))!;
        after["conditions"]!.ToJsonString().ShouldBe("""{"any":[{"tag":["Regular"]},{"minSpent":5000}]}""");
        after["count"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_renamed_tag_is_still_meant_though_another_has_its_old_name_and_a_deleted_one_is_shown_as_deleted(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        await Guest("+351912345678", "Old");
        var made = await (
            await owner.Post(
                "/api/v1/segments",
                new JsonObject { ["name"] = "Regulars", ["conditions"] = JsonNode.Parse("""{"tag":["Old"]}""") }
            )
        ).Json(201);
        var tag = (await owner.GetFromJsonAsync<JsonNode>("/api/v1/tags"))!["items"]!.AsArray().Single()!["id"]!.GetValue<string>();
        await (await owner.Send(HttpMethod.Patch, $"/api/v1/tags/{tag}", """{"name":"New"}""", type: "application/merge-patch+json")).Json(
            200
        );
        await Guest("+351912345679", "Old");
        await Guest("+351912345670", "Old");

        var renamed = await Segment();
        (renamed["conditions"]!.ToJsonString(), renamed["count"]!.GetValue<int>()).ShouldBe(("""{"tag":["New"]}""", 1));

        (await owner.DeleteAsync($"/api/v1/tags/{tag}")).EnsureSuccessStatusCode();
        var other = (await owner.GetFromJsonAsync<JsonNode>("/api/v1/tags"))!["items"]!.AsArray().Single()!["id"]!.GetValue<string>();
        await (
            await owner.Send(HttpMethod.Patch, $"/api/v1/tags/{other}", """{"name":"New"}""", type: "application/merge-patch+json")
        ).Json(200);
        var deleted = await Segment();
        (deleted["conditions"]!.ToJsonString(), deleted["count"]!.GetValue<int>()).ShouldBe(("""{"tag":["Old / deleted"]}""", 0));

        // Saved again as it is shown, it still means nobody.
        await (
            await owner.Send(
                HttpMethod.Patch,
                $"/api/v1/segments/{made["id"]}",
                new JsonObject { ["conditions"] = deleted["conditions"]!.DeepClone() }.ToJsonString(),
                type: "application/merge-patch+json"
            )
        ).Json(200);
        (await Segment())["count"]!.GetValue<int>().ShouldBe(0);

        async Task Guest(string phone, string label)
        {
            var guest = await (
                await owner.Post("/api/v1/contacts", new JsonObject { ["phone"] = phone, ["propertyId"] = house.Lisbon.ToString() })
            ).Json(201);
            (await owner.PutAsync($"/api/v1/contacts/{guest["id"]}/tags/{label}", null)).EnsureSuccessStatusCode();
        }

        async Task<JsonNode> Segment() => (await owner.GetFromJsonAsync<JsonNode>($"/api/v1/segments/{made["id"]}"))!;
    }
}
