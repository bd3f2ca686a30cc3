using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Tests.Features.Inbox;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Channels;

/// <summary>The keys that encrypted a connection's secrets are lost.</summary>
public class LostSecretsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_connection_whose_secrets_cannot_be_read_says_so_beside_its_neighbours_until_they_are_entered_again(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        const string lost = "CfDJ8-of-another-machine";
        await using (var db = app.Open())
        {
            await db.Save(() =>
                db
                    .Connections.Where(c => c.Id == line.Meta || c.Id == line.Telegram)
                    .ExecuteUpdateAsync(set => set.SetProperty(c => c.Secrets, lost))
            );
        }

        var neighbour = await Connected(line, "The neighbour");
        (await States(line)).ShouldBe(
            new Dictionary<string, (string, string?)>
            {
                ["The meta"] = ("unconfigured", "lost-secrets"),
                ["The telegram"] = ("unconfigured", "lost-secrets"),
                ["The neighbour"] = ("healthy", null),
            },
            ignoreOrder: true
        );
        await app.MakePerson(line.House.OrganizationId, "ana@example.org");
        var ana = await app.Enter("ana@example.org");
        var page = await (await ana.GetAsync($"/settings/connections?connection={line.Meta}")).Content.ReadAsStringAsync();
        page.ShouldContain("secrets lost");
        page.ShouldContain("The neighbour");
        var body = Hotline.WhatsApp("1", "34631200001", "wamid.1", "Hello");
        (await line.Send(ConnectionKind.Meta, body)).ShouldBe(503, "nothing proves who sends");
        (await line.Client.GetAsync($"/api/v1/connections/{neighbour}")).IsSuccessStatusCode.ShouldBeTrue();

        foreach (var id in new[] { line.Meta, line.Telegram })
        {
            using var name = new StringContent($$"""{"name":"Renamed {{id}}"}""", Encoding.UTF8, "application/merge-patch+json");
            (await line.Client.PatchAsync($"/api/v1/connections/{id}", name)).IsSuccessStatusCode.ShouldBeTrue();
        }

        await using (var db = app.Open())
        {
            var kept = await db.Connections.Where(c => c.Id == line.Meta || c.Id == line.Telegram).Select(c => c.Secrets).ToListAsync();
            kept.ShouldBe([lost, lost], "the keys may be found again");
        }

        var secrets = new JsonObject
        {
            ["appSecret"] = Hotline.AppSecret,
            ["verifyToken"] = "verify",
            ["accessToken"] = "access",
        };
        await (await line.Client.Post($"/api/v1/connections/{line.Meta}/rotations", new JsonObject { ["secrets"] = secrets })).Json(201);
        (await States(line))[$"Renamed {line.Meta}"].ShouldBe(("healthy", null));
        (await line.Send(ConnectionKind.Meta, body)).ShouldBe(200);
    }

    private static async Task<Dictionary<string, (string, string?)>> States(Hotline line) =>
        (await line.Client.GetFromJson("/api/v1/connections"))["items"]!
            .AsArray()
            .ToDictionary(c => c!["name"]!.GetValue<string>(), c => (c!["status"]!.GetValue<string>(), c["lastError"]?.GetValue<string>()));

    private static async Task<string> Connected(Hotline line, string name)
    {
        var body = new JsonObject
        {
            ["kind"] = "channelManager",
            ["name"] = name,
            ["propertyId"] = line.House.Lisbon.ToString(),
            ["secrets"] = new JsonObject { ["sharedSecret"] = "a shared secret" },
        };
        return (await (await line.Client.Post("/api/v1/connections", body)).Json(201))["id"]!.GetValue<string>();
    }
}
