using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Sends what is queued, account by account, at the provider's pace. Each try is taken and committed before the provider is called. If the
/// process dies, whoever takes the account next finds what was under way, and marks it as of unknown fate: it is never sent again by
/// itself.
/// </summary>
public sealed partial class Outbox(IDbContextFactory<BellhopDb> dbs, DbHost host, OutboxCalls calls, ILogger<Outbox> log)
    : LeasedSender(dbs, host, MessageAttempts.Kind)
{
    /// <summary>Longer than a call and its saves take together.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);

    protected override Task FreeEarlier(BellhopDb db, CancellationToken cancel) =>
        Free(db.AccountOutboxes.Where(o => o.LeasedBy!.StartsWith(Server) && o.LeasedBy != Me), db.Now, cancel);

    protected override Task Free(Receiver receiver, BellhopDb db) =>
        Free(
            db.AccountOutboxes.Where(o => o.OrganizationId == receiver.OrganizationId && o.AccountId == receiver.Id && o.LeasedBy == Me),
            db.Now,
            CancellationToken.None
        );

    /// <summary>Accounts that something is due for, or whose process died while sending.</summary>
    protected override Task<List<Receiver>> FindDue(int most, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        return db
            .AccountOutboxes.AsNoTracking()
            .Where(o => o.LeasedUntil <= now)
            .Where(o =>
                db.MessageAttempts.Any(a =>
                    a.OrganizationId == o.OrganizationId
                    && a.AccountId == o.AccountId
                    && (
                        a.State == AttemptState.Sending
                        || (a.State == AttemptState.Queued && a.DueAt <= now && (o.HoldUntil == null || o.HoldUntil <= now))
                    )
                )
            )
            .OrderBy(o => o.LeasedUntil)
            .Take(most)
            .Select(o => new Receiver(o.OrganizationId, o.AccountId))
            .ToListAsync(cancel);
    }

    /// <summary>What an earlier process was sending when it took the account may have left.</summary>
    protected override Task<bool> Take(Receiver receiver, BellhopDb db, CancellationToken cancel)
    {
        var (organizationId, accountId) = (receiver.OrganizationId, receiver.Id);
        return db.Save(
            async () =>
            {
                var (now, until) = (db.Now, db.Now + Lease);
                var isMine =
                    await db
                        .AccountOutboxes.Where(o => o.OrganizationId == organizationId && o.AccountId == accountId && o.LeasedUntil <= now)
                        .ExecuteUpdateAsync(set => set.SetProperty(o => o.LeasedBy, Me).SetProperty(o => o.LeasedUntil, until), cancel)
                    == 1;
                if (isMine)
                {
                    await SendOutcomes.ForgetInFlight(organizationId, accountId, db, cancel);
                }

                return isMine;
            },
            cancel
        );
    }

    protected override async Task SendAll(Receiver receiver, CancellationToken cancel)
    {
        try
        {
            while (!cancel.IsCancellationRequested && await calls.SendSome(receiver.OrganizationId, receiver.Id, Me, cancel)) { }
        }
        catch (Exception error) when (error is not OutOfMemoryException) // the lease ends by itself, and then somebody takes the account
        {
            if (!cancel.IsCancellationRequested)
            {
                NoteFailed(error);
            }

            return;
        }

        await Leave(receiver);
    }

    protected override void NoteFailed(Exception error) => LogFailed(error.GetType().Name);

    private static Task<int> Free(IQueryable<AccountOutbox> some, DateTime now, CancellationToken cancel) =>
        some.ExecuteUpdateAsync(set => set.SetProperty(o => o.LeasedBy, (string?)null).SetProperty(o => o.LeasedUntil, now), cancel);

    [LoggerMessage(LogLevel.Warning, "Messages could not be sent or written down: {Error}")]
    private partial void LogFailed(string error);
}
