using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>
/// Sends what waits for receivers outside. It takes each receiver under a lease, so that one process at a time sends to it and everything
/// goes in its order. If the process dies, another one takes the receiver when the lease ends. It looks for what is due every second, and
/// at once when something is queued.
/// </summary>
/// <param name="kind">Told when something is queued.</param>
public abstract class LeasedSender(IDbContextFactory<BellhopDb> dbs, DbHost host, string kind) : BackgroundService
{
    /// <summary>What the name of a server that serves the database alone begins with.</summary>
    protected const string Server = "server/";

    private const int AtOnce = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HashSet<Task> _running = [];
    private readonly SemaphoreSlim _news = new(0, 1);

    /// <summary>A receiver of one organisation.</summary>
    protected readonly record struct Receiver(int OrganizationId, Guid Id);

    /// <summary>The name under which this process takes leases.</summary>
    protected string Me { get; } = (host.Serves ? Server : "") + Guid.CreateVersion7().ToString("N");

    /// <summary>Sends everything that is due, until nothing is left; for tests.</summary>
    internal async Task SendDue(CancellationToken cancel)
    {
        do
        {
            await Start(cancel);
            await Task.WhenAll(_running);
        } while (_running.RemoveWhere(t => t.IsCompleted) > 0);
    }

    /// <summary>
    /// Takes over what an earlier server was sending. Only one process serves an embedded database, so nobody else has its receivers.
    /// </summary>
    internal async Task TakeOver(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await db.Save(() => FreeEarlier(db, cancel), cancel);
    }

    /// <summary>Ends the leases of earlier servers, in the caller's save.</summary>
    protected abstract Task FreeEarlier(BellhopDb db, CancellationToken cancel);

    /// <summary>Receivers that something is due for and nobody has, those first that waited longest.</summary>
    protected abstract Task<List<Receiver>> FindDue(int most, BellhopDb db, CancellationToken cancel);

    /// <summary>Takes a receiver if it is still free: of two processes, one gets it.</summary>
    protected abstract Task<bool> Take(Receiver receiver, BellhopDb db, CancellationToken cancel);

    /// <summary>Sends what waits for a receiver that was taken, and then leaves it.</summary>
    protected abstract Task SendAll(Receiver receiver, CancellationToken cancel);

    /// <summary>Ends this process's lease, in the caller's save.</summary>
    protected abstract Task Free(Receiver receiver, BellhopDb db);

    /// <summary>Notes that something failed which is tried again later.</summary>
    protected abstract void NoteFailed(Exception error);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = Listen(stoppingToken);
        await host.WorkMayBegin(stoppingToken, _news.WaitAsync);
        var isBehind = host.Serves;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (isBehind)
                {
                    await TakeOver(stoppingToken);
                    isBehind = false;
                }

                await Start(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error) // the database is away: look again later
            {
                NoteFailed(error);
            }

            await Wait(stoppingToken);
        }

        await Task.WhenAll([listening, .. _running]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Gives a receiver back. Where that fails, the lease ends by itself.</summary>
    protected async Task Leave(Receiver receiver)
    {
        try
        {
            await using var db = await dbs.CreateDbContextAsync(CancellationToken.None);
            await db.Save(() => Free(receiver, db));
        }
        catch (Exception error)
        {
            NoteFailed(error);
        }
    }

    public override void Dispose()
    {
        _news.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task Listen(CancellationToken cancel)
    {
        await foreach (var changed in host.Signal.Listen(cancel))
        {
            if ((changed.Kind == kind || changed == Changed.Anything) && _news.CurrentCount == 0)
            {
                _news.Release();
            }
        }
    }

    private async Task Wait(CancellationToken cancel)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny([.. _running, _news.WaitAsync(enough.Token), Task.Delay(Pause, host.Clock, enough.Token)]);
        await enough.CancelAsync();
        _running.RemoveWhere(t => t.IsCompleted);
    }

    private async Task Start(CancellationToken cancel)
    {
        if (AtOnce - _running.Count is not (> 0 and var free))
        {
            return;
        }

        await using var db = await dbs.CreateDbContextAsync(cancel);
        foreach (var receiver in await FindDue(free, db, cancel))
        {
            if (await Take(receiver, db, cancel))
            {
                _running.Add(SendAll(receiver, cancel));
            }
        }
    }
}
