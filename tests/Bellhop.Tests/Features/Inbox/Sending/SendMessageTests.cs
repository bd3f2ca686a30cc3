using System.Text.Json.Nodes;
using Bellhop.Providers;

namespace Bellhop.Tests.Features.Inbox;

public class SendMessageTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reply_reaches_the_guest_on_each_channel_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        foreach (var kind in new[] { "whatsApp", "messenger", "instagram", "telegram" })
        {
            var account = line.Of(kind);
            var conversation = await line.Written(account, "351912345678");

            var sent = await line.Send(conversation, $"Welcome by {kind}");
            sent["status"]!.GetValue<string>().ShouldBe("queued");

            var end = await line.Reaches(conversation, sent, kind == "telegram" ? "sent" : "delivered");
            end["attempts"]!.GetValue<int>().ShouldBe(1);
            end["externalId"].ShouldNotBeNull();
            var got = SendingLine.Providers.Got(account.Id).ShouldHaveSingleItem();
            (got.Guest, got.Text).ShouldBe(("351912345678", $"Welcome by {kind}"));
            var row = await line.Client.GetFromJson($"/api/v1/conversations/{conversation}");
            row["waitingSince"].ShouldBeNull();
            var messages = (await line.Client.GetFromJson($"/api/v1/conversations/{conversation}/messages"))["items"]!.AsArray();
            messages.Count.ShouldBe(2, "the echo of our own message is no message");
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_cut_is_unknown_and_a_status_with_our_id_settles_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        SendingLine.Providers.Next(line.WhatsApp.Id, new Fault("cut"));

        var sent = await line.Send(conversation, "Your room is ready");

        (await line.Reaches(conversation, sent, "delivered"))["externalId"]!
            .GetValue<string>()
            .ShouldBe(SendingLine.Providers.Got(line.WhatsApp.Id).ShouldHaveSingleItem().Id);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_cut_on_Telegram_stays_unknown_until_staff_say_what_became_of_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.Telegram, "351912345678");
        SendingLine.Providers.Next(line.Telegram.Id, new Fault("cut"), new Fault("lose"));
        var first = await line.Send(conversation, "First");
        await line.Reaches(conversation, first, "unknown");
        var second = await line.Send(conversation, "Second");
        await line.Reaches(conversation, second, "unknown");
        SendingLine.Providers.Got(line.Telegram.Id).Count.ShouldBe(1);

        var unsure = await line.Client.Post($"/api/v1/messages/{second["id"]}/attempts", new JsonObject());
        (await unsure.Json(409))["type"]!.GetValue<string>().ShouldEndWith("confirm-needed");
        var bad = await line.Client.Post($"/api/v1/messages/{first["id"]}/settlements", new JsonObject { ["as"] = "lost" });
        bad.StatusCode.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        var settled = await line.Client.Post($"/api/v1/messages/{first["id"]}/settlements", new JsonObject { ["as"] = "sent" });
        (await settled.Json(201))["status"]!.GetValue<string>().ShouldBe("sent");
        var again = await line.Client.Post($"/api/v1/messages/{second["id"]}/attempts", new JsonObject { ["confirm"] = true });
        (await again.Json(201))["status"]!.GetValue<string>().ShouldBe("queued");

        (await line.Reaches(conversation, second, "sent"))["attempts"]!.GetValue<int>().ShouldBe(2);
        SendingLine.Providers.Got(line.Telegram.Id).Select(g => g.Text).ShouldBe(["First", "Second"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_answer_that_is_not_the_providers_leaves_the_message_unknown(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app, tellsStatus: false);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        SendingLine.Providers.Next(line.WhatsApp.Id, new Fault("plain", 502));

        var sent = await line.Send(conversation, "Hello");

        await line.Reaches(conversation, sent, "unknown");
        SendingLine.Providers.Got(line.WhatsApp.Id).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_refusal_is_told_in_plain_words_and_the_guest_waits_again(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        var before = await line.Client.GetFromJson($"/api/v1/conversations/{conversation}");
        SendingLine.Providers.Next(line.WhatsApp.Id, Fault.Graph(131047));

        var sent = await line.Send(conversation, "Hello");

        var failed = await line.Reaches(conversation, sent, "failed");
        failed["error"]!["code"]!.GetValue<int>().ShouldBe(131047);
        failed["error"]!["retry"]!.GetValue<string>().ShouldBe("template");
        failed["error"]!["title"]!.GetValue<string>().ShouldContain("too old");
        var after = await line.Client.GetFromJson($"/api/v1/conversations/{conversation}");
        after["waitingSince"]!.GetValue<string>().ShouldBe(before["waitingSince"]!.GetValue<string>());
        SendingLine.Providers.Got(line.WhatsApp.Id).ShouldBeEmpty();

        var again = await line.Client.Post($"/api/v1/messages/{sent["id"]}/attempts", new JsonObject());
        again.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        await line.Reaches(conversation, sent, "delivered");
        SendingLine.Providers.Got(line.WhatsApp.Id).Count.ShouldBe(1);
        var twice = await line.Client.Post($"/api/v1/messages/{sent["id"]}/attempts", new JsonObject());
        (await twice.Json(409))["type"]!.GetValue<string>().ShouldEndWith("not-failed");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_taken_and_then_fails_is_failed(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        SendingLine.Providers.Next(line.WhatsApp.Id, new Fault("fail", 131026));

        var failed = await line.Reaches(conversation, await line.Send(conversation, "Hello"), "failed");

        failed["error"]!["retry"]!.GetValue<string>().ShouldBe("no");
        (await line.Client.GetFromJson($"/api/v1/conversations/{conversation}"))["waitingSince"].ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Too_fast_and_a_passing_fault_are_tried_again_by_the_same_try(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var whatsApp = await line.Written(line.WhatsApp, "351912345678");
        var telegram = await line.Written(line.Telegram, "351912345678");
        SendingLine.Providers.Next(line.WhatsApp.Id, Fault.Graph(130429, 400), Fault.Graph(131000, 500));
        SendingLine.Providers.Next(line.Telegram.Id, Fault.Bot(429, retryAfter: 1));
        var first = await line.Send(whatsApp, "One");
        var second = await line.Send(whatsApp, "Two");
        var third = await line.Send(telegram, "Three");

        await line.Reaches(whatsApp, second, "delivered");
        await line.Reaches(whatsApp, first, "delivered");
        await line.Reaches(telegram, third, "sent");

        SendingLine.Providers.Got(line.WhatsApp.Id).Select(g => g.Text).ShouldBe(["One", "Two"]);
        SendingLine.Providers.Got(line.Telegram.Id).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_dead_token_holds_everything_back_and_new_secrets_let_it_go(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        SendingLine.Providers.DeadTokens[line.MetaToken] = true;
        var sent = await line.Send(conversation, "Hello");
        JsonNode held = sent;
        await Wait.Until(async () => (held = await line.Message(conversation, sent))["error"] is not null, () => held.ToJsonString());
        held["status"]!.GetValue<string>().ShouldBe("queued");
        held["error"]!["retry"]!.GetValue<string>().ShouldBe("reconnect");

        var secrets = new JsonObject { ["secrets"] = new JsonObject { ["accessToken"] = "another" + line.MetaToken } };
        (await line.Client.Post($"/api/v1/connections/{line.Meta}/rotations", secrets)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Created
        );

        (await line.Reaches(conversation, sent, "delivered"))["error"].ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reply_to_an_older_state_of_the_conversation_is_held_back(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678", "First");
        var seen = (await line.Client.GetFromJson($"/api/v1/conversations/{conversation}"))["last"]!["id"]!.GetValue<string>();
        (await line.Post(conversation, new() { ["text"] = "Hello", ["lastSeenId"] = seen })).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Created
        );
        (await line.Post(conversation, new() { ["text"] = "I again", ["lastSeenId"] = seen })).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Created,
            "my own message is no colleague's"
        );
        await line.Written(line.WhatsApp, "351912345678", "Second");

        var late = await line.Post(conversation, new() { ["text"] = "Hello again", ["lastSeenId"] = seen });

        (await late.Json(409))["type"]!.GetValue<string>().ShouldEndWith("answered-meanwhile");
        var nowhere = await line.Post(conversation, new() { ["text"] = "Hello", ["lastSeenId"] = Guid.CreateVersion7().ToString() });
        nowhere.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_too_long_or_empty_is_refused(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        foreach (var (kind, most) in new[] { ("whatsApp", 4096), ("messenger", 2000), ("instagram", 1000), ("telegram", 4096) })
        {
            var conversation = await line.Written(line.Of(kind), "351912345678");
            var tooLong = await line.Post(conversation, new() { ["text"] = new string('x', most + 1) });
            (await tooLong.Json(400))["errors"]!["text"].ShouldNotBeNull();
            (await (await line.Post(conversation, [])).Json(400))["errors"]!["text"].ShouldNotBeNull();
            SendingLine.Providers.Got(line.Of(kind).Id).ShouldBeEmpty();
        }
    }
}
