using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.ChannelManagers;

/// <summary>
/// Asks a channel manager for what changed, takes it, and says of each revision that it is kept. Until then the channel manager gives it
/// again, so a process that ends in the middle loses nothing. The addresses are those of Channex.
/// </summary>
public sealed class PullReservations(OutsideHttp outside, ConnectionSecrets secrets)
{
    /// <summary>The name of the job; its argument is the connection.</summary>
    public const string Kind = "pullReservations";

    private const string Feed = "booking_revisions/feed?order[inserted_at]=asc";
    private const int MostPages = 1000;
    private const int LargestPage = 8 * 1024 * 1024;

    /// <summary>Asks every channel manager once an hour, because a webhook may get lost.</summary>
    public static readonly RecurringTask Recurring = new(
        "pullReservations",
        async (db, cancel) =>
        {
            var all = await db
                .Connections.AsNoTracking()
                .Where(c => c.Kind == ConnectionKind.ChannelManager && !c.Paused && c.DeletedAt == null)
                .ToListAsync(cancel);
            foreach (var connection in all)
            {
                await db.Save(() => Queue(connection, db, cancel), cancel);
            }
        }
    );

    public JobHandler Handler => new(Kind, (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel));

    internal static Task Queue(Connection connection, BellhopDb db, CancellationToken cancel) =>
        db.Queue(Actor.System(connection.OrganizationId), Kind, connection.Id.ToString(), once: connection.Id.ToString(), cancel: cancel);

    /// <exception cref="HttpRequestException">The channel manager does not answer as it should: the job is tried again.</exception>
    public async Task Run(Guid connectionId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        var connection = await db
            .Connections.AsNoTracking()
            .SingleOrDefaultAsync(
                c => c.OrganizationId == who.OrganizationId && c.Id == connectionId && !c.Paused && c.DeletedAt == null,
                cancel
            );
        if (connection is null || secrets.Decrypt(connection.Secrets) is not { BaseUrl: { } address, ApiKey: { } key })
        {
            return;
        }

        var root = new Uri(address.TrimEnd('/') + "/");
        for (var pages = 0; pages < MostPages; pages++)
        {
            if (await Read(root, key, cancel) is not { Reservations.Count: > 0 } message)
            {
                return;
            }

            var outcomes = await ReceiveReservations.Take(connection, message, db, cancel);
            if (await Acknowledge(root, key, outcomes, cancel) == 0)
            {
                return; // else the same page comes for ever
            }
        }
    }

    private async Task<SentMessage?> Read(Uri root, string key, CancellationToken cancel)
    {
        using var request = Ask(HttpMethod.Get, new(root, Feed), key);
        var (answer, body) = await outside.Read(request, LargestPage, cancel);
        return answer.Status == StatusCodes.Status200OK && body is not null
            ? SentMessage.Read(body)
            : throw new HttpRequestException($"The channel manager answers {answer}.");
    }

    /// <summary>Acknowledges what is stored, parked items too: staff have those. Returns how many the channel manager heard of.</summary>
    private async Task<int> Acknowledge(Uri root, string key, IReadOnlyList<Outcome> outcomes, CancellationToken cancel)
    {
        var heard = 0;
        foreach (var id in outcomes.Select(o => o.Reservation.AcknowledgedBy).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            using var request = Ask(HttpMethod.Post, new(root, $"booking_revisions/{Uri.EscapeDataString(id)}/ack"), key);
            var answer = await outside.Send(request, cancel);
            heard += answer.Status is >= 200 and < 300 ? 1 : 0;
        }

        return heard;
    }

    private static HttpRequestMessage Ask(HttpMethod method, Uri address, string key) =>
        new(method, address) { Headers = { { "user-api-key", key }, { "Accept", "application/json" } } };
}
