using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>Checks and stores the accounts of a connection.</summary>
internal static class ConnectionAccounts
{
    /// <summary>The name of the job that moves the conversations of an account to another property; its argument is the account.</summary>
    public const string MoveConversations = "moveConversations";

    private const int Most = 500;

    public static void Check(ConnectionKind kind, IReadOnlyList<AddConnection.AccountInput>? accounts, ValidationErrors errors)
    {
        if (accounts is null)
        {
            return;
        }

        if (kind != ConnectionKind.Meta && accounts.Count > 0)
        {
            errors.Add("accounts", ErrorText.Of<ChannelTexts>(kind == ConnectionKind.Telegram ? "NoAccounts" : "NoAccountsHere"));
            return;
        }

        if (accounts.Count > Most)
        {
            errors.Add("accounts", ErrorText.Of<ChannelTexts>("TooManyAccounts", Most));
            return;
        }

        for (var i = 0; i < accounts.Count; i++)
        {
            var path = $"accounts[{i}].";
            if (accounts[i] is not { } account)
            {
                errors.Add($"accounts[{i}]", "Required"); // JSON can write null as an item
                continue;
            }

            if (AccountKinds.Find(account.Kind) is null or AccountKind.Telegram)
            {
                errors.Add(path + "kind", "OneOf", "whatsApp, messenger, instagram");
            }

            errors.Text(path + "externalId", account.ExternalId, ChannelItem.IdMax, required: true);
            errors.Text(path + "name", account.Name, ChannelAccount.NameMax);
            errors.Text(path + "wabaId", account.WabaId, 64);
            if (accounts.Take(i).Any(a => a?.Kind == account.Kind && a.ExternalId == account.ExternalId))
            {
                errors.Add(path + "externalId", ErrorText.Of<ChannelTexts>("SameAccount"));
            }
        }
    }

    /// <summary>
    /// Makes these the connection's accounts. An account that a deleted connection had comes back with its conversations.
    /// </summary>
    /// <exception cref="Refusal">404 for a property that the actor does not see; 409 for an account that another connection
    /// has.</exception>
    public static async Task Write(
        Connection connection,
        IReadOnlyList<AddConnection.AccountInput> accounts,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var mine = await db
            .ChannelAccounts.Where(a => a.OrganizationId == who.OrganizationId && a.ConnectionId == connection.Id)
            .ToListAsync(cancel);
        foreach (var said in accounts)
        {
            _ = await db.FindProperty(said.PropertyId, who, cancel) ?? throw Refusal.NotThere("property", said.PropertyId);
            var kind = AccountKinds.Find(said.Kind)!.Value;
            var account =
                mine.Find(a => a.Kind == kind && a.ExternalId == said.ExternalId) ?? await Free(kind, said.ExternalId, who, db, cancel);
            if (account is null)
            {
                account = new()
                {
                    OrganizationId = who.OrganizationId,
                    Kind = kind,
                    ExternalId = said.ExternalId,
                    PropertyId = said.PropertyId,
                };
                db.ChannelAccounts.Add(account);
            }

            (account.ConnectionId, account.RemovedAt) = (connection.Id, null);
            (account.Name, account.WabaId) = (Text.Clean(said.Name).Value, Text.Clean(said.WabaId).Value);
            await Move(account, said.PropertyId, who, db, cancel);
        }

        foreach (var gone in mine.Where(a => !accounts.Any(s => AccountKinds.Find(s.Kind) == a.Kind && s.ExternalId == a.ExternalId)))
        {
            gone.RemovedAt ??= db.Now;
        }
    }

    /// <summary>The bot of a Telegram connection.</summary>
    public static async Task WriteBot(Connection connection, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var id = connection.Id.ToString("N");
        var bot = await db.ChannelAccounts.SingleOrDefaultAsync(
            a => a.OrganizationId == who.OrganizationId && a.ConnectionId == connection.Id,
            cancel
        );
        if (bot is null)
        {
            bot = new()
            {
                OrganizationId = who.OrganizationId,
                ConnectionId = connection.Id,
                Kind = AccountKind.Telegram,
                ExternalId = id,
                PropertyId = connection.PropertyId,
            };
            db.ChannelAccounts.Add(bot);
        }

        bot.Name = connection.Name;
        await Move(bot, connection.PropertyId, who, db, cancel);
    }

    private static async Task Move(ChannelAccount account, Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (account.PropertyId != propertyId)
        {
            account.PropertyId = propertyId;
            await db.Queue(Actor.System(who.OrganizationId), MoveConversations, account.Id.ToString(), cancel: cancel);
        }
    }

    /// <summary>An account that no connection uses; null where nobody has had it.</summary>
    private static async Task<ChannelAccount?> Free(AccountKind kind, string externalId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        // The look-up is of the whole organisation: an account belongs to one connection. What the refusal says names nobody's.
        var known = await db.ChannelAccounts.SingleOrDefaultAsync(
            a => a.OrganizationId == who.OrganizationId && a.Kind == kind && a.ExternalId == externalId,
            cancel
        );
        return known switch
        {
            null => null,
            { RemovedAt: not null } when who.Sees(known.PropertyId) => known,
            _ => throw Refusal.Conflict("duplicate-account", ErrorText.Of<ChannelTexts>("DuplicateAccount")),
        };
    }
}
