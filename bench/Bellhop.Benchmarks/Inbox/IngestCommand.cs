using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>
/// <c>ingest [--engine sqlite|postgres] [--guests N] [--events N] [--seconds N]</c>: events of WhatsApp, signed and sent over HTTP by 32
/// clients, against the same rows inserted in batches. While they come in, the same process reads them.
/// </summary>
internal static class IngestCommand
{
    private const int Clients = 32;
    private const int Batch = 500;
    private const int Paced = 500;
    private const string Secret = "ingest-app-secret";

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        int Number(string name, int usual) => options[name] is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : usual;
        await Console.Out.WriteLineAsync(
            $"""
            # Ingest

            Events of one message each, verified, stored, committed and answered, by {Clients} clients over HTTP. *By hand*: the same rows
            in batches of {Batch}, one commit each. Server, clients and reading share this machine's cores.
            """
        );
        foreach (var engine in options.Engines)
        {
            var town = await BenchDatabase.Make(engine, Number("--guests", 20_000));
            await Measure(town, Number("--events", 20_000), Number("--seconds", 10));
        }

        return 0;
    }

    private static async Task Measure(BenchDatabase town, int events, int seconds)
    {
        var ours = await RunningBellhop.Start(town);
        var number = Random.Shared.NextInt64(100_000_000_000, 999_999_999_999).ToString(CultureInfo.InvariantCulture);
        var connection = await Connect(ours, town, number);
        await using var db = town.Open();
        db.Database.SetCommandTimeout(600);
        var byHand = await ByHand(town, connection, events);
        await Console.Out.WriteLineAsync(
            $"\n## {town.Engine}, {town.Size:N0} contacts\n\n| what | per second | ms, median | ms, 99 of 100 |\n|---|---|---|---|\n"
                + $"| by hand, {Batch} to a commit | {byHand:N0} | | |"
        );
        var next = 0;
        await Send(events / 10, pace: null); // the runtime compiles first
        await Send(events, pace: null, $"{Clients} clients");
        await UntilRead($"all of them read, after the last answer");
        await Send(Paced * seconds, Paced, $"at {Paced} a second");
        await UntilRead("all of them read, after the last answer");

        var many = Body(number, Enumerable.Range(0, 1000).Select(i => (Guest(5_000_000 + (i % 250)), $"wamid.many.{number}.{i}")));
        var clock = Stopwatch.StartNew();
        await Post(many);
        await Console.Out.WriteLineAsync(
            $"| 1,000 messages of 250 new guests in one POST: answered after {clock.ElapsedMilliseconds:N0} ms | | | |"
        );
        await UntilRead("… and read, after the answer");
        var stored = await db.Messages.CountAsync(m =>
            db.ChannelAccounts.Any(a => a.OrganizationId == m.OrganizationId && a.Id == m.AccountId && a.ExternalId == number)
        );
        if (stored != next + 1000)
        {
            throw new InvalidOperationException($"{next + 1000} messages were acknowledged and {stored} are stored.");
        }

        async Task Send(int count, int? pace, string? what = null)
        {
            var took = new ConcurrentBag<double>();
            var begin = Stopwatch.GetTimestamp();
            var first = Interlocked.Add(ref next, count) - count;
            await Parallel.ForAsync(
                0,
                count,
                new ParallelOptions { MaxDegreeOfParallelism = Clients },
                async (i, cancel) =>
                {
                    if (pace is { } perSecond)
                    {
                        var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(begin);
                        await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, cancel);
                    }

                    var body = Body(number, [(Guest((first + i) % 2000), $"wamid.{number}.{first + i}")]);
                    var start = Stopwatch.GetTimestamp();
                    await Post(body);
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            );
            var rate = count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
            if (what is not null)
            {
                var all = took.Order().ToList();
                var ratio = pace is null ? $" ({rate / byHand:P0} of by hand)" : "";
                await Console.Out.WriteLineAsync(
                    $"| {what} | {rate:N0}{ratio} | {all[all.Count / 2]:0.0} | {all[all.Count * 99 / 100]:0.0} |"
                );
            }
        }

        async Task UntilRead(string what)
        {
            var waiting = Stopwatch.StartNew();
            while (await db.Hooks.AnyAsync(h => h.OrganizationId == town.Organization && h.ConnectionId == connection && h.ReadAt == null))
            {
                await Task.Delay(20);
            }

            await Console.Out.WriteLineAsync($"| {what} | {waiting.Elapsed.TotalSeconds:0.0} s | | |");
        }

        async Task Post(byte[] body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/meta/{connection}")
            {
                Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            };
            request.Headers.TryAddWithoutValidation(
                "X-Hub-Signature-256",
                "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))
            );
            using var answer = await ours.Client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }

    private static async Task<Guid> Connect(RunningBellhop ours, BenchDatabase town, string number)
    {
        var body = new JsonObject
        {
            ["kind"] = "meta",
            ["name"] = "Number " + number,
            ["propertyId"] = town.Properties[0].ToString(),
            ["secrets"] = new JsonObject
            {
                ["appSecret"] = Secret,
                ["verifyToken"] = "verify",
                ["accessToken"] = "access",
            },
            ["accounts"] = new JsonArray(
                new JsonObject
                {
                    ["kind"] = "whatsApp",
                    ["externalId"] = number,
                    ["propertyId"] = town.Properties[0].ToString(),
                }
            ),
        };
        using var made = await ours.Client.PostAsJsonAsync("/api/v1/connections", body);
        made.EnsureSuccessStatusCode();
        return (await made.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<Guid>();
    }

    /// <summary>Events a second, inserted in batches. They are deleted at the end, so that nobody reads them.</summary>
    private static async Task<double> ByHand(BenchDatabase town, Guid connection, int events)
    {
        await using var db = town.Open();
        var at = db.Now;
        var hooks = Enumerable
            .Range(0, events)
            .Select(i =>
            {
                var body = Body("1", [(Guest(i), $"wamid.hand.{i}")]);
                return new Hook
                {
                    OrganizationId = town.Organization,
                    ConnectionId = connection,
                    Digest = SHA256.HashData(body),
                    Body = body,
                    ReceivedAt = at,
                    ReadAt = at.AddDays(-1), // nobody reads it
                };
            })
            .ToList();
        var best = 0.0;
        foreach (var half in hooks.Chunk(Math.Max(Batch, events / 2)))
        {
            var clock = Stopwatch.StartNew();
            foreach (var some in half.Chunk(Batch))
            {
                await db.Save(() => db.InsertWithoutFollowers(some, default), default, alone: true);
            }

            best = Math.Max(best, half.Length / clock.Elapsed.TotalSeconds);
        }

        await db.Save(() => db.Hooks.Where(h => h.ConnectionId == connection).ExecuteDeleteAsync(), default, alone: true);
        return best;
    }

    private static string Guest(int number) => $"3519{number:00000000}";

    private static byte[] Body(string account, IEnumerable<(string From, string Id)> messages)
    {
        var all = messages.ToList();
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["phone_number_id"] = account },
            ["contacts"] = new JsonArray([
                .. all.Select(m => m.From)
                    .Distinct()
                    .Select(from => new JsonObject
                    {
                        ["wa_id"] = from,
                        ["profile"] = new JsonObject { ["name"] = "Guest " + from[^4..] },
                    }),
            ]),
            ["messages"] = new JsonArray([
                .. all.Select(m => new JsonObject
                {
                    ["from"] = m.From,
                    ["id"] = m.Id,
                    ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                    ["type"] = "text",
                    ["text"] = new JsonObject { ["body"] = $"Good morning, can we check in at noon? {m.Id}" },
                }),
            ]),
        };
        var payload = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(
                new JsonObject { ["id"] = "1", ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }) }
            ),
        };
        return Encoding.UTF8.GetBytes(payload.ToJsonString());
    }
}
