using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bellhop.Data;
using Bellhop.Tests.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Host;

/// <summary>
/// A power cut leaves of an embedded database what was synced. The order in which a server writes, syncs and answers shows that no answer
/// says more than the disk keeps. Skipped where strace is not installed, or not allowed.
/// </summary>
public sealed partial class SyncOrderTests
{
    private const int Workers = 8;

    [Fact]
    public async Task A_booking_is_answered_after_the_sync_that_covers_it()
    {
        await DemandStrace();
        using var place = Place.OnDisk();
        var (key, log, many) = (await place.SetUp(), Path.Combine(place.Folder, "calls.log"), TestSize.Of(400) / Workers);
        await using (var server = await BellhopProcess.ServeTraced(place.Folder, "pwrite64,fdatasync,fsync,sendmsg,sendto,write", log))
        {
            await using var db = new SqliteDb(SqliteDb.Options(Path.Combine(place.Folder, "data", "bellhop.db")));
            var property = await db.Properties.Select(p => p.Id).SingleAsync();
            using var client = server.Client(key);
            await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Send(client, property, worker, many)));
            await server.Stop();
        }

        var calls = Calls(File.ReadLines(log));
        var syncs = calls.FindAll(c => c.Text.Contains("sync(", StringComparison.Ordinal) && c.IsOfLog);
        var written = FirstByKey(calls.Where(c => c.Text.StartsWith("pwrite64(", StringComparison.Ordinal) && c.IsOfLog));
        var answered = FirstByKey(calls.Where(c => c.Text.Contains("HTTP/1.1 201", StringComparison.Ordinal)));

        answered.Count.ShouldBe(Workers * many);
        answered
            .Where(a => !syncs.Exists(s => s.Begins > written[a.Key].Ends && s.Ends < a.Value.Begins))
            .Select(a => a.Key)
            .ShouldBeEmpty();
    }

    private static async Task Send(HttpClient client, Guid property, int worker, int many)
    {
        for (var i = 0; i < many; i++)
        {
            var key = $"KEY-{worker}-{i}-END";
            var body = ReceiveBookingTests.Body(property, key);
            body["guest"] = new JsonObject { ["name"] = "Guest", ["email"] = $"g{worker}.{i}@guests.example" };
            await (await client.Post("/api/v1/bookings", body)).Json(201);
        }
    }

    private static Dictionary<string, Call> FirstByKey(IEnumerable<Call> calls)
    {
        var first = new Dictionary<string, Call>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            foreach (Match key in Key().Matches(call.Text))
            {
                first.TryAdd(key.Value, call);
            }
        }

        return first;
    }

    /// <summary>The calls in the order in which they began. A call that another interrupts is two lines of the log.</summary>
    private static List<Call> Calls(IEnumerable<string> lines)
    {
        var (calls, begun) = (new List<Call>(), new Dictionary<string, (string Text, int At)>(StringComparer.Ordinal));
        foreach (var (at, line) in lines.Index())
        {
            var (thread, text) = line.Split(' ', 2) is [var first, var rest] ? (first, rest.TrimStart()) : ("", line);
            if (text.EndsWith("<unfinished ...>", StringComparison.Ordinal))
            {
                begun[thread] = (text, at);
            }
            else if (!text.StartsWith("<... ", StringComparison.Ordinal))
            {
                calls.Add(new(text, at, at));
            }
            else if (begun.Remove(thread, out var call))
            {
                calls.Add(new(call.Text, call.At, at));
            }
        }

        return [.. calls.OrderBy(c => c.Begins)];
    }

    private static async Task DemandStrace()
    {
        try
        {
            using var strace = Process.Start(
                new ProcessStartInfo("strace", ["-f", "-o", "/dev/null", "true"]) { UseShellExecute = false, RedirectStandardError = true }
            )!;
            await strace.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipUnless(strace.ExitCode == 0, "strace may not trace here.");
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no strace here.");
        }
    }

    /// <param name="Text">The call as strace writes it.</param>
    /// <param name="Begins">The log's line where it begins.</param>
    /// <param name="Ends">The log's line where it ends.</param>
    private sealed record Call(string Text, int Begins, int Ends)
    {
        /// <summary>Whether it is of SQLite's log. The file's name stands at the beginning.</summary>
        public bool IsOfLog => Text.AsSpan(0, Math.Min(Text.Length, 300)).Contains("bellhop.db-wal", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"KEY-\d+-\d+-END", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
