using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>
/// <c>ingest [--engine sqlite|postgres] [--guests N] [--events N] [--seconds N]</c>: events of WhatsApp, signed and sent over HTTP by 32
/// clients. First they are only received, then they are read, then both happens at once. The limits are measured beside it: the same rows
/// inserted in batches, and an endpoint that only answers.
/// </summary>
internal static class IngestCommand
{
    private const int Batch = 500;
    private const int Paced = 500;
    private const int Guests = 2000;

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        int Number(string name, int usual) => options[name] is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : usual;
        await Say(
            $"""
            # Ingest

            Events of one message each, of {Guests:N0} guests, signed and sent over HTTP by {IngestClients.Count} clients. Each is verified,
            stored and committed before it is answered. *By hand*: the same rows in batches of {Batch}, one commit each. *Only
            answered*: by an endpoint that reads the body and says 200. *The limit*: an event costs what it costs by hand and what its
            answer costs, because server, clients and database share this machine's processors.
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
        var path = $"/webhooks/meta/{connection}";
        var next = 0;
        await using var db = town.Open();
        db.Database.SetCommandTimeout(600);
        await Say($"\n## {town.Engine}, {town.Size:N0} contacts\n\n| what | per second | ms, median | ms, 99 of 100 |\n|---|---|---|---|");

        // The runtime compiles first.
        await IngestClients.Send(ours.Url, Events(events / 10));
        await UntilRead();
        await Pause(true);
        await IngestClients.Send(ours.Url, Events(events / 2));
        await Pause(false);
        await UntilRead();

        var byHand = await ByHand(town, connection, events);
        await Say($"| by hand, {Batch} to a commit | {byHand:N0} | | |");
        var answered = await OnlyAnswered(Events(events));
        next -= events;
        await Say(Row("only answered", answered));
        var limit = 1 / ((1 / byHand) + (1 / answered.Rate));
        await Say($"| the limit | {limit:N0} | | |");

        await Pause(true);
        var alone = await IngestClients.Send(ours.Url, Events(events));
        await Say(Row($"received, nothing read: {alone.Rate / limit:P0} of the limit, {alone.Rate / byHand:P0} of by hand", alone));
        await Pause(false);
        var reading = await UntilRead();
        await Say($"| those read, nothing received | {events / reading:N0} | | |");

        await Say(Row("received while they are read", await IngestClients.Send(ours.Url, Events(events))));
        await Say($"| the last of them read, after the last answer | {await UntilRead():0.0} s | | |");
        await Say($"| the longest from an event to its message | {await Longest(events):0.0} s | | |");

        await Say(Row($"at {Paced} a second", await IngestClients.Send(ours.Url, Events(Paced * seconds), Paced)));
        await Say($"| the last of them read, after the last answer | {await UntilRead():0.0} s | | |");
        await Say($"| the longest from an event to its message | {await Longest(Paced * seconds):0.0} s | | |");

        var messages = Enumerable.Range(0, 1000).Select(i => (IngestEvents.Guest(5_000_000 + (i % 250)), $"wamid.many.{number}.{i}"));
        var many = await IngestClients.Send(ours.Url, [IngestEvents.Request(path, IngestEvents.Body(number, messages))]);
        await Say($"| 1,000 messages of 250 new guests in one event: answered after {many.Middle:N0} ms | | | |");
        await Say($"| … and read, after the answer | {await UntilRead():0.0} s | | |");
        var stored = await db.Messages.CountAsync(m =>
            db.ChannelAccounts.Any(a => a.OrganizationId == m.OrganizationId && a.Id == m.AccountId && a.ExternalId == number)
        );
        if (stored != next + 1000)
        {
            throw new InvalidOperationException($"{next + 1000} messages were acknowledged and {stored} are stored.");
        }

        List<byte[]> Events(int count)
        {
            var first = next;
            next += count;
            return
            [
                .. Enumerable
                    .Range(first, count)
                    .Select(i =>
                        IngestEvents.Request(path, IngestEvents.Body(number, (IngestEvents.Guest(i % Guests), $"wamid.{number}.{i}")))
                    ),
            ];
        }

        async Task Pause(bool paused)
        {
            using var changed = await ours.Client.PatchAsJsonAsync($"/api/v1/connections/{connection}", new { paused });
            changed.EnsureSuccessStatusCode();
        }

        async Task<double> UntilRead()
        {
            var waiting = Stopwatch.StartNew();
            while (await db.Hooks.AnyAsync(h => h.OrganizationId == town.Organization && h.ConnectionId == connection && h.ReadAt == null))
            {
                await Task.Delay(20);
            }

            return waiting.Elapsed.TotalSeconds;
        }

        async Task<double> Longest(int ofTheLast)
        {
            var last = await db
                .Hooks.Where(h => h.OrganizationId == town.Organization && h.ConnectionId == connection)
                .OrderByDescending(h => h.Id)
                .Take(ofTheLast)
                .Select(h => new { h.ReceivedAt, h.ReadAt })
                .ToListAsync();
            return last.Max(h => h.ReadAt - h.ReceivedAt)!.Value.TotalSeconds;
        }
    }

    private static async Task<IngestClients.Sent> OnlyAnswered(List<byte[]> requests)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(static http => http.Request.Body.CopyToAsync(Stream.Null));
        await app.StartAsync();
        var url = new Uri(app.Urls.First());
        await IngestClients.Send(url, requests[..(requests.Count / 5)]);
        return await IngestClients.Send(url, requests);
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
                ["appSecret"] = IngestEvents.Secret,
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
                var body = IngestEvents.Body("1", (IngestEvents.Guest(i), $"wamid.hand.{i}"));
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

        await db.Save(
            () => db.Hooks.Where(h => h.ConnectionId == connection && h.ReadAt < h.ReceivedAt).ExecuteDeleteAsync(),
            default,
            alone: true
        );
        return best;
    }

    private static string Row(string what, IngestClients.Sent sent) => $"| {what} | {sent.Rate:N0} | {sent.Middle:0.0} | {sent.Slow:0.0} |";

    private static Task Say(string line) => Console.Out.WriteLineAsync(line);
}
