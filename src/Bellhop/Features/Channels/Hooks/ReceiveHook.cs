using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>
/// Takes an event of a provider: verified over its raw bytes, stored, committed, and only then answered. What it says is read afterwards,
/// so no mistake of ours in reading loses it.
/// </summary>
public static class ReceiveHook
{
    /// <summary>The name of the job that reads a connection's events; its argument is the connection.</summary>
    public const string Reading = "readHooks";

    /// <summary>The name of the job that takes a channel manager's reservations; its argument is the connection.</summary>
    public const string TakingReservations = "takeReservations";

    private const string SignaturePrefix = "sha256=";

    /// <param name="Kind">The webhook that was called.</param>
    /// <param name="Proof">The header with which the provider proves itself; null where it is absent or stands twice.</param>
    /// <param name="Body">The raw bytes.</param>
    public sealed record Call(ConnectionKind Kind, Guid ConnectionId, string? Proof, byte[] Body);

    /// <exception cref="Refusal">404 for an unknown connection; 503 while its secret is missing; 401 for an event that is not proven; 400
    /// for one that is not JSON. Nothing is stored then.</exception>
    public static async Task Run(Call call, SendingConnections connections, HookWriter writer, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.Now();
        var connection = await connections.Get(call.Kind, call.ConnectionId, cancel);
        if (!IsProven(call, connection.Usable(now)))
        {
            // Another process may just have changed the secrets.
            connection = await connections.Read(call.Kind, call.ConnectionId, cancel);
            DemandProof(call, connection.Usable(now));
        }

        var digest = SHA256.HashData(call.Body);
        if (!Channel.Mask(call.Body))
        {
            throw Refusal.Of(400, "invalid", ErrorText.Of<ChannelTexts>("NotReadable"));
        }

        await writer.Store(
            new()
            {
                OrganizationId = connection.OrganizationId,
                ConnectionId = connection.Id,
                Digest = digest,
                Body = call.Body,
                ReceivedAt = now,
            },
            cancel
        );
    }

    /// <summary>Whether the token is the one that the webhook's owner was given; for Meta's handshake.</summary>
    /// <exception cref="Refusal">404 and 503 as in <see cref="Run"/>.</exception>
    internal static async Task<bool> IsVerifyToken(
        Guid connectionId,
        string? token,
        BellhopDb db,
        ConnectionSecrets secrets,
        CancellationToken cancel
    )
    {
        var connection = await Find(ConnectionKind.Meta, connectionId, db, cancel);
        var mine = Usable(connection, db.Now).Select(s => secrets.Decrypt(s).VerifyToken).OfType<string>().ToList();
        DemandConfigured(mine);
        return token is not null && mine.Exists(m => AreEqual(m, token));
    }

    internal static Task QueueReading(Connection connection, BellhopDb db, CancellationToken cancel) =>
        connection.Kind == ConnectionKind.ChannelManager
            ? Queue(TakingReservations, connection.OrganizationId, connection.Id, db, cancel)
            : QueueReading(connection.OrganizationId, connection.Id, db, cancel);

    /// <summary>
    /// Lets the events of a connection for messages be read. While it is paused the job leaves them; whoever ends the pause queues it
    /// again.
    /// </summary>
    internal static Task QueueReading(int organizationId, Guid connectionId, BellhopDb db, CancellationToken cancel) =>
        Queue(Reading, organizationId, connectionId, db, cancel);

    private static Task Queue(string kind, int organizationId, Guid connectionId, BellhopDb db, CancellationToken cancel) =>
        db.Queue(Actor.System(organizationId), kind, connectionId.ToString(), once: connectionId.ToString(), cancel: cancel);

    internal static async Task<Connection> Find(ConnectionKind kind, Guid id, BellhopDb db, CancellationToken cancel) =>
        await db
            .Connections.AsNoTracking()
            .Where(c =>
                c.Id == id
                && c.Kind == kind
                && c.DeletedAt == null
                && db.ConnectionOwners.Any(o => o.ConnectionId == id && o.OrganizationId == c.OrganizationId)
            )
            .SingleOrDefaultAsync(cancel)
        ?? throw Refusal.NotThere();

    internal static IEnumerable<string> Usable(Connection connection, DateTime now)
    {
        yield return connection.Secrets;
        if (connection is { FormerSecrets: { } former, FormerUntil: { } until } && now < until)
        {
            yield return former;
        }
    }

    private static void DemandProof(Call call, IEnumerable<Secrets> secrets)
    {
        DemandConfigured(ProofsOf(call.Kind, secrets));
        if (!IsProven(call, secrets))
        {
            throw Refusal.NotProved(ErrorText.Of<ChannelTexts>("NotGenuine"));
        }
    }

    private static bool IsProven(Call call, IEnumerable<Secrets> secrets) =>
        call.Proof is { } proof
        && ProofsOf(call.Kind, secrets).Exists(s => call.Kind == ConnectionKind.Meta ? IsSigned(call.Body, s, proof) : AreEqual(s, proof));

    /// <summary>What a provider of this kind proves itself by.</summary>
    private static List<string> ProofsOf(ConnectionKind kind, IEnumerable<Secrets> secrets) =>
        [.. secrets.Select(s => kind == ConnectionKind.Meta ? s.AppSecret : s.SecretToken).OfType<string>()];

    internal static void DemandConfigured(List<string> secrets)
    {
        if (secrets.Count == 0)
        {
            throw Refusal.Of(503, "not-configured", ErrorText.Of<ChannelTexts>("NotConfigured"));
        }
    }

    /// <summary>Meta writes the signature in lower-case hexadecimal digits; nothing else is taken.</summary>
    private static bool IsSigned(byte[] body, string secret, string signature) =>
        AreEqual(SignaturePrefix + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)), signature);

    internal static bool AreEqual(string mine, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mine), Encoding.UTF8.GetBytes(given));
}
