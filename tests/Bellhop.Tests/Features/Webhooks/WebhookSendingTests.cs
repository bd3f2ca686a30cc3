using System.Net;
using System.Net.Sockets;
using System.Text;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Microsoft.AspNetCore.Http;

namespace Bellhop.Tests.Features.Webhooks;

/// <summary>Receivers that fail, hang, redirect, lie and come back.</summary>
public class WebhookSendingTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_receiver_refuses_comes_again_after_growing_pauses_and_once_it_is_taken_never_more(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.Add(["contact.created"]);
        hooks.Receiver.AnswerWith(500);
        var guest = await hooks.AddGuest("+351912345670");
        await hooks.Send();
        var first = (await hooks.Deliveries()).Single();
        (first.State, first.Attempts, first.LastStatusCode).ShouldBe((DeliveryState.Pending, 1, 500));
        (first.NextAt!.Value - hooks.House.Clock.GetUtcNow().UtcDateTime).TotalSeconds.ShouldBeInRange(4, 6);
        await hooks.Send();
        hooks.Receiver.Calls.Count.ShouldBe(1, "its time has not come");

        await hooks.SendWhenDue();
        var second = (await hooks.Deliveries()).Single();
        (second.NextAt!.Value - hooks.House.Clock.GetUtcNow().UtcDateTime).TotalMinutes.ShouldBeInRange(4, 6);
        hooks.Receiver.AnswerWith(204);
        await hooks.SendWhenDue();
        hooks.House.Clock.Advance(TimeSpan.FromDays(4));
        await hooks.Send();

        hooks.Receiver.News.ShouldBe(Enumerable.Repeat(("contact.created", guest), 3));
        hooks.Receiver.Calls.Select(c => c.Id).Distinct().Count().ShouldBe(1);
        var last = (await hooks.Deliveries()).Single();
        (last.State, last.Attempts, last.LastStatusCode, last.NextAt).ShouldBe((DeliveryState.Delivered, 3, 204, null));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_about_the_same_thing_waits_behind_what_failed_and_the_rest_goes_on(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.Add(["booking.created", "booking.updated"]);
        var refused = true;
        hooks.Receiver.Answer = http =>
        {
            http.Response.StatusCode = refused ? 503 : 200;
            refused = false;
            return Task.CompletedTask;
        };
        var (first, second) = (await hooks.House.Book("1"), await hooks.House.Book("2"));
        await hooks.House.Book("1", "Cancelled");

        await hooks.Send();
        hooks.Receiver.News.ShouldBe([("booking.created", first.Id), ("booking.created", second.Id)]);
        hooks.House.Clock.Advance(TimeSpan.FromSeconds(10));
        await hooks.Send();

        hooks.Receiver.News.Skip(2).ShouldBe([("booking.created", first.Id), ("booking.updated", first.Id)]);
        hooks.Receiver.Calls.Last().Body["data"]!["status"]!.GetValue<string>().ShouldBe("Cancelled");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_receiver_that_comes_back_gets_everything_that_waited_at_once_and_in_order(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add(["contact.created"]);
        hooks.Receiver.AnswerWith(502);
        var guests = new List<Guid>();
        for (var i = 0; i < 12; i++)
        {
            guests.Add(await hooks.AddGuest($"+3519123456{i:00}"));
        }

        await hooks.Send();
        hooks.Receiver.Calls.Count.ShouldBe(Attempt.HeldAfter, "after some failures in a row the rest is not tried");
        (await hooks.Endpoint(endpoint.Id)).HoldUntil.ShouldNotBeNull();

        hooks.Receiver.Calls.Clear();
        hooks.Receiver.Answer = _ => Task.CompletedTask;
        await hooks.SendWhenDue();

        hooks.Receiver.News.Select(n => n.Id).ShouldBe(guests, ignoreOrder: true);
        (await hooks.Deliveries()).ShouldAllBe(d => d.State == DeliveryState.Delivered);
        var back = await hooks.Endpoint(endpoint.Id);
        (back.Failures, back.FailingSince, back.HoldUntil).ShouldBe((0, null, null));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_endpoint_that_fails_for_three_days_is_paused_and_nothing_of_what_waits_is_lost(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add(["contact.created"]);
        hooks.Receiver.AnswerWith(500);
        var begun = hooks.House.Clock.GetUtcNow();
        var guests = new List<Guid> { await hooks.AddGuest("+351912345670") };
        await hooks.Send();
        while ((await hooks.Endpoint(endpoint.Id)).Paused is null)
        {
            await hooks.SendWhenDue();
        }

        (hooks.House.Clock.GetUtcNow() - begun).TotalDays.ShouldBeInRange(3, 4.5);
        hooks.Receiver.Calls.Count.ShouldBeInRange(9, 11);
        guests.Add(await hooks.AddGuest("+351912345671"));
        await hooks.Send();
        hooks.Receiver.Calls.Count.ShouldBeLessThan(12);
        await using var db = hooks.House.Open();
        db.Events.Where(e => e.Action == "webhookEndpoint.paused").ShouldHaveSingleItem().WhoKind.ShouldBe(ActorKind.System);

        hooks.Receiver.Calls.Clear();
        hooks.Receiver.Answer = _ => Task.CompletedTask;
        await ChangeWebhookEndpoint.Run(endpoint.Id, new(Paused: false), hooks.House.Owner, db, hooks.Outside, IfMatch.Any, default);
        await hooks.Send();
        hooks.Receiver.News.Select(n => n.Id).ShouldBe(guests);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_delivery_that_is_always_refused_is_given_up_after_three_days_and_stops_nothing(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add(["contact.created"]);
        var refused = await hooks.AddGuest("+351912345670");
        hooks.Receiver.Answer = http =>
        {
            http.Response.StatusCode = hooks.Receiver.News.Last().Id == refused ? 400 : 200;
            return Task.CompletedTask;
        };
        await hooks.Send();
        for (var i = 0; i < 20 && (await hooks.Deliveries())[0].State == DeliveryState.Pending; i++)
        {
            await hooks.SendWhenDue();
            await hooks.AddGuest($"+3519123457{i:00}");
            await hooks.Send();
        }

        var deliveries = await hooks.Deliveries();
        (deliveries[0].State, deliveries[0].Attempts, deliveries[0].NextAt).ShouldBe((DeliveryState.Failed, 10, null));
        (deliveries[0].TriedAt!.Value - deliveries[0].At).TotalDays.ShouldBeInRange(2.5, 4);
        deliveries.Skip(1).ShouldAllBe(d => d.State == DeliveryState.Delivered);
        (await hooks.Endpoint(endpoint.Id)).Paused.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_receiver_that_says_gone_is_called_no_more(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add();
        hooks.Receiver.AnswerWith(410);
        await hooks.House.Book("1");
        await hooks.Send();

        hooks.Receiver.Calls.Count.ShouldBe(1);
        (await hooks.Endpoint(endpoint.Id)).Paused.ShouldBe(WebhookPause.Gone);
        (await hooks.Deliveries()).ShouldAllBe(d => d.State == DeliveryState.Pending);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_redirect_is_a_failure_and_is_not_followed(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await using var other = await Receiver.Start();
        await hooks.Add(["contact.created"]);
        hooks.Receiver.Answer = http =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = other.Url;
            return Task.CompletedTask;
        };
        await hooks.AddGuest("+351912345670");
        await hooks.Send();

        other.Calls.ShouldBeEmpty();
        var delivery = (await hooks.Deliveries()).Single();
        (delivery.State, delivery.LastStatusCode).ShouldBe((DeliveryState.Pending, 307));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_receiver_that_hangs_is_given_up_and_one_that_answers_without_end_is_not_read(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.Add(["contact.created"]);
        hooks.Receiver.Answer = http => Task.Delay(Timeout.Infinite, http.RequestAborted);
        await hooks.AddGuest("+351912345670");
        await hooks.Send();
        (await hooks.Deliveries()).Single().LastFailure.ShouldBe("Timeout");

        var megabytes = 0;
        var left = new TaskCompletionSource();
        hooks.Receiver.Answer = async http =>
        {
            try
            {
                for (; ; megabytes++)
                {
                    await http.Response.Body.WriteAsync(new byte[1024 * 1024], http.RequestAborted);
                }
            }
            finally
            {
                left.TrySetResult();
            }
        };
        await hooks.SendWhenDue();

        (await hooks.Deliveries()).Single().State.ShouldBe(DeliveryState.Delivered);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        megabytes.ShouldBeLessThan(64);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\nok", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", true)]
    [InlineData("HTTP/1.1 999 Fine\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("SSH-2.0-OpenSSH\r\n", false)]
    [InlineData("", false)]
    public async Task A_receiver_that_lies_is_believed_in_its_status_alone(string answer, bool isTaken)
    {
        await using var hooks = await Hooks.Make("sqlite");
        using var liar = new TcpListener(IPAddress.Loopback, 0);
        liar.Start();
        var lying = Lie(liar, answer, TestContext.Current.CancellationToken);
        await using var db = hooks.House.Open();
        var url = $"http://{liar.LocalEndpoint}/";
        await AddWebhookEndpoint.Run(new(url, ["contact.created"]), hooks.House.Owner, db, hooks.Outside, hooks.Secrets, default);
        await hooks.AddGuest("+351912345670");
        await hooks.Send();

        (await hooks.Deliveries()).Single().State.ShouldBe(isTaken ? DeliveryState.Delivered : DeliveryState.Pending);
        await lying;
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_processes_send_each_delivery_once_and_in_its_order(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        await hooks.Add(["contact.created"]);
        var guests = new List<Guid>();
        for (var i = 0; i < 30; i++)
        {
            guests.Add(await hooks.AddGuest($"+3519123456{i:00}"));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hooks.Send()));
        await hooks.Send();

        hooks.Receiver.News.Select(n => n.Id).ShouldBe(guests);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_a_dead_process_had_taken_another_sends_when_the_lease_ends_under_the_same_id(string engine)
    {
        await using var hooks = await Hooks.Make(engine);
        var endpoint = await hooks.Add(["contact.created"]);
        var came = new TaskCompletionSource();
        hooks.Receiver.Answer = http =>
        {
            came.TrySetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        await hooks.AddGuest("+351912345670");
        using var patient = Hooks.MakeOutside("127.0.0.0/8", seconds: 60);
        using var end = new CancellationTokenSource();
        var dying = hooks.Sender(patient).SendDue(end.Token);
        await came.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        (await hooks.Endpoint(endpoint.Id)).LeasedBy.ShouldNotBeNull("the claim is on disk before the call");

        await using var db = hooks.House.Open();
        await hooks.Send();
        hooks.Receiver.Calls.Count.ShouldBe(1, "it is another's");
        hooks.Receiver.Answer = _ => Task.CompletedTask;
        hooks.House.Clock.Advance(WebhookSender.Lease);
        await hooks.Send();
        await end.CancelAsync();
        await Task.WhenAny(dying);

        hooks.Receiver.Calls.Count.ShouldBe(2);
        hooks.Receiver.Calls.Select(c => c.Id).Distinct().Count().ShouldBe(1);
        (await hooks.Deliveries()).Single().State.ShouldBe(DeliveryState.Delivered);
    }

    private static async Task Lie(TcpListener liar, string answer, CancellationToken cancel)
    {
        using var client = await liar.AcceptTcpClientAsync(cancel);
        var stream = client.GetStream();
        await stream.ReadExactlyAsync(new byte[16], cancel);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancel);
        client.Client.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
