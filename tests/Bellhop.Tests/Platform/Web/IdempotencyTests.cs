using System.Text.Json.Nodes;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Bookings;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bellhop.Tests.Platform.Web;

public class IdempotencyTests
{
    private const string Path = "/api/v1/bookings";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_key_and_body_answer_the_first_answer_again_and_do_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var body = ReceiveBookingTests.Body(house.Lisbon, externalId: null); // without a key of its own, a repeat would be a second booking

        var first = await app.As(house.Owner).Post(Path, body, "k1");
        var before = await app.Snapshot();
        var again = await app.As(house.Owner).Post(Path + "/", body, "k1");

        ((int)first.StatusCode, (int)again.StatusCode).ShouldBe((201, 201));
        (await again.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await app.Snapshot()).ShouldBe(before);
        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(1);
        (await db.IdempotentResponses.SingleAsync()).ContactId.ShouldBe((await db.Contacts.SingleAsync()).Id);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Another_body_another_caller_and_a_refusal_are_told_apart(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var other = await app.MakeKey(house.OrganizationId, PermissionSet.Everything);
        var body = ReceiveBookingTests.Body(house.Lisbon, externalId: null);
        var wrong = body.DeepClone().AsObject();
        wrong["arrival"] = "2026-13-01";

        await (await app.As(house.Owner).Post(Path, wrong, "k1")).Json(400);
        await (await app.As(house.Owner).Post(Path, body, "k1")).Json(201); // the refusal was not kept
        (await (await app.As(house.Owner).Post(Path, wrong, "k1")).Json(422))["type"]!
            .GetValue<string>()
            .ShouldBe("idempotency-key-reused");
        await (await app.As(other).Post(Path, body, "k1")).Json(201);

        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Twenty_at_once_with_one_key_do_it_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var body = ReceiveBookingTests.Body(house.Lisbon, externalId: null);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.As(house.Owner).Post(Path, body, "k1")));

        answers.ShouldAllBe(a => (int)a.StatusCode == 201 || ((int)a.StatusCode == 409 && a.Headers.RetryAfter != null));
        answers.Count(a => (int)a.StatusCode == 201).ShouldBeGreaterThan(0);
        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(1);
        (await (await app.As(house.Owner).Post(Path, body, "k1")).Json(201))["id"]!
            .GetValue<string>()
            .ShouldBe((await db.Bookings.SingleAsync()).Id.ToString());
    }

    [Fact]
    public async Task Two_processes_on_one_server_do_it_once()
    {
        await using var app = await TestApp.Start("postgres");
        await using var second = TestApp.Beside(app);
        var house = await app.MakeHouse();
        for (var round = 0; round < 10; round++)
        {
            var body = ReceiveBookingTests.Body(house.Lisbon, externalId: null);
            var key = "round " + round;
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? app : second).As(house.Owner).Post(Path, body, key))
            );
            answers.ShouldAllBe(a => (int)a.StatusCode == 201 || (int)a.StatusCode == 409);
        }

        await using var db = app.Open();
        (await db.Bookings.CountAsync()).ShouldBe(10);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task After_a_day_a_key_is_new_again_and_its_answer_is_removed(string engine)
    {
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.Parse("2026-05-01T00:00:00Z")));
        var house = await app.MakeHouse();
        var body = ReceiveBookingTests.Body(house.Lisbon, externalId: null);
        await (await app.As(house.Owner).Post(Path, body, "k1")).Json(201);
        await (await app.As(house.Owner).Post(Path, body, "k2")).Json(201);

        app.Clock.Jump(TimeSpan.FromHours(23.9));
        await app.Services.GetServices<IHostedService>().OfType<RecurringTasks>().Single().Run(default);
        await (await app.As(house.Owner).Post(Path, body, "k1")).Json(201);
        await using (var db = app.Open())
        {
            ((await db.Bookings.CountAsync()), (await db.IdempotentResponses.CountAsync())).ShouldBe((2, 2));
        }

        app.Clock.Jump(TimeSpan.FromHours(0.2));
        await (await app.As(house.Owner).Post(Path, body, "k1")).Json(201);
        await app.Services.GetServices<IHostedService>().OfType<RecurringTasks>().Single().Run(default);
        await using (var db = app.Open())
        {
            ((await db.Bookings.CountAsync()), (await db.IdempotentResponses.SingleAsync()).Key).ShouldBe((3, "k1"));
        }
    }

    [Fact]
    public async Task A_key_that_is_none_is_refused()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        foreach (var key in (string[])[new string('k', 256), "clé", "a\tb"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path)
            {
                Content = new StringContent(ReceiveBookingTests.Body(house.Lisbon).ToJsonString(), null, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key).ShouldBeTrue();
            (await (await app.As(house.Owner).SendAsync(request)).Json(400)).Fields().ShouldBe(["Idempotency-Key"], key);
        }

        await (await app.As(house.Owner).Post(Path, ReceiveBookingTests.Body(house.Lisbon), new string('~', 255))).Json(201);
    }

    /// <summary>
    /// However calls with a few keys and bodies follow each other: a key's first good call decides, and each is done once.
    /// </summary>
    [Fact]
    public async Task Any_order_of_calls_does_each_key_once_and_answers_it_alike()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var client = app.As(house.Owner);
        var run = 0;
        await Check.SampleAsync(
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1]).List[1, 8],
            async calls =>
            {
                var prefix = $"{Interlocked.Increment(ref run)}-";
                var model = new Dictionary<int, (int Body, string Text)>();
                await using var db = app.Open();
                var before = await db.Bookings.CountAsync();
                foreach (var (key, which) in calls)
                {
                    var body = ReceiveBookingTests.Body(house.Lisbon, externalId: null);
                    body["reference"] = "R" + which;
                    var answer = await client.Post(Path, body, prefix + key);
                    var text = await answer.Content.ReadAsStringAsync();
                    if (model.TryGetValue(key, out var first))
                    {
                        ((int)answer.StatusCode).ShouldBe(first.Body == which ? 201 : 422);
                        if (first.Body == which)
                        {
                            text.ShouldBe(first.Text);
                        }
                    }
                    else
                    {
                        ((int)answer.StatusCode).ShouldBe(201, text);
                        model[key] = (which, text);
                    }
                }

                (await db.Bookings.CountAsync() - before).ShouldBe(model.Count);
            },
            iter: TestSize.Of(25),
            threads: 1
        );
    }

    [Fact]
    public void Each_answer_is_written_as_it_is_kept()
    {
        var reply = Reply.Of(
            new Saved<JsonObject>(new() { ["name"] = "Zoë + <b>" }, new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), "/things/1")
        );

        (reply.Status, reply.Location).ShouldBe((201, "/api/v1/things/1"));
        System.Text.Encoding.UTF8.GetString(reply.Body!).ShouldContain("Zoë + <b>");
    }
}
