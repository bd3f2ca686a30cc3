using System.Collections.Concurrent;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

/// <summary>Saves to the embedded database that wait for each other and go to disk in one commit.</summary>
public sealed partial class GroupedCommitTests : IAsyncDisposable
{
    private readonly List<BellhopDb> _open = [];
    private TestDatabase? _database;

    [Fact]
    public async Task Saves_that_wait_for_each_other_are_answered_when_the_last_of_them_is_on_disk_and_a_refusal_too()
    {
        var (first, last) = (new Gate(), new Gate());
        var (one, three) = (await Open(), await Open());

        var a = Save(one, "a", first);
        await Wait.For(first.Reached.Task);
        var refused = Save(
            await Open(),
            "refused",
            then: () => throw Refusal.Conflict("known", ErrorText.Of<PlatformTexts>("Refusal.NotParked"))
        );
        var c = Save(three, "c", last);
        first.Opened.SetResult();
        await Wait.For(last.Reached.Task);

        (a.IsCompleted, refused.IsCompleted, c.IsCompleted).ShouldBe((false, false, false));
        (await Stored()).ShouldBeEmpty();

        last.Opened.SetResult();
        await Task.WhenAll(a, c);
        (await Should.ThrowAsync<Refusal>(() => refused)).Type.ShouldBe("known");
        (await Stored()).ShouldBe(["a", "c"]);
        (await one.Organizations.CountAsync()).ShouldBe(2); // on its own connection again
        one.Database.GetDbConnection().ShouldNotBeSameAs(three.Database.GetDbConnection());
    }

    [Fact]
    public async Task A_save_that_fails_takes_nothing_of_the_others_with_it()
    {
        var gate = new Gate();
        var a = Save(await Open(), "a", gate);
        await Wait.For(gate.Reached.Task);
        var fails = Save(await Open(), "b", then: () => throw new InvalidDataException());
        var races = Save(await Open(), "a"); // a name is there once: tried again, and then refused
        var d = Save(await Open(), "d");
        gate.Opened.SetResult();

        await Task.WhenAll(a, d);
        await Should.ThrowAsync<InvalidDataException>(() => fails);
        await Should.ThrowAsync<DbUpdateException>(() => races);
        (await Stored()).ShouldBe(["a", "d"]);
    }

    [Fact]
    public async Task Where_one_ends_the_whole_transaction_those_before_it_run_once_more_and_are_stored()
    {
        var (gate, runs) = (new Gate(), 0);
        var a = Save(
            await Open(),
            "a",
            gate,
            then: () =>
            {
                runs++;
                return Task.CompletedTask;
            }
        );
        await Wait.For(gate.Reached.Task);
        var db = await Open();
        var ends = Save(db, "b", then: () => End(db));
        gate.Opened.SetResult();

        await a;
        await Should.ThrowAsync<SqliteException>(() => ends);
        runs.ShouldBe(2);
        (await Stored()).ShouldBe(["a"]);
        await Save(db, "c");
        (await Stored()).ShouldBe(["a", "c"]);

        static async Task End(BellhopDb db)
        {
            await using var command = await db.Sql("ROLLBACK", default); // as SQLite does by itself when the disk is full
            await command.ExecuteNonQueryAsync();
            throw new SqliteException("full", 13);
        }
    }

