using Bellhop.Features.Channels;
using Bellhop.Features.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>Many events at once, sent to the running app.</summary>
public class BurstTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_burst_is_read_whole_and_in_its_order_though_others_write_without_a_pause(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: [("whatsApp", "1")]);
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var writing = Task.Run(
            async () =>
            {
                await using var db = app.Open();
                while (!stop.IsCancellationRequested)
                {
                    await db.Save(() => Task.Delay(2));
                }
            },
            CancellationToken.None
        );

        // Each guest writes three times; what one guest writes comes one after the other.
        await Parallel.ForAsync(
            0,
            120,
            new ParallelOptions { MaxDegreeOfParallelism = 20 },
            async (guest, _) =>
            {
                for (var i = 0; i < 3; i++)
                {
                    (
                        await line.Send(ConnectionKind.Meta, Hotline.WhatsApp("1", $"346311{guest:00000}", $"wamid.{guest}.{i}", $"{i}"))
                    ).ShouldBe(200);
                }
            }
        );
        await line.Read();
        await stop.CancelAsync();
        await writing;

        await using var after = app.Open();
        var messages = await after.Messages.OrderBy(m => m.Id).Select(m => new { m.ConversationId, m.Text }).ToListAsync();
        messages.Count.ShouldBe(360);
        messages.GroupBy(m => m.ConversationId).ShouldAllBe(c => c.Select(m => m.Text).SequenceEqual(new[] { "0", "1", "2" }));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_secret_that_another_process_has_changed_just_now_proves_an_event(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await Hotline.Open(app, accounts: [("whatsApp", "1")]);
        (await line.Send(ConnectionKind.Meta, Hotline.WhatsApp("1", "34631110001", "wamid.old", "Hello"))).ShouldBe(200);
        var secrets = app.Services.GetRequiredService<ConnectionSecrets>().Encrypt(new(AppSecret: "another"));
        await using (var db = app.Open())
        {
            // Nobody tells this process.
            await db.Arrange(() =>
                db.Connections.Where(c => c.Id == line.Meta).ExecuteUpdateAsync(set => set.SetProperty(c => c.Secrets, secrets))
            );
        }

        var body = Hotline.WhatsApp("1", "34631110001", "wamid.new", "Hello again");
        (await line.Send(ConnectionKind.Meta, body, Hotline.Sign(body, "another"))).ShouldBe(200);
    }
}
