using System.Security.Cryptography;
using Bellhop.Features.Channels;
using Bellhop.Tests.Features.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Events that arrive at once share a save.</summary>
public class HookWriterTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task One_event_that_cannot_be_stored_holds_up_none_of_those_that_came_with_it(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        await using var db = app.Open();
        var connection = await db.Connections.AsNoTracking().SingleAsync(c => c.Id == line.Meta);
        var writer = app.Services.GetRequiredService<HookWriter>();

        // The first is stored while the others arrive, so that those share the next save.
        var stores = Enumerable.Range(0, 30).Select(i => writer.Store(Event(connection, i, i == 20), default)).ToList();
        await Task.WhenAll(stores.Select(s => s.ContinueWith(_ => { }, TaskScheduler.Default)));

        stores.Select((s, i) => (s.IsFaulted, i)).Where(s => s.IsFaulted).Select(s => s.i).ShouldBe([20]);
        (await db.Hooks.CountAsync(h => h.OrganizationId == line.House.OrganizationId)).ShouldBe(29);
    }

    private static Hook Event(Connection connection, int number, bool isBad)
    {
        var body = Hotline.WhatsApp("1", $"3463120{number:0000}", $"wamid.{number}", "Hello");
        return new()
        {
            OrganizationId = connection.OrganizationId,
            ConnectionId = isBad ? Guid.CreateVersion7() : connection.Id, // of no connection that there is
            Digest = SHA256.HashData(body),
            Body = body,
            ReceivedAt = DateTime.UtcNow,
        };
    }
}
