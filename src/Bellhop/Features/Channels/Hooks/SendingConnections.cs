using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>A connection whose webhook is called, with what proves its events.</summary>
/// <param name="FormerUntil">Until then, UTC, the secrets of before a rotation prove events too.</param>
public sealed record SendingConnection(int OrganizationId, Guid Id, Secrets Secrets, Secrets? Former, DateTime? FormerUntil)
{
    /// <summary>The secrets that prove an event which arrives now.</summary>
    public IEnumerable<Secrets> Usable(DateTime now) => Former is not null && now < FormerUntil ? [Secrets, Former] : [Secrets];
}

/// <summary>
/// Keeps the connections that sent something lately, with their secrets, so that many events cost no query each. A change of the
/// organisation's connections drops what is kept, and so do ten seconds. What another process changes is noticed a moment later.
/// </summary>
public sealed class SendingConnections(IDbContextFactory<BellhopDb> dbs, DbHost host, ConnectionSecrets secrets)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<(ConnectionKind Kind, Guid Id), Kept> _kept = new(1_000);

    private sealed record Kept(SendingConnection Connection, long Told, DateTime Until);

    /// <summary>The connection, perhaps as it was a moment ago.</summary>
    /// <exception cref="Refusal">404.</exception>
    public async ValueTask<SendingConnection> Get(ConnectionKind kind, Guid id, CancellationToken cancel) =>
        _kept.TryGet((kind, id), out var kept) && kept.Told == Told(kept.Connection.OrganizationId) && host.Clock.Now() < kept.Until
            ? kept.Connection
            : await Read(kind, id, cancel);

    /// <summary>The connection as it is stored now.</summary>
    /// <exception cref="Refusal">404.</exception>
    public async Task<SendingConnection> Read(ConnectionKind kind, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var organizationId = await db
            .ConnectionOwners.Where(o => o.ConnectionId == id)
            .Select(o => (int?)o.OrganizationId)
            .SingleOrDefaultAsync(cancel);
        var told = Told(organizationId ?? 0); // before the read, so that a change meanwhile is not missed
        var connection = await ReceiveHook.Find(kind, id, db, cancel);
        var known = new SendingConnection(
            connection.OrganizationId,
            id,
            secrets.Decrypt(connection.Secrets),
            connection.FormerSecrets is { } former ? secrets.Decrypt(former) : null,
            connection.FormerUntil
        );
        _kept.Set((kind, id), new(known, told, host.Clock.Now() + Longest));
        return known;
    }

    private long Told(int organizationId) => host.Signal.ToldOf(organizationId, "connection");
}
