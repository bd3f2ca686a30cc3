using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>A connection as it is shown; never its secrets.</summary>
/// <param name="Kind"><c>meta</c>, <c>telegram</c> or <c>channelManager</c>.</param>
/// <param name="Accounts">The numbers, pages, accounts and bots that guests write to.</param>
/// <param name="WebhookUrl">Where the provider sends events; a path where no public address is configured.</param>
/// <param name="Status"><c>unconfigured</c> while a secret is missing, <c>paused</c>, <c>failing</c> while something is parked or the last
/// look at the provider found a fault, else <c>healthy</c>.</param>
/// <param name="LastEventAt">UTC.</param>
/// <param name="LastError"><c>lost-secrets</c> where the keys that encrypted its secrets are lost, so that they must be entered again; else
/// what the last look at the provider found, else the reason of the newest parked item.</param>
/// <param name="Parked">How many items could not be read.</param>
public sealed record ConnectionRow(
    Guid Id,
    string Kind,
    string Name,
    PropertyName Property,
    IReadOnlyList<AccountRow> Accounts,
    string WebhookUrl,
    string Status,
    DateTime? LastEventAt,
    string? LastError,
    int Parked,
    DateTime CreatedAt,
    DateTime UpdatedAt
)
{
    internal static async Task<IReadOnlyList<ConnectionRow>> Of(
        IReadOnlyList<Connection> connections,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        PublicAddress address,
        CancellationToken cancel
    )
    {
        var ids = connections.Select(c => c.Id).ToList();
        var accounts = (
            await db
                .ChannelAccounts.Where(a => a.OrganizationId == who.OrganizationId && ids.Contains(a.ConnectionId) && a.RemovedAt == null)
                .OrderBy(a => a.Id)
                .ToListAsync(cancel)
        ).ToLookup(a => a.ConnectionId);
        var properties = await db
            .Properties.AsNoTracking()
            .VisibleTo(who)
            .ToDictionaryAsync(p => p.Id, p => new PropertyName(p.Id, p.Name), cancel);
        var parked = await db
            .ParkedItems.Where(p => p.OrganizationId == who.OrganizationId && ids.Contains(p.ConnectionId))
            .GroupBy(p => p.ConnectionId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(p => p.Key, p => p.Count, cancel);
        var reasons = new Dictionary<Guid, string>();
        foreach (var id in parked.Keys)
        {
            reasons[id] = await db
                .ParkedItems.Where(p => p.OrganizationId == who.OrganizationId && p.ConnectionId == id)
                .OrderByDescending(p => p.Id)
                .Select(p => p.Reason)
                .FirstAsync(cancel);
        }

        var problems = await db
            .ConnectionHealths.Where(h => h.OrganizationId == who.OrganizationId && ids.Contains(h.ConnectionId) && h.Problem != null)
            .ToDictionaryAsync(h => h.ConnectionId, h => h.Problem!, cancel);
        return [.. connections.Select(c => Row(c, secrets.Find(c.Secrets)))];

        ConnectionRow Row(Connection c, Secrets? known) =>
            new(
                c.Id,
                ConnectionKinds.Name(c.Kind),
                c.Name,
                properties[c.PropertyId],
                [.. accounts[c.Id].Select(AccountRow.Of)],
                address.Of(HookRoutes.PathOf(c.Kind, c.Id)),
                StatusOf(c, known, parked.ContainsKey(c.Id) || problems.ContainsKey(c.Id)),
                c.LastEventAt,
                known is null ? ConnectionCheck.Lost : problems.GetValueOrDefault(c.Id) ?? reasons.GetValueOrDefault(c.Id),
                parked.GetValueOrDefault(c.Id),
                c.CreatedAt,
                c.UpdatedAt
            );
    }

    private static string StatusOf(Connection connection, Secrets? secrets, bool isFailing) =>
        secrets is null || !ConnectionSecrets.AreComplete(connection.Kind, secrets) ? "unconfigured"
        : connection.Paused ? "paused"
        : isFailing ? "failing"
        : "healthy";
}

/// <summary>An account as it is shown.</summary>
/// <param name="Kind"><c>whatsApp</c>, <c>messenger</c>, <c>instagram</c> or <c>telegram</c>.</param>
/// <param name="ExternalId">The phone number id, page id or account id; of a bot, the connection's id.</param>
/// <param name="WabaId">For WhatsApp: the business account.</param>
public sealed record AccountRow(string Kind, string ExternalId, Guid PropertyId, string? Name, string? WabaId)
{
    internal static AccountRow Of(ChannelAccount account) =>
        new(AccountKinds.Name(account.Kind), account.ExternalId, account.PropertyId, account.Name, account.WabaId);
}

/// <summary>The API's names of the kinds of accounts.</summary>
public static class AccountKinds
{
    public static string Name(AccountKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    public static AccountKind? Find(string name) =>
        Enum.GetValues<AccountKind>().Cast<AccountKind?>().FirstOrDefault(k => Name(k!.Value) == name);
}
