using System.Text.Json.Nodes;

namespace Bellhop.Tests.Features.Tags;

public class TagNameTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Tags_are_unique_ignoring_case_alone(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        foreach (var name in new[] { "Ano", "Año", "ÄRZTE", "Arzte" })
        {
            await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = name })).Json(201);
        }

        await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = "AÑO" })).Json(409);
        await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = "ärzte" })).Json(409);
        (await (await owner.GetAsync("/api/v1/tags")).Json(200))["items"]!
            .AsArray()
            .Select(t => t!["name"]!.GetValue<string>())
            .ShouldBe(["Ano", "Año", "Arzte", "ÄRZTE"]);
    }
}
