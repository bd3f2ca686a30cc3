using Bellhop.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

public sealed partial class GroupedCommitTests
{
    [Fact]
    public async Task A_save_that_waited_runs_on_the_thread_of_the_turns_and_what_follows_it_does_not()
    {
        var (gate, ran) = (new Gate(), new List<bool>());
        var a = Save(await Open(), "a", gate);
        await Wait.For(gate.Reached.Task);
        var waited = Task.WhenAll(Waited(await Open(), "b"), Waited(await Open(), "c", refused: true), Waited(await Open(), "d"));
        gate.Opened.SetResult();
        await Task.WhenAll(a, waited);

        ran.ShouldBe([true, true, true]); // one after another
        (await waited).ShouldBe([false, false, false]);

        async Task<bool> Waited(BellhopDb db, string name, bool refused = false)
        {
            var save = Save(db, name, then: () => Note(refused));
            await save.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return IsOfTurns;
        }

        Task Note(bool refused)
        {
            ran.Add(IsOfTurns);
            return refused ? throw new InvalidDataException() : Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_turn_of_a_save_does_not_wait_for_the_page_that_asks_for_it()
    {
        var db = await Open();
        var (page, seen) = (new SynchronizationContext(), (SynchronizationContext?)null);
        var before = SynchronizationContext.Current;
        Task save;
        SynchronizationContext.SetSynchronizationContext(page);
        try
        {
            save = Save(db, "a", then: Note);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await save;
        seen.ShouldNotBeSameAs(page);
        (await Stored()).ShouldBe(["a"]);

        Task Note()
        {
            seen = SynchronizationContext.Current;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task The_log_is_copied_beside_the_saves_and_begins_anew()
    {
        var db = await Open();
        await Save(db, "first");
        var log = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource + "-wal";
        var (many, anew) = (new string('x', 1_000_000), false);
        var before = await Beginning(log);
        for (var i = 0; i < 500 && !anew; i++)
        {
            await Save(db, $"{i} {many}");
            anew = !(await Beginning(log)).SequenceEqual(before);
        }

        anew.ShouldBeTrue();
        (await Stored())[^1].ShouldBe("first");
    }

    private static bool IsOfTurns => Thread.CurrentThread is { IsThreadPoolThread: false, Name: "Turns to write" };

    /// <summary>A log's first bytes change when it begins anew.</summary>
    private static async Task<byte[]> Beginning(string log)
    {
        await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var first = new byte[32];
        await file.ReadExactlyAsync(first);
        return first;
    }
}
