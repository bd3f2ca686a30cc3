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
}
