using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Inbox;
using Bellhop.Providers;
using Bellhop.Tests.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Place = Bellhop.Tests.Host.Place;

namespace Bellhop.Tests.Features.Inbox;

/// <summary>Sending is stopped at every point of a try; the stand-in's own count says what guests have got.</summary>
public class KilledSendingTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Stopped_before_it_is_taken_a_message_goes_out_later(string engine)
    {
        var (status, got) = await StoppedAt("before claim", engine);
        (status, got).ShouldBe(("sent", 1));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Stopped_after_it_was_taken_its_fate_is_unknown_and_it_never_goes_by_itself(string engine)
    {
        var (status, got) = await StoppedAt("after claim", engine);
        (status, got).ShouldBe(("unknown", 0));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Stopped_after_the_answer_its_fate_is_unknown_and_the_guest_has_it_once(string engine)
    {
        var (status, got) = await StoppedAt("after answer", engine);
        (status, got).ShouldBe(("unknown", 1));
    }

    /// <summary>Where sending breaks off at a point, what another process makes of it when the lease is over.</summary>
    private static async Task<(string Status, int Got)> StoppedAt(string point, string engine)
    {
        await using var app = await TestApp.StartNew(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.Telegram, "351912345678");
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = app.Services.GetRequiredService<OutboxCalls>();
        calls.At = async here =>
        {
            await Task.Yield();
            if (here == point && reached.TrySetResult())
            {
                throw new InvalidOperationException("killed");
            }
        };
        var sent = await line.Send(conversation, "Hello");
        await reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

        await EndLeases(app.Open);
        var end = await line.Reaches(conversation, sent, "sent", "unknown", "failed");
        await app.Services.GetRequiredService<Outbox>().SendDue(default);
        await EndLeases(app.Open);
        await app.Services.GetRequiredService<Outbox>().SendDue(default);
        (await line.Message(conversation, sent))["status"]!.GetValue<string>().ShouldBe(end["status"]!.GetValue<string>());
        return (end["status"]!.GetValue<string>(), SendingLine.Providers.Got(line.Telegram.Id).Count);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Killed_again_and_again_no_guest_gets_a_message_twice(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        var key = await place.SetUp(postgres);
        await using var killed = new KilledSender(place, key, postgres);
        await killed.Begin();
        var texts = new List<string>();
        for (var round = 0; round < TestSize.Of(20); round++)
        {
            texts.AddRange(await killed.SendAndKill($"round {round}"));
            await killed.Restart();
            await killed.Settled();
        }

        foreach (var (account, message) in await killed.Messages())
        {
            var got = TestProviders.Shared.Got(account).Count(g => g.Text == message["text"]!.GetValue<string>());
            var status = message["status"]!.GetValue<string>();
            got.ShouldBeInRange(status is "sent" or "delivered" ? 1 : 0, status is "failed" ? 0 : 1, message.ToJsonString());
            texts.Remove(message["text"]!.GetValue<string>());
        }

        texts.ShouldBeEmpty("what was answered with 201 is there");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Killed_while_the_provider_answers_a_message_is_unknown_and_not_sent_again(string engine)
    {
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = new Place();
        var key = await place.SetUp(postgres);
        await using var killed = new KilledSender(place, key, postgres);
        await killed.Begin();
        TestProviders.Shared.Next(killed.Telegram, new Fault("hang"));
        var text = await killed.Send(killed.Telegram, "while it hangs");
        await Wait.Until(() => TestProviders.Shared.Got(killed.Telegram).Count == 1);

        await killed.Kill();
        TestProviders.Shared.Release(killed.Telegram);
        await killed.Restart();
        await killed.Settled();

        var (_, message) = (await killed.Messages()).Single(m => m.Message["text"]!.GetValue<string>() == text);
        message["status"]!.GetValue<string>().ShouldBe("unknown");
        TestProviders.Shared.Got(killed.Telegram).Count.ShouldBe(1);
    }

    /// <summary>The time of a dead process's lease, gone by.</summary>
    internal static async Task EndLeases(Func<BellhopDb> open)
    {
        await using var db = open();
        await db.Arrange(() =>
            db.AccountOutboxes.ExecuteUpdateAsync(set =>
                set.SetProperty(o => o.LeasedUntil, o => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc))
            )
        );
    }
}
