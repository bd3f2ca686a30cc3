using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

public class SendTemplateTests
{
    private const string Two = """
        {"data":[
          {"id":"1","name":"arrival","language":"en","status":"APPROVED","category":"UTILITY","quality_score":{"score":"GREEN"},
           "components":[{"type":"HEADER","format":"TEXT","text":"Hello {{1}}"},
                         {"type":"BODY","text":"Your room {{1}} is ready at {{2}}."}]},
          {"id":"2","name":"party","language":"en","status":"PAUSED","category":"MARKETING","components":[{"type":"BODY","text":"Party!"}]}
        ]}
        """;

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task When_the_window_is_closed_a_template_goes_out_with_its_blanks_filled(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        SendingLine.Providers.Templates[line.WhatsApp.WabaId!] = Two;
        var refreshed = await line.Client.Post($"/api/v1/connections/{line.Meta}/templates/refreshes", new JsonObject());
        (await refreshed.Json(200))["templates"]!.GetValue<int>().ShouldBe(2);
        var listed = (await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}/templates"))["items"]!.AsArray();
        listed.Select(t => t!["name"]!.GetValue<string>()).ShouldBe(["arrival", "party"]);
        listed[0]!["parameters"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["header.1", "1", "2"]);
        await Close(line, conversation);

        var text = await line.Post(conversation, new() { ["text"] = "Hello" });
        var closed = await text.Json(409);
        closed["type"]!.GetValue<string>().ShouldEndWith("window-closed");
        closed["possible"]!.AsArray().Select(p => p!.GetValue<string>()).ShouldBe(["template"]);
        var paused = await line.Post(conversation, Template("party", []));
        paused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var half = await line.Post(conversation, Template("arrival", new() { ["1"] = "7" }));
        (await half.Json(400))["errors"]!
            .AsObject()
            .Select(e => e.Key)
            .ShouldBe(["template.parameters.header.1", "template.parameters.2"], ignoreOrder: true);

        var whole = await line.Post(
            conversation,
            Template(
                "arrival",
                new()
                {
                    ["header.1"] = "Ana",
                    ["1"] = "7",
                    ["2"] = "15:00",
                }
            )
        );
        var sent = await whole.Json(201);
        sent["text"]!.GetValue<string>().ShouldBe("Hello Ana\nYour room 7 is ready at 15:00.");
        await line.Reaches(conversation, sent, "delivered");
        var body = JsonNode.Parse(SendingLine.Providers.Got(line.WhatsApp.Id).ShouldHaveSingleItem().Body)!;
        body["template"]!["components"]![1]!["parameters"]!.AsArray().Select(p => p!["text"]!.GetValue<string>()).ShouldBe(["7", "15:00"]);
    }

    private static JsonObject Template(string name, JsonObject parameters) =>
        new()
        {
            ["template"] = new JsonObject
            {
                ["name"] = name,
                ["language"] = "en",
                ["parameters"] = parameters,
            },
        };

    private static async Task Close(SendingLine line, string conversation)
    {
        await using var db = line.App.Open();
        var id = Guid.Parse(conversation);
        var longAgo = db.Now.AddDays(-2);
        await db.Arrange(() =>
            db.Conversations.Where(c => c.Id == id).ExecuteUpdateAsync(set => set.SetProperty(c => c.LastGuestAt, longAgo))
        );
    }
}
