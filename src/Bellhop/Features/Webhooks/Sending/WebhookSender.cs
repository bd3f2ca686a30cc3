using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Webhooks;

/// <summary>
/// Sends what waits for webhook endpoints, one delivery after the other, and writes down each outcome before the next. The lease is on disk
/// before the first call. Whoever takes an endpoint after its process died repeats at most the one call whose outcome is not written.
/// </summary>
public sealed partial class WebhookSender(
    IDbContextFactory<BellhopDb> dbs,
    DbHost host,
    OutsideHttp outside,
    WebhookSecrets secrets,
    ILogger<WebhookSender> log
) : LeasedSender(dbs, host, WebhookFollower.DeliveryKind)
{
    /// <summary>Longer than a call and its save take together.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private const int InOneLease = 100;

    private readonly IDbContextFactory<BellhopDb> _dbs = dbs;

    protected override Task FreeEarlier(BellhopDb db, CancellationToken cancel) =>
        Free(db.WebhookEndpoints.Where(e => e.LeasedBy!.StartsWith(Server) && e.LeasedBy != Me), db.Now, cancel);

    protected override Task Free(Receiver receiver, BellhopDb db) =>
        Free(
            db.WebhookEndpoints.Where(e => e.OrganizationId == receiver.OrganizationId && e.Id == receiver.Id && e.LeasedBy == Me),
            db.Now,
            CancellationToken.None
        );

    protected override Task<List<Receiver>> FindDue(int most, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var sendable = Sendable(db, now);
        return db
            .WebhookEndpoints.AsNoTracking()
            .Where(e => e.Paused == null && (e.HoldUntil == null || e.HoldUntil <= now) && e.LeasedUntil <= now)
            .Where(e => sendable.Any(d => d.OrganizationId == e.OrganizationId && d.EndpointId == e.Id))
            .OrderBy(e => e.LeasedUntil)
            .Take(most)
            .Select(e => new Receiver(e.OrganizationId, e.Id))
            .ToListAsync(cancel);
    }

    protected override async Task<bool> Take(Receiver receiver, BellhopDb db, CancellationToken cancel)
    {
        var now = db.Now;
        var until = now + Lease;
        var (organizationId, id) = (receiver.OrganizationId, receiver.Id);
        return await db.Save(
                () =>
                    db
                        .WebhookEndpoints.Where(e => e.OrganizationId == organizationId && e.Id == id && e.LeasedUntil <= now)
                        .ExecuteUpdateAsync(set => set.SetProperty(e => e.LeasedBy, Me).SetProperty(e => e.LeasedUntil, until), cancel),
                cancel
            ) == 1;
    }

    protected override async Task SendAll(Receiver receiver, CancellationToken cancel)
    {
        try
        {
            for (var i = 0; i < InOneLease && await SendNext(receiver.OrganizationId, receiver.Id, cancel); i++) { }
        }
        catch (Exception error) when (!cancel.IsCancellationRequested) // the lease ends by itself, and then the endpoint is tried again
        {
            NoteFailed(error);
            return;
        }
        catch (OperationCanceledException)
        {
            // The server stops; what was under way is sent again.
        }

        await Leave(receiver);
    }

    protected override void NoteFailed(Exception error) => LogFailed(error.GetType().Name);

    private static Task<int> Free(IQueryable<WebhookEndpoint> some, DateTime now, CancellationToken cancel) =>
        some.ExecuteUpdateAsync(set => set.SetProperty(e => e.LeasedBy, (string?)null).SetProperty(e => e.LeasedUntil, now), cancel);

    /// <summary>Sends the next delivery, if there is one; false if this process should leave the endpoint.</summary>
    private async Task<bool> SendNext(int organizationId, Guid endpointId, CancellationToken cancel)
    {
        await using var db = await _dbs.CreateDbContextAsync(cancel);
        if (
            await db
                .WebhookEndpoints.AsNoTracking()
                .SingleOrDefaultAsync(e => e.OrganizationId == organizationId && e.Id == endpointId, cancel)
                is not { Paused: null } endpoint
            || endpoint.LeasedBy != Me
            || endpoint.HoldUntil > db.Now
            || await Next(endpoint, db, cancel) is not { } delivery
        )
        {
            return false;
        }

        var body = await WebhookBody.Of(delivery, endpoint, db, cancel);
        var answer = body is null ? null : await Call(endpoint, delivery.Id, body, db.Now, cancel);
        return await db.Save(() => Note(delivery.Id, endpoint, answer, db, CancellationToken.None), CancellationToken.None);
    }

    private static Task<WebhookDelivery?> Next(WebhookEndpoint endpoint, BellhopDb db, CancellationToken cancel) =>
        Sendable(db, db.Now)
            .AsNoTracking()
            .Where(d => d.OrganizationId == endpoint.OrganizationId && d.EndpointId == endpoint.Id)
            .OrderBy(d => d.Id)
            .FirstOrDefaultAsync(cancel);

    // What failed waits for its time, and what is about the same thing waits behind it.
    private static IQueryable<WebhookDelivery> Sendable(BellhopDb db, DateTime now) =>
        db.WebhookDeliveries.Where(d =>
            d.State == DeliveryState.Pending
            && d.NextAt <= now
            && !db.WebhookDeliveries.Any(o =>
                o.OrganizationId == d.OrganizationId
                && o.EndpointId == d.EndpointId
                && o.EntityId == d.EntityId
                && o.State == DeliveryState.Pending
                && o.Id < d.Id
            )
        );

    private async Task<OutsideAnswer> Call(WebhookEndpoint endpoint, Guid id, string body, DateTime now, CancellationToken cancel)
    {
        try
        {
            using var request = secrets.Request(endpoint, id, body, now);
            return await outside.Send(request, cancel);
        }
        catch (CryptographicException error) // the keys are lost: a person has to make a new secret
        {
            NoteFailed(error);
            return new(null);
        }
    }

    /// <summary>Writes the outcome, and keeps the endpoint for the next call; false if it is no longer this process's.</summary>
    /// <param name="answer">Null if nothing was sent, because the endpoint may no longer hear of it.</param>
    private async Task<bool> Note(Guid deliveryId, WebhookEndpoint taken, OutsideAnswer? answer, BellhopDb db, CancellationToken cancel)
    {
        var endpoint = await db.WebhookEndpoints.SingleOrDefaultAsync(
            e => e.OrganizationId == taken.OrganizationId && e.Id == taken.Id,
            cancel
        );
        var delivery = await db.WebhookDeliveries.SingleOrDefaultAsync(
            d => d.OrganizationId == taken.OrganizationId && d.Id == deliveryId && d.State == DeliveryState.Pending,
            cancel
        );
        if (endpoint is null)
        {
            return false;
        }

        if (delivery is not null && answer is null)
        {
            (delivery.State, delivery.NextAt) = (DeliveryState.Skipped, null);
        }
        else if (delivery is not null)
        {
            await Attempt.Note(answer!, delivery, endpoint, db, cancel);
        }

        db.TellOfMany(endpoint.OrganizationId, WebhookFollower.OutcomeKind);
        if (endpoint.LeasedBy != Me)
        {
            return false;
        }

        endpoint.LeasedUntil = db.Now + Lease;
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "Webhooks could not be sent or written down: {Error}")]
    private partial void LogFailed(string error);
}
