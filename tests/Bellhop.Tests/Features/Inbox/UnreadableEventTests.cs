using System.Text;
using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>Events that hold what no text can, sent to the running app.</summary>
public class UnreadableEventTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_event_with_half_a_character_does_not_hold_up_the_guests_behind_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: [("whatsApp", "1"), ("messenger", "P")]);
        var receipt = """
            {"object":"page","entry":[{"id":"P","messaging":[{"sender":{"id":"U"},"recipient":{"id":"P"},
            "delivery":{"mids":["\ud800"],"watermark":1}}]}]}
            """;

        (await line.Send(ConnectionKind.Meta, Encoding.UTF8.GetBytes(receipt))).ShouldBe(200);
        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", "34600111222", "wamid.behind", "Is a bed free?"));

        await using var db = app.Open();
        (await db.Messages.SingleAsync(m => m.Direction == Direction.In)).Text.ShouldBe("Is a bed free?");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_event_that_was_kept_and_cannot_be_read_is_parked_and_those_behind_it_are_read(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: [("whatsApp", "1")]);
        await using (var db = app.Open())
        {
            // As an earlier version may have kept it.
            await db.Save(() =>
            {
                db.Hooks.Add(
                    new()
                    {
                        OrganizationId = line.House.OrganizationId,
                        ConnectionId = line.Meta,
                        Digest = new byte[32],
                        Body = "no JSON"u8.ToArray(),
                        ReceivedAt = DateTime.UtcNow.AddMinutes(-1),
                    }
                );
                return Task.CompletedTask;
            });
        }

        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", "34600111222", "wamid.behind", "Is a bed free?"));

        await using var after = app.Open();
        (await after.Messages.SingleAsync(m => m.Direction == Direction.In)).Text.ShouldBe("Is a bed free?");
        (await after.ParkedItems.SingleAsync()).Reason.ShouldBe("failed");
    }
}
