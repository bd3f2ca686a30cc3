using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>A connection whose webhook is called, with the secrets that prove its events read once.</summary>
public sealed class SendingConnection(Connection connection, ConnectionSecrets secrets)
{
    private readonly Dictionary<string, Secrets> _read = new[] { connection.Secrets, connection.FormerSecrets }
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .ToDictionary(s => s, secrets.Decrypt, StringComparer.Ordinal);

    public int OrganizationId => connection.OrganizationId;
    public Guid Id => connection.Id;

    /// <summary>The secrets that prove an event which arrives now.</summary>
    public IEnumerable<Secrets> Usable(DateTime now) => ReceiveHook.Usable(connection, now).Select(s => _read[s]);
}

/// <summary>
/// Keeps the connections that sent something lately, with their secrets, so that many events cost no query each. A change of any
/// connection drops what is kept, and so do ten seconds. What another process changes is noticed a moment later.
/// </summary>
public sealed class SendingConnections(IDbContextFactory<BellhopDb> dbs, DbHost host, ConnectionSecrets secrets)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<(ConnectionKind Kind, Guid Id), Kept> _kept = new(1_000);

    private long Told => host.Signal.ToldOf("connection");

    private sealed record Kept(SendingConnection Connection, long Told, DateTime Until);

    /// <summary>The connection, perhaps as it was a moment ago.</summary>
    /// <exception cref="Refusal">404.</exception>
    public async ValueTask<SendingConnection> Get(ConnectionKind kind, Guid id, CancellationToken cancel) =>
        _kept.TryGet((kind, id), out var kept) && kept.Told == Told && host.Clock.Now() < kept.Until
            ? kept.Connection
            : await Read(kind, id, cancel);

    /// <summary>The connection as it is stored now.</summary>
    /// <exception cref="Refusal">404.</exception>
    public async Task<SendingConnection> Read(ConnectionKind kind, Guid id, CancellationToken cancel)
    {
        var before = Told; // a change while it is read must not be missed
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var connection = new SendingConnection(await ReceiveHook.Find(kind, id, db, cancel), secrets);
        _kept.Set((kind, id), new(connection, before, host.Clock.Now() + Longest));
        return connection;
    }
}
