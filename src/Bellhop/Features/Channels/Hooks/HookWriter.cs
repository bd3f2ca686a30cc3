using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>
/// Stores the events that arrive while the last ones are stored in one save, so that many at once cost one commit. Each is on disk before
/// its request is answered. If one event makes the save fail, each is stored in a save of its own, so that the others go through.
/// </summary>
public sealed class HookWriter(IDbContextFactory<BellhopDb> dbs)
{
    /// <summary>So many events go into one save.</summary>
    private const int AtOnce = 200;

    /// <summary>So many bytes of events go into one save, and one event at least.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly Lock _turn = new();
    private readonly Queue<Waiting> _waiting = [];
    private bool _writes;

    private sealed record Waiting(Hook Hook, TaskCompletionSource Stored);

    /// <summary>Stores an event, unless the same bytes are there already. Afterwards it is on disk.</summary>
    /// <param name="cancel">Stops waiting; the event may be stored all the same.</param>
    /// <exception cref="Exception">What the save says when it fails. Nothing is stored then.</exception>
    internal Task Store(Hook hook, CancellationToken cancel)
    {
        var mine = new Waiting(hook, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_turn)
        {
            _waiting.Enqueue(mine);
            if (!_writes)
            {
                _writes = true;
                _ = Task.Run(Write, CancellationToken.None);
            }
        }

        return mine.Stored.Task.WaitAsync(cancel);
    }

    private async Task Write()
    {
        while (Next() is { Count: > 0 } some)
        {
            try
            {
                await Save(some);
                some.ForEach(w => w.Stored.SetResult());
            }
            catch (Exception error) when (some.Count > 1 && !IsAway(error))
            {
                await SaveEach(some);
            }
            catch (Exception error)
            {
                Fail(some, error);
            }
        }
    }

    private async Task SaveEach(List<Waiting> some)
    {
        for (var i = 0; i < some.Count; i++)
        {
            try
            {
                await Save([some[i]]);
                some[i].Stored.SetResult();
            }
            catch (Exception error) when (!IsAway(error))
            {
                some[i].Stored.SetException(error);
            }
            catch (Exception error)
            {
                Fail(some[i..], error);
                return;
            }
        }
    }

    /// <summary>Whoever came meanwhile hears of it too, instead of waiting for a second try at a database that is away.</summary>
    private void Fail(List<Waiting> some, Exception error)
    {
        var all = IsAway(error) ? some.Concat(AllWaiting()) : some;
        all.ToList().ForEach(w => w.Stored.SetException(error));
    }

    private bool IsAway(Exception error)
    {
        using var db = dbs.CreateDbContext();
        return db.FailureOf(error) != DatabaseFailure.None;
    }

    private List<Waiting> Next()
    {
        lock (_turn)
        {
            var (some, bytes) = (new List<Waiting>(), 0);
            while (some.Count < AtOnce && _waiting.TryPeek(out var next) && (some.Count == 0 || bytes + next.Hook.Body.Length <= MostBytes))
            {
                some.Add(_waiting.Dequeue());
                bytes += next.Hook.Body.Length;
            }

            _writes = some.Count > 0;
            return some;
        }
    }

    private List<Waiting> AllWaiting()
    {
        lock (_turn)
        {
            List<Waiting> all = [.. _waiting];
            _waiting.Clear();
            return all;
        }
    }

    private async Task Save(List<Waiting> some)
    {
        await using var db = await dbs.CreateDbContextAsync();
        await db.Save(async () =>
        {
            // In the order of the key, so that two processes which store the same events wait for each other and never in a circle.
            var hooks = some.Select(w => w.Hook).OrderBy(h => Convert.ToHexString(h.Digest), StringComparer.Ordinal).ToList();
            var stored = await db.InsertMissing(hooks, h => h.Id, default);
            foreach (var (organizationId, id) in stored.Select(h => (h.OrganizationId, h.ConnectionId)).Distinct())
            {
                // The pause is not asked here: it may end before this save does, and what was queued then has run already.
                await ReceiveHook.QueueReading(organizationId, id, db, default);
            }
        });
    }
}
