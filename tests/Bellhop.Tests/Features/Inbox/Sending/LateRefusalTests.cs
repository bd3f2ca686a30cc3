using System.Text.Json.Nodes;
using Bellhop.Features.Intake;
using Bellhop.Providers;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>WhatsApp takes most messages at first, and says by a status that it has not delivered them.</summary>
public class LateRefusalTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_who_wants_no_marketing_is_opted_out_also_when_a_status_says_so(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");

        await Refuse(line, conversation, 131050);

        await using var db = app.Open();
        var consent = await db.Consents.SingleAsync(c => c.OrganizationId == line.House.OrganizationId);
        (consent.Channel, consent.Granted).ShouldBe((ConsentChannel.WhatsApp, false));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_number_that_is_not_there_twice_is_marked(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        async Task<bool> IsUnreachable()
        {
            await using var db = app.Open();
            return (await db.Conversations.SingleAsync(c => c.Id == Guid.Parse(conversation))).Unreachable;
        }

        await Refuse(line, conversation, 131026);
        (await IsUnreachable()).ShouldBeFalse("once may be an old app");
        await Refuse(line, conversation, 131026);
        (await IsUnreachable()).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_concerns_the_whole_account_holds_back_what_waits_behind(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");

        await Refuse(line, conversation, 131042);
        var next = await line.Send(conversation, "Are you there?");

        await using var db = app.Open();
        var outbox = await db.AccountOutboxes.SingleAsync(o => o.OrganizationId == line.House.OrganizationId && o.HoldCode != null);
        (outbox.HoldCode, outbox.HoldUntil > db.Now).ShouldBe((131042, true));
        await Task.Delay(500);
        (await line.Message(conversation, next))["status"]!.GetValue<string>().ShouldBe("queued");
        SendingLine.Providers.Got(line.WhatsApp.Id).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_paused_template_is_stopped_for_its_own_business_account_alone(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, "351912345678");
        await using var db = app.Open();
        await db.Arrange(async () =>
        {
            foreach (var business in new[] { line.WhatsApp.WabaId!, "another" })
            {
                db.MessageTemplates.Add(
                    new()
                    {
                        OrganizationId = line.House.OrganizationId,
                        ConnectionId = line.Meta,
                        WabaId = business,
                        Name = "arrival",
                        Language = "en",
                        Category = "UTILITY",
                        Status = "APPROVED",
                        Components = """[{"type":"BODY","text":"Your room is ready."}]""",
                        UpdatedAt = db.Now,
                    }
                );
            }

            await db.SaveChangesAsync();
        });
        SendingLine.Providers.Next(line.WhatsApp.Id, new Fault("fail", 132015));

        var template = new JsonObject { ["name"] = "arrival", ["language"] = "en" };
        var sent = await (await line.Post(conversation, new() { ["template"] = template })).Json(201);
        await line.Reaches(conversation, sent, "failed");

        var statuses = await db.MessageTemplates.AsNoTracking().ToDictionaryAsync(t => t.WabaId, t => t.Status);
        statuses[line.WhatsApp.WabaId!].ShouldBe("PAUSED");
        statuses["another"].ShouldBe("APPROVED");
    }

    private static async Task Refuse(SendingLine line, string conversation, int code)
    {
        SendingLine.Providers.Next(line.WhatsApp.Id, new Fault("fail", code));
        await line.Reaches(conversation, await line.Send(conversation, "Hello"), "failed");
    }
}
