using System.Text.Json.Nodes;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Bellhop.Tests.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>What real payloads lead to, sent to the running app.</summary>
public class ArrivalTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_payload_makes_its_contacts_and_messages_however_often_it_comes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        foreach (var sample in ChannelCase.All().Where(c => !c.IsSchemaOnly && !c.Expected.TryGetProperty("inbound_count", out _)))
        {
            // The samples share their ids: each goes to a house of its own.
            var line = await Hotline.Open(app);

            (await line.Send(sample)).ShouldBe(200, sample.File);
            await line.Read();
            await Check(sample, line);

            // Once more, and then twenty at a time, as providers repeat what they think was not taken.
            var again = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => line.Send(sample)));
            again.ShouldAllBe(status => status == 200);
            await line.Read();
            await Check(sample, line);
        }
    }

    private static async Task Check(ChannelCase sample, Hotline line)
    {
        await using var db = line.App.Open();
        (await db.ParkedItems.CountAsync(p => p.OrganizationId == line.House.OrganizationId)).ShouldBe(0, sample.File);
        var messages = await db
            .Messages.Where(m => m.OrganizationId == line.House.OrganizationId && m.Direction == Direction.In)
            .OrderBy(m => m.Id)
            .ToListAsync();
        var inbound = sample.Of("inbound").ToList();
        if (sample.IsOptional)
        {
            messages.ShouldBeEmpty(sample.File);
            return;
        }

        messages.Count.ShouldBe(inbound.Count, sample.File);
        foreach (var (message, expected) in messages.Zip(inbound))
        {
            message.Type.ShouldBe(ChannelCase.TypeOf(expected), sample.File);
            message.Text.ShouldBe(expected.GetProperty("text").GetString(), sample.File);
            if (ChannelCase.InstantOf(expected.GetProperty("timestamp")) is { } at && at < DateTime.UtcNow)
            {
                message.At.ShouldBe(at, sample.File);
            }
        }

        var contacts = await line.Contacts();
        var echoes = sample.Of("mutations", "outbound_echo").Any(m => m.GetProperty("type").GetString() == "text") ? 1 : 0;
        contacts.Count.ShouldBe(sample.Of("contacts").Count() + echoes, sample.File);
        foreach (var expected in sample.Of("contacts"))
        {
            var name = expected.GetProperty("name").GetString();
            var contact = contacts.SingleOrDefault(c => c!["name"]?.GetValue<string>() == name);
            contact.ShouldNotBeNull($"{sample.File}: {name}");
            var phone =
                expected.GetProperty("phone_e164").GetString()
                ?? (sample.Of("mutations", "set_phone_of_sender").Any() ? "+8613800138000" : null);
            contact!["phone"]?.GetValue<string>().ShouldBe(phone, sample.File);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_what_the_provider_signed_over_these_bytes_is_taken(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);
        var before = await app.Snapshot();
        foreach (
            var row in (await File.ReadAllLinesAsync(Cases.Path("a_webhooks/signatures.tsv")))
                .Skip(1)
                .Select(l => l.Split('\t'))
                .Where(r => r[1] == Hotline.AppSecret && !r[4].StartsWith("200", StringComparison.Ordinal))
        )
        {
            (await line.Send(ConnectionKind.Meta, ChannelCase.Of(row[0]).Bytes, row[3] == "(absent)" ? "" : row[3])).ShouldBe(401, row[4]);
        }

        var body = ChannelCase.Of("whatsapp/pywa_message__text.json").Bytes;
        (await line.Send(ConnectionKind.Meta, [.. body, (byte)' '], Hotline.Sign(body))).ShouldBe(401);
        (await line.Send(ConnectionKind.Telegram, body, "telegram-secret_2")).ShouldBe(401);
        (await line.Send(ConnectionKind.Meta, "{\"object\":"u8.ToArray())).ShouldBe(400);
        (await line.Send(ConnectionKind.Meta, "[1]"u8.ToArray())).ShouldBe(400);
        (await line.Send(ConnectionKind.Meta, new byte[5 * 1024 * 1024])).ShouldBe(413);

        (await app.Snapshot()).ShouldBe(before);
        foreach (
            var row in (await File.ReadAllLinesAsync(Cases.Path("a_webhooks/signatures.tsv")))
                .Skip(1)
                .Select(l => l.Split('\t'))
                .Where(r => r[1] == Hotline.AppSecret && r[4] == "200" && r[2] == "X-Hub-Signature-256")
                .Take(40)
        )
        {
            (await line.Send(ConnectionKind.Meta, ChannelCase.Of(row[0]).Bytes, row[3])).ShouldBe(200, row[0]);
        }

        await line.Read();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Meta_shakes_hands_with_the_verify_token_alone(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app);

        (
            await line.Nobody.GetStringAsync($"/webhooks/meta/{line.Meta}?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1158")
        ).ShouldBe("1158");
        foreach (
            var wrong in new[]
            {
                "hub.mode=subscribe&hub.verify_token=no&hub.challenge=1158",
                "hub.mode=x&hub.verify_token=verify&hub.challenge=1",
            }
        )
        {
            using var answer = await line.Nobody.GetAsync($"/webhooks/meta/{line.Meta}?{wrong}");
            ((int)answer.StatusCode).ShouldBe(403);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("1158");
        }

        using var unknown = await line.Nobody.GetAsync($"/webhooks/meta/{Guid.CreateVersion7()}?hub.mode=subscribe");
        ((int)unknown.StatusCode).ShouldBe(404);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_connection_without_its_secret_is_closed_and_a_rotated_one_takes_both_for_a_while(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var body = Hotline.WhatsApp("1", "34631200000", "wamid.a", "Hello");
        var path = $"/api/v1/connections/{line.Meta}";

        var rotated = await (
            await line.Client.Post(
                path + "/rotations",
                new JsonObject
                {
                    ["secrets"] = new JsonObject { ["appSecret"] = "new" },
                    ["overlapHours"] = 1,
                }
            )
        ).Json(201);
        rotated.ToJsonString().ShouldNotContain("new\"");
        (await line.Send(ConnectionKind.Meta, body, Hotline.Sign(body))).ShouldBe(200, "the old one still counts");
        (await line.Send(ConnectionKind.Meta, body, Hotline.Sign(body, "new"))).ShouldBe(200);
        (
            await line.Client.Post(
                path + "/rotations",
                new JsonObject
                {
                    ["secrets"] = new JsonObject { ["appSecret"] = "newest" },
                    ["overlapHours"] = 0,
                }
            )
        ).IsSuccessStatusCode.ShouldBeTrue();
        (await line.Send(ConnectionKind.Meta, body, Hotline.Sign(body, "new"))).ShouldBe(401);

        var empty = await (
            await line.Client.Post(
                "/api/v1/connections",
                new JsonObject
                {
                    ["kind"] = "meta",
                    ["name"] = "Empty",
                    ["propertyId"] = line.House.Lisbon.ToString(),
                }
            )
        ).Json(201);
        empty["status"]!.GetValue<string>().ShouldBe("unconfigured");
        using var closed = await line.Nobody.PostAsync(empty["webhookUrl"]!.GetValue<string>(), new ByteArrayContent(body));
        ((int)closed.StatusCode).ShouldBe(503);

        await line.Read();
        (await line.Client.Send(HttpMethod.Delete, path)).IsSuccessStatusCode.ShouldBeTrue();
        (await line.Send(ConnectionKind.Meta, body, Hotline.Sign(body, "newest"))).ShouldBe(404);
        (await line.Conversations()).Count.ShouldBe(1, "the conversations stay");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_event_a_thousand_times_fifty_at_a_time_is_one_message(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));

        // A blank more each time: the same event in other bytes, so that the message's own id has to tell.
        for (var round = 0; round < 20; round++)
        {
            var sent = await Task.WhenAll(
                Enumerable
                    .Range(0, 50)
                    .Select(i =>
                        line.Send(
                            ConnectionKind.Meta,
                            [
                                .. Hotline.WhatsApp("1", "34631200000", "wamid.a", "Hello", new(2026, 1, 1)),
                                .. Enumerable.Repeat((byte)' ', i % 5),
                            ]
                        )
                    )
            );
            sent.ShouldAllBe(status => status == 200);
        }

        await line.Read();
        var conversation = (await line.Conversations()).ShouldHaveSingleItem()!;
        (await line.Messages(conversation)).Count.ShouldBe(1);
        (await line.Contacts()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_bad_item_is_parked_and_the_rest_go_through(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var batch = JsonNode.Parse(Hotline.WhatsApp("1", "34631200000", "wamid.1", "First"))!;
        var messages = batch["entry"]![0]!["changes"]![0]!["value"]!["messages"]!.AsArray();
        for (var i = 2; i <= 120; i++)
        {
            var next = messages[0]!.DeepClone();
            next["id"] = i == 70 ? null : $"wamid.{i}";
            messages.Add(next);
        }

        var elsewhere = JsonNode.Parse(Hotline.WhatsApp("2", "34631200001", "wamid.elsewhere", "To another number"))!["entry"]![
            0
        ]!.DeepClone();
        batch["entry"]!.AsArray().Add(elsewhere);
        await line.Deliver(ConnectionKind.Meta, System.Text.Encoding.UTF8.GetBytes(batch.ToJsonString()));

        (await line.Conversations()).Count.ShouldBe(1);
        await using var db = app.Open();
        (await db.Messages.CountAsync()).ShouldBe(119);
        var parked = (await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}/parked"))["items"]!.AsArray();
        parked.Select(p => p!["reason"]!["code"]!.GetValue<string>()).ShouldBe(["no-id", "unknown-account"]);
        parked.ToJsonString().ShouldNotContain("34631200001");
        (await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}"))["status"]!.GetValue<string>().ShouldBe("failing");

        // Once the account is there, the item can be read.
        var accounts = new JsonArray([
            .. new[] { "1", "2" }.Select(id => new JsonObject
            {
                ["kind"] = "whatsApp",
                ["externalId"] = id,
                ["propertyId"] = line.House.Lisbon.ToString(),
            }),
        ]);
        (
            await line.Client.Send(
                HttpMethod.Patch,
                $"/api/v1/connections/{line.Meta}",
                new JsonObject { ["accounts"] = accounts }.ToJsonString()
            )
        ).IsSuccessStatusCode.ShouldBeTrue();
        await (await line.Client.Send(HttpMethod.Post, $"/api/v1/parked/{parked[1]!["id"]}/replays")).Json(202);
        (await line.Client.Send(HttpMethod.Delete, $"/api/v1/parked/{parked[0]!["id"]}")).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.NoContent
        );
        await line.Read();
        (await line.Conversations()).Count.ShouldBe(2);
        (await line.Client.GetFromJson($"/api/v1/connections/{line.Meta}"))["status"]!.GetValue<string>().ShouldBe("healthy");
    }
}
