using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Bellhop.Benchmarks.Contacts;
using Bellhop.Benchmarks.Writes;
using Bellhop.Data;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Benchmarks.Duplicates;

/// <summary>
/// <c>sweep [--size N,…] [--engine sqlite|postgres]</c>: what the check for duplicates costs when a guest is saved, and what a sweep of
/// all guests costs, with what others wait for meanwhile. Each engine and size is written to a file of its own.
/// </summary>
internal sealed class SweepBench(BenchDatabase town, TextWriter report)
{
    private const int Asked = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<int> Run(string[] args)
    {
        var options = new Options(args);
        await Console.Out.WriteLineAsync(
            """
            # The check for duplicates, and the sweep

            Each engine and size in a file of its own beside this one: `sweep-{engine}-{guests}.md`.

            *Exact*: the look-up of a guest's phone and address when they are saved, against two prepared probes of the index on the raw
            driver, in turns. *Fuzzy*: those who share a key with a changed guest are found and compared, as the job does it inside its
            save, without the commit. *Fuzzy, new*: the same of a guest without keys yet, which are written. *First sweep*: no key is
            there yet. *Again*: all keys are there. *GROUP BY*: the keys that several guests share, counted by the raw driver. *Who shares a
            key*: the groups of guests that the comparing begins with, read as it reads them, without the guests. *Waited*: how long
            comparing, which reads them ahead, stood still for them.
            *Another writer* adds a note every 50 ms while the sweep runs.
            """
        );
        Directory.CreateDirectory("bench/results");
        foreach (var size in (options["--size"] ?? "20000,100000").Split(',').Select(s => int.Parse(s, CultureInfo.InvariantCulture)))
        {
            foreach (var engine in options.Engines)
            {
                var town = await BenchDatabase.Make(engine, size);
                await using var report = new StreamWriter($"bench/results/sweep-{engine}-{size}.md") { AutoFlush = true };
                await new SweepBench(town, report).Measure();
            }
        }

        return 0;
    }

    private async Task Measure()
    {
        await using var services = WritesCommand.Services(town);
        var dbs = services.GetRequiredService<IDbContextFactory<BellhopDb>>();
        await using var db = await dbs.CreateDbContextAsync();
        db.Database.SetCommandTimeout(3600);
        var ids = await Some(db);
        await report.WriteLineAsync(
            $"# The check for duplicates, and the sweep: {town.Engine}, {town.Size:N0} guests\n\nLoad {await Load()}.\n"
        );
        await report.WriteLineAsync(await ExactLookups.Measure(ids, town, db));
        await Forget(db);
        await report.WriteLineAsync(
            "| | keys s | learning s | comparing s | listed again s | in all s | pairs | memory MB: before, most "
                + "| another writer ms: median, p99, most |\n|---|---|---|---|---|---|---|---|---|"
        );
        await Sweep("first sweep", ids, dbs, withWriter: true);
        await Sweep("again", ids, dbs, withWriter: false);
        await GroupBy();
        await Shared(db);
        await Waits(db);
        await report.WriteLineAsync("\n| | guests | least ms | median | p99 |\n|---|---|---|---|---|");
        await Fuzzy("fuzzy", ids, isNew: false, db);
        await Fuzzy("fuzzy, new", ids, isNew: true, db);
        await report.WriteLineAsync($"\nLoad afterwards {await Load()}.");
    }

    /// <summary>Takes out all that earlier sweeps left.</summary>
    private static Task Forget(BellhopDb db) =>
        db.Arrange(async () =>
        {
            await db.DuplicateKeys.ExecuteDeleteAsync();
            await db.LikelyDuplicates.ExecuteDeleteAsync();
            await db.DuplicateWeights.ExecuteDeleteAsync();
        });

    /// <summary>Guests with a phone and an address, spread over all.</summary>
    private static async Task<List<Guid>> Some(BellhopDb db)
    {
        var all = db.Contacts.Where(c => c.OrganizationId == 1 && c.Phone != null && c.Email != null);
        var (some, at, step) = (new List<Guid>(Asked), 0, Math.Max(1, await all.CountAsync() / Asked));
        await foreach (var id in all.OrderBy(c => c.Id).Select(c => c.Id).AsAsyncEnumerable()) // a million would count as memory of ours
        {
            if (at++ % step == 0 && some.Count < Asked)
            {
                some.Add(id);
            }
        }

        return some;
    }

