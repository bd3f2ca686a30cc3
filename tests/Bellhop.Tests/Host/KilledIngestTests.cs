using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Tests.Features.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>Guests' messages reach a server that is killed as by a power cut, and two servers at once.</summary>
public class KilledIngestTests
{
    private const string Number = "555000111";
    private const int Guests = 40;

    private static readonly string[] Urls = ["--urls", "http://127.0.0.1:0"];

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_message_that_was_answered_is_there_once_after_a_kill(string engine)
    {
        var events = TestSize.Of(2000);
        await using var postgres = engine == "postgres" ? await TestDatabase.CreateNew(engine) : null;
        using var place = Place.OnDisk();
        var on = Environment(postgres);
        var key = await place.SetUp(postgres);
        var answered = new ConcurrentBag<int>();
        string hook;
        await using (var server = await BellhopProcess.Serve(place.Folder, on, Urls))
        {
            hook = await Connect(server, key);
            using var provider = server.Client();
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var sending = Parallel.ForAsync(
                0,
                events,
                new ParallelOptions { MaxDegreeOfParallelism = 32 },
                async (i, cancel) =>
                {
                    try
                    {
                        if (await Send(provider, hook, i) == HttpStatusCode.OK)
                        {
                            answered.Add(i);
                        }
                    }
                    catch (HttpRequestException)
                    {
                        enough.TrySetResult(); // it is dead
                    }

                    if (answered.Count > events / 4)
                    {
                        enough.TrySetResult();
                    }
                }
            );
            await Wait.For(enough.Task);
            await server.Kill();
            await sending;
        }

        answered.Count.ShouldBeInRange(events / 4, events - 1, "it was killed in the middle");
        await using BellhopDb db =
            postgres?.OpenElsewhere() ?? new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));
        if (engine == "postgres")
        {
            // Another of many processes might be reading, so that its lease is waited for; the test has not the minute.
            await db
                .Jobs.Where(j => j.LeasedUntil != null)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, db.Now.AddSeconds(-1)));
        }

        await using var again = await BellhopProcess.Serve(place.Folder, on, Urls);
        await UntilRead(db);
        var stored = await Stored(db);
        answered.Select(Id).Except(stored).ShouldBeEmpty("what was answered is kept");
        stored.Count.ShouldBe(stored.Distinct().Count());

        // What was not answered the provider sends again, and some of the rest too.
        using var later = again.Client();
        await Parallel.ForAsync(0, events, async (i, cancel) => (await Send(later, hook, i)).ShouldBe(HttpStatusCode.OK));
        await UntilRead(db);
        (await Stored(db)).ShouldBe(Enumerable.Range(0, events).Select(Id), ignoreOrder: true);
        (await db.Contacts.CountAsync(), await db.Conversations.CountAsync()).ShouldBe((Guests, Guests));
    }

    [Fact]
    public async Task The_same_event_a_thousand_times_fifty_at_a_time_at_two_servers_is_one_message()
    {
        await using var postgres = await TestDatabase.CreateNew("postgres");
        using var place = new Place();
        var on = Environment(postgres);
        var key = await place.SetUp(postgres);
        await using var one = await BellhopProcess.Serve(place.Folder, on, Urls);
        await using var other = await BellhopProcess.Serve(place.Folder, on, Urls);
        var hook = await Connect(one, key);
        using var first = one.Client();
        using var second = other.Client();

        // A blank more each time: the same event in other bytes, so that the message's own id has to tell.
        await Parallel.ForAsync(
            0,
            1000,
            new ParallelOptions { MaxDegreeOfParallelism = 50 },
            async (i, cancel) => (await Send(i % 2 == 0 ? first : second, hook, 7, blanks: i % 5)).ShouldBe(HttpStatusCode.OK)
        );

        await using var db = postgres.OpenElsewhere();
        await UntilRead(db);
        (await Stored(db)).ShouldBe([Id(7)]);
        (await db.Contacts.CountAsync(), await db.Conversations.CountAsync(), await db.ParkedItems.CountAsync()).ShouldBe((1, 1, 0));
    }

    private static string Id(int number) => $"wamid.{number}";

    private static Dictionary<string, string> Environment(TestDatabase? postgres) =>
        new() { ["ConnectionStrings__Postgres"] = postgres?.ConnectionString ?? "" };

    private static async Task<string> Connect(BellhopProcess server, string key)
    {
        using var client = server.Client(key);
        var property = (await client.GetFromJson("/api/v1/properties"))["items"]![0]!["id"]!.GetValue<string>();
        var body = new JsonObject
        {
            ["kind"] = "meta",
            ["name"] = "The number",
            ["propertyId"] = property,
            ["secrets"] = new JsonObject
            {
                ["appSecret"] = Hotline.AppSecret,
                ["verifyToken"] = "verify",
                ["accessToken"] = "access",
            },
            ["accounts"] = new JsonArray(
                new JsonObject
                {
                    ["kind"] = "whatsApp",
                    ["externalId"] = Number,
                    ["propertyId"] = property,
                }
            ),
        };
        return (await (await client.Post("/api/v1/connections", body)).Json(201))["webhookUrl"]!.GetValue<string>();
    }

    private static async Task<HttpStatusCode> Send(HttpClient provider, string hook, int number, int blanks = 0)
    {
        byte[] body =
        [
            .. Hotline.WhatsApp(Number, $"34631200{number % Guests:000}", Id(number), $"Message {number}", new(2026, 1, 1)),
            .. Enumerable.Repeat((byte)' ', blanks),
        ];
        using var request = new HttpRequestMessage(HttpMethod.Post, hook)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", Hotline.Sign(body));
        using var answer = await provider.SendAsync(request);
        return answer.StatusCode;
    }

    private static Task<List<string>> Stored(BellhopDb db) => db.Messages.Select(m => m.ExternalId!).ToListAsync();

    private static Task UntilRead(BellhopDb db) => Wait.Until(async () => !await db.Hooks.AnyAsync(h => h.ReadAt == null));
}