    [Fact]
    public async Task Where_the_commit_fails_every_member_fails_with_its_reason_and_the_next_save_is_stored()
    {
        var (gate, last) = (new Gate(), new Gate());
        var a = Save(await Open(), "a", gate);
        await Wait.For(gate.Reached.Task);
        var refused = Save(
            await Open(),
            "b",
            then: () => throw Refusal.Conflict("known", ErrorText.Of<PlatformTexts>("Refusal.NotParked"))
        );
        var db = await Open();
        var c = Save(db, "c", last, then: () => Orphan(db));
        gate.Opened.SetResult();
        await Wait.For(last.Reached.Task);
        last.Opened.SetResult();

        foreach (var member in new[] { a, refused, c })
        {
            (await Should.ThrowAsync<SqliteException>(() => member)).Message.ShouldContain("FOREIGN KEY");
        }

        (await Stored()).ShouldBeEmpty();
        await Save(db, "d");
        (await Stored()).ShouldBe(["d"]);

        static async Task Orphan(BellhopDb db)
        {
            // Nothing of ours is checked so late; it is the one failure of a commit that a test can bring about.
            await using var command = await db.Sql(
                "PRAGMA defer_foreign_keys = ON; INSERT INTO sessions "
                    + "(id, user_id, organization_id, stamp, created_at, last_seen_at, expires_at) VALUES (x'01', x'02', 3, '', 0, 0, 0)",
                default
            );
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task A_save_that_is_alone_keeps_nobody_waiting_and_one_that_gives_up_its_wait_neither()
    {
        var (first, second) = (new Gate(), new Gate());
        using var gone = new CancellationTokenSource();
        var a = Save(await Open(), "a", first);
        await Wait.For(first.Reached.Task);
        var gaveUp = Save(await Open(), "b", cancel: gone.Token);
        var alone = Save(await Open(), "c", second, alone: true);
        var d = Save(await Open(), "d");
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => gaveUp);
        first.Opened.SetResult();

        await a;
        await Wait.For(second.Reached.Task);
        (await Stored()).ShouldBe(["a"]);
        d.IsCompleted.ShouldBeFalse();
        second.Opened.SetResult();
        await Task.WhenAll(alone, d);
        (await Stored()).ShouldBe(["a", "c", "d"]);
    }

    [Fact]
    public async Task Whatever_fails_meanwhile_what_is_acknowledged_is_stored_and_what_failed_is_not()
    {
        var (many, seed) = (TestSize.Of(4_000), Random.Shared.Next());
        var (acknowledged, failed) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var contexts = new ConcurrentBag<BellhopDb>(await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Open())));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, many),
            new ParallelOptions { MaxDegreeOfParallelism = 12, CancellationToken = TestContext.Current.CancellationToken },
            async (i, _) =>
            {
                var (random, name) = (new Random(seed + i), $"n{i}");
                contexts.TryTake(out var db);
                try
                {
                    using var leaves = new CancellationTokenSource();
                    await Save(
                        db!,
                        name,
                        alone: random.Next(10) == 0,
                        cancel: leaves.Token,
                        then: () =>
                            random.Next(12) switch
                            {
                                0 => throw new InvalidDataException(),
                                1 => db!.Database.ExecuteSqlRawAsync("ROLLBACK", CancellationToken.None),
                                2 => leaves.CancelAsync(),
                                _ => Task.CompletedTask,
                            }
                    );
                    (await Stored()).ShouldContain(name);
                    acknowledged.Add(name);
                }
                catch (Exception error) when (error is not ShouldAssertException)
                {
                    failed.Add(name);
                }

                contexts.Add(db!);
            }
        );

        var stored = await Stored();
        stored.SequenceEqual(acknowledged.Order(StringComparer.Ordinal)).ShouldBeTrue($"seed {seed}");
        (acknowledged.Count > many / 2, !failed.IsEmpty).ShouldBe((true, true));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var db in _open)
        {
            await db.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private static Task Save(
        BellhopDb db,
        string name,
        Gate? gate = null,
        Func<Task>? then = null,
        bool alone = false,
        CancellationToken cancel = default
    ) =>
        db.Save(
            async () =>
            {
                var made = new Organization
                {
                    Name = name,
                    Currency = "EUR",
                    TimeZone = "Europe/Lisbon",
                    CreatedAt = db.Now,
                };
                db.Organizations.Add(made);
                await db.Flush(cancel);
                db.Happened(Actor.System(made.Id), "organization.created", "organization", null);
                if (gate is not null)
                {
                    gate.Reached.TrySetResult();
                    await gate.Opened.Task;
                }

                await (then?.Invoke() ?? Task.CompletedTask);
                cancel.ThrowIfCancellationRequested();
            },
            cancel,
            alone: alone
        );

    private async Task<BellhopDb> Open()
    {
        _database ??= await TestDatabase.Create("sqlite");
        var db = _database.Open();

        // A test's gates take longer than five milliseconds.
        db.Host.WriterOf(db.Database.GetConnectionString()!).Longest = TimeSpan.FromHours(1);
        _open.Add(db);
        return db;
    }

    /// <summary>As another process reads it.</summary>
    private async Task<List<string>> Stored()
    {
        await using var db = _database!.OpenElsewhere();
        var names = await db.Organizations.AsNoTracking().Select(o => o.Name).ToListAsync();
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Where a block waits until told.</summary>
    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