    private async Task Sweep(string name, List<Guid> ids, IDbContextFactory<BellhopDb> dbs, bool withWriter)
    {
        await using var db = await dbs.CreateDbContextAsync();
        var who = Actor.System(1);
        var id = (await SweepDuplicates.Run(who, db, default)).Value.JobId;
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == id);
        using var done = new CancellationTokenSource();
        var memory = OwnMemory.Now();
        var watching = Watch(id, dbs, done.Token);
        var writing = withWriter ? Write(ids, dbs, done.Token) : Task.FromResult(new List<double>());
        var clock = Stopwatch.StartNew();
        await SweepDuplicates.Handler.Run(job, who, db, default);
        var took = clock.Elapsed;
        await done.CancelAsync();
        var (parts, most) = await watching;
        var waits = (await writing).Order().ToList();
        await db.Jobs.Where(j => j.Id == id).ExecuteDeleteAsync();
        var pairs = await db.LikelyDuplicates.CountAsync();
        var waited = waits.Count == 0 ? "" : $"{waits[waits.Count / 2]:0.0}, {waits[waits.Count * 99 / 100]:0.0}, {waits[^1]:0.0}";
        await report.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Of("keys"):0.0} | {Of("learning"):0.0} | {Of("pairs"):0.0} | {Of("listed"):0.0} | {took.TotalSeconds:0.0} "
                    + $"| {pairs:N0} | {memory / 1e6:0}, {most / 1e6:0} | {waited} |"
            )
        );

        double Of(string part) => parts.GetValueOrDefault(part).TotalSeconds;
    }

    /// <summary>How long the sweep was in each of its parts, and the most memory.</summary>
    private static async Task<(Dictionary<string, TimeSpan> Parts, long Memory)> Watch(
        Guid id,
        IDbContextFactory<BellhopDb> dbs,
        CancellationToken done
    )
    {
        await using var db = await dbs.CreateDbContextAsync(CancellationToken.None);
        var (parts, most, clock) = (new Dictionary<string, TimeSpan>(), 0L, Stopwatch.StartNew());
        var last = TimeSpan.Zero;
        while (!done.IsCancellationRequested)
        {
            var place = await db
                .DuplicateWeights.AsNoTracking()
                .Where(w => w.SweepId == id)
                .Select(w => w.SweepPlace)
                .SingleOrDefaultAsync(CancellationToken.None);
            var part = place?.Split('/')[0] ?? "keys";
            parts[part] = parts.GetValueOrDefault(part) + clock.Elapsed - last;
            (last, most) = (clock.Elapsed, Math.Max(most, OwnMemory.Now()));
            await Task.Delay(Pause, CancellationToken.None);
        }

        return (parts, most);
    }

    private static async Task<List<double>> Write(List<Guid> ids, IDbContextFactory<BellhopDb> dbs, CancellationToken done)
    {
        var took = new List<double>();
        while (!done.IsCancellationRequested)
        {
            await using var db = await dbs.CreateDbContextAsync(CancellationToken.None);
            var start = Stopwatch.GetTimestamp();
            await AddNote.Run(ids[took.Count % ids.Count], new("Written while a sweep runs"), Actor.System(1), db, default);
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(Pause, CancellationToken.None);
        }

        return took;
    }

    private async Task GroupBy()
    {
        await using var raw = town.Connect();
        await raw.OpenAsync();
        await using var command = raw.CreateCommand();
        command.CommandTimeout = 3600;
        command.CommandText =
            "SELECT count(*) FROM (SELECT key FROM duplicate_keys WHERE organization_id = 1 GROUP BY key HAVING count(*) > 1) AS shared";
        var clock = Stopwatch.StartNew();
        var shared = await command.ExecuteScalarAsync();
        await report.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"\nGROUP BY of the keys: {clock.Elapsed.TotalSeconds:0.00} s, {shared:N0} shared.")
        );
    }

    /// <summary>What of the comparing is the finding of its pairs.</summary>
    private async Task Shared(BellhopDb db)
    {
        var (groups, pairs, clock) = (0L, 0L, Stopwatch.StartNew());
        for (long? after = null, last = 0; last is not null; after = last)
        {
            var some = await SweepKeys.Next(after, SweepKeys.Parts(town.Size), 1, db, default);
            groups += some.Groups.Count;
            pairs += some.Groups.Sum(g => g.Guests.Count * (g.Guests.Count - 1L) / 2);
            last = some.Last;
        }

        await report.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nWho shares a key: {clock.Elapsed.TotalSeconds:0.00} s, {groups:N0} keys that not too many share, {pairs:N0} pairs."
            )
        );
    }

    /// <summary>How much of the comparing is waiting for its pairs.</summary>
    private async Task Waits(BellhopDb db)
    {
        var who = Actor.System(1);
        var weights = await PairWeights.Of(1, db, default);
        var job = new Job { OrganizationId = 1, Kind = SweepDuplicates.Kind };
        var sweep = new SweepPairs(weights, job, who, db);
        var clock = Stopwatch.StartNew();
        await sweep.Run(new SweepPlace.Pairs(null), default);
        await report.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nCompared once more: {clock.Elapsed.TotalSeconds:0.00} s, of which it waited {sweep.Waited.TotalSeconds:0.00} s."
            )
        );
    }

    private async Task Fuzzy(string name, List<Guid> ids, bool isNew, BellhopDb db)
    {
        var weights = await PairWeights.Of(1, db, default);
        var took = new List<double>();
        foreach (var id in ids.Concat(ids).Concat(ids))
        {
            await db.Save(
                async () =>
                {
                    if (isNew)
                    {
                        await db.Execute($"DELETE FROM duplicate_keys WHERE organization_id = 1 AND contact_id = {id}", default);
                    }

                    var start = Stopwatch.GetTimestamp();
                    await FindDuplicates.Look([id], weights, 1, db, default);
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                },
                default,
                alone: true
            );
        }

        took = [.. took.Skip(2 * ids.Count).Order()]; // the runtime compiles first
        await report.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {took.Count} | {took[0]:0.00} | {took[took.Count / 2]:0.00} | {took[took.Count * 99 / 100]:0.00} |"
            )
        );
    }

    private static async Task<string> Load() => (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
}
