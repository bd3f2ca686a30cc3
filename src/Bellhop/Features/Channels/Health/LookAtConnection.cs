using System.Text.Json;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>
/// Asks a connection's provider whether our access is good, whether it knows the accounts, and whether it sends us their events. It writes
/// nothing into the database.
/// </summary>
public sealed class LookAtConnection(Providers providers, ConnectionSecrets secrets, PublicAddress address)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>Of Messenger and Instagram. What WhatsApp sends is chosen in the app.</summary>
    private const string PageFields =
        "messages,message_echoes,message_deliveries,message_reads,message_reactions,messaging_postbacks,messaging_referrals";

    private static readonly string[] Updates =
    [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
    ];

    /// <param name="connection">Which one.</param>
    /// <param name="subscribes">Whether events that the provider does not send us are asked for.</param>
    internal async Task<IReadOnlyList<ConnectionCheck>> Run(Connection connection, bool subscribes, BellhopDb db, CancellationToken cancel)
    {
        if (connection.Kind == ConnectionKind.ChannelManager)
        {
            return [];
        }

        var known = secrets.Find(connection.Secrets);
        if (known?.AccessToken is not { } token)
        {
            return [new(ConnectionCheck.Token, Problem: known is null ? ConnectionCheck.Lost : ConnectionCheck.Secrets)];
        }

        var accounts = await db
            .ChannelAccounts.AsNoTracking()
            .Where(a => a.OrganizationId == connection.OrganizationId && a.ConnectionId == connection.Id && a.RemovedAt == null)
            .OrderBy(a => a.Id)
            .ToListAsync(cancel);
        return connection.Kind == ConnectionKind.Telegram
            ? await Telegram(connection, known, token, subscribes, db.Now, cancel)
            : await Meta(accounts, token, subscribes, cancel);
    }

    private async Task<IReadOnlyList<ConnectionCheck>> Meta(
        IReadOnlyList<ChannelAccount> accounts,
        string token,
        bool subscribes,
        CancellationToken cancel
    )
    {
        var checks = new List<ConnectionCheck>();
        foreach (var account in accounts)
        {
            // The access token is proven by its use: asking about it would put it into an address.
            var (status, body) = await providers.Meta.Get(
                account.Kind,
                Uri.EscapeDataString(account.ExternalId) + "?fields=id",
                token,
                cancel
            );
            var problem = ProblemOf(status, body, ConnectionCheck.Gone);
            if (problem is ConnectionCheck.Token or ConnectionCheck.Away)
            {
                return [new(ConnectionCheck.Token, Problem: problem)]; // nothing else can be asked
            }

            checks.Add(new(ConnectionCheck.Gone, account.Name ?? account.ExternalId, problem));
        }

        if (accounts.Count > 0)
        {
            checks.Insert(0, new(ConnectionCheck.Token));
        }

        // All numbers of a business account share one subscription.
        var senders = accounts
            .Select(a => (a.Kind, Id: a.Kind == AccountKind.WhatsApp ? a.WabaId : a.ExternalId, Name: a.Name ?? a.ExternalId))
            .Where(a => a.Id is not null)
            .DistinctBy(a => (a.Kind, a.Id));
        foreach (var (kind, id, name) in senders)
        {
            var path = Uri.EscapeDataString(id!) + "/subscribed_apps";
            var problem = await IsSubscribed(kind, path, token, cancel);
            if (problem == ConnectionCheck.Subscription && subscribes)
            {
                await providers.Meta.Post(
                    kind,
                    kind == AccountKind.WhatsApp ? path : $"{path}?subscribed_fields={PageFields}",
                    token,
                    cancel
                );
                problem = await IsSubscribed(kind, path, token, cancel);
            }

            checks.Add(new(ConnectionCheck.Subscription, name, problem));
        }

        return checks;
    }

    private async Task<string?> IsSubscribed(AccountKind kind, string path, string token, CancellationToken cancel)
    {
        var (status, body) = await providers.Meta.Get(kind, path, token, cancel);
        return ProblemOf(status, body, ConnectionCheck.Gone) ?? (body.All("data").Any() ? null : ConnectionCheck.Subscription);
    }

    private static string? ProblemOf(int status, JsonElement body, string refused) =>
        body.In("error") is { ValueKind: JsonValueKind.Object } error
            ? SendError.Of(MetaMessage.ErrorOf(error).Code ?? 0) switch
            {
                { Words: "Token" } => ConnectionCheck.Token,
                { Retry: "later" } => ConnectionCheck.Away,
                _ => refused,
            }
        : status is >= 200 and < 300 ? null
        : ConnectionCheck.Away;

    private async Task<IReadOnlyList<ConnectionCheck>> Telegram(
        Connection connection,
        Secrets known,
        string token,
        bool subscribes,
        DateTime now,
        CancellationToken cancel
    )
    {
        var (status, me) = await providers.Telegram.Get("getMe", token, cancel);
        if (!me.IsTrue("ok"))
        {
            return
            [
                new(
                    ConnectionCheck.Token,
                    Problem: status is SendError.TokenRefused or StatusCodes.Status404NotFound
                        ? ConnectionCheck.Token
                        : ConnectionCheck.Away
                ),
            ];
        }

        var ours = address.Of(HookRoutes.PathOf(connection.Kind, connection.Id));
        var (_, hook) = await providers.Telegram.Get("getWebhookInfo", token, cancel);
        var isOurs = IsOurs(hook, ours);
        if (!isOurs && subscribes && address.IsSet)
        {
            var wanted = new JsonObject
            {
                ["url"] = ours,
                ["secret_token"] = known.SecretToken,
                ["allowed_updates"] = new JsonArray([.. Updates.Select(u => JsonValue.Create(u))]),
            };
            await providers.Telegram.Post("setWebhook", token, wanted, cancel);
            (_, hook) = await providers.Telegram.Get("getWebhookInfo", token, cancel);
            isOurs = IsOurs(hook, ours);
        }

        var result = hook.In("result");
        var isStuck = result.Number("pending_update_count") > 0 && result.Instant("last_error_date") > now - Lately;
        return
        [
            new(ConnectionCheck.Token),
            new(
                ConnectionCheck.Subscription,
                Problem: isOurs ? null
                    : hook.IsTrue("ok") ? ConnectionCheck.Subscription
                    : ConnectionCheck.Away
            ),
            new(ConnectionCheck.Delivery, Problem: isOurs && isStuck ? ConnectionCheck.Delivery : null),
        ];
    }

    // Without a public address only the path is known.
    private static bool IsOurs(JsonElement hook, string ours) =>
        hook.In("result").Id("url") is { } url && url.EndsWith(ours, StringComparison.Ordinal);
}
