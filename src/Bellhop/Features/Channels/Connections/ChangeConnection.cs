using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Channels;

/// <summary>Changes a connection, or pauses it.</summary>
public static class ChangeConnection
{
    /// <param name="Name">1 to 100 characters.</param>
    /// <param name="PropertyId">The property that it belongs to; a bot and its conversations move with it.</param>
    /// <param name="Accounts">All accounts; one that is left out takes no events any more and keeps its conversations.</param>
    /// <param name="Paused">While paused, events are kept and not read.</param>
    /// <param name="Secrets">New ones, at once in place of the old ones.</param>
    public sealed record Input(
        Optional<string> Name = default,
        Optional<Guid?> PropertyId = default,
        Optional<IReadOnlyList<AddConnection.AccountInput>> Accounts = default,
        Optional<bool> Paused = default,
        Optional<Secrets> Secrets = default
    );

    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version; 400 listing every field at fault; 409
    /// <c>duplicate-account</c>.</exception>
    public static async Task<Saved<ConnectionRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        PublicAddress address,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        secrets.Prepare();
        return await db.Save(
            async () =>
            {
                var connection = await Connections.ForChange(id, who, db, cancel);
                match.Demand(connection.UpdatedAt);
                var errors = new ValidationErrors();
                var name = input.Name.IsGiven ? errors.Text("name", input.Name.Value, Connection.NameMax, required: true) : connection.Name;
                if (input.PropertyId is { IsGiven: true, Value: null })
                {
                    errors.Add("propertyId", "Required");
                }

                var accounts = input.Accounts.IsGiven ? input.Accounts.Value ?? [] : null;
                ConnectionAccounts.Check(connection.Kind, accounts, errors);
                var known = secrets.Find(connection.Secrets);
                var old = known ?? new();
                var isKept = input.Secrets.Value is null && known is null; // the keys may be found again
                var given = isKept ? old : ConnectionSecrets.Read(connection.Kind, input.Secrets.Value, old, errors);
                errors.Refuse();

                var changed = new List<string>();
                Set("name", connection.Name != name, () => connection.Name = name!);
                Set(
                    "paused",
                    input.Paused.IsGiven && connection.Paused != input.Paused.Value,
                    () => connection.Paused = input.Paused.Value
                );
                Set("secrets", given != old, () => connection.Secrets = secrets.Encrypt(given));
                if (given != old)
                {
                    await AccountOutbox.Release(connection, db, cancel);
                }

                if (input.PropertyId is { IsGiven: true, Value: { } propertyId } && propertyId != connection.PropertyId)
                {
                    _ = await db.FindProperty(propertyId, who, cancel) ?? throw Refusal.NotThere("property", propertyId);
                    Set("propertyId", true, () => connection.PropertyId = propertyId);
                }

                if (accounts is not null && connection.Kind == ConnectionKind.Meta)
                {
                    await ConnectionAccounts.Write(connection, accounts, who, db, cancel);
                    changed.Add("accounts");
                }
                else if (connection.Kind == ConnectionKind.Telegram)
                {
                    await ConnectionAccounts.WriteBot(connection, who, db, cancel);
                }

                if (changed.Count > 0)
                {
                    connection.UpdatedAt = db.Now.After(connection.UpdatedAt);
                    db.Happened(who, "connection.updated", "connection", id, changed);
                    if (given != old || accounts is not null)
                    {
                        await CheckConnections.Changed(connection, address, db, cancel);
                    }

                    if (!connection.Paused)
                    {
                        await ReceiveHook.QueueReading(connection, db, cancel); // what came during a pause
                    }
                }

                await db.Flush(cancel);
                var row = (await ConnectionRow.Of([connection], who, db, secrets, address, cancel))[0];
                return new Saved<ConnectionRow>(row, connection.UpdatedAt);

                void Set(string field, bool differs, Action set)
                {
                    if (differs)
                    {
                        set();
                        changed.Add(field);
                    }
                }
            },
            cancel
        );
    }
}

/// <summary>Deletes a connection. Its conversations stay; nothing can be received or sent by it any more.</summary>
public static class DeleteConnection
{
    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, ConnectionSecrets secrets, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        secrets.Prepare();
        await db.Save(
            async () =>
            {
                var connection = await Connections.ForChange(id, who, db, cancel);
                match.Demand(connection.UpdatedAt);
                (connection.DeletedAt, connection.UpdatedAt) = (db.Now, db.Now.After(connection.UpdatedAt));
                (connection.Secrets, connection.FormerSecrets, connection.FormerUntil) = (secrets.Encrypt(new()), null, null);
                foreach (
                    var account in await db
                        .ChannelAccounts.Where(a => a.OrganizationId == who.OrganizationId && a.ConnectionId == id)
                        .ToListAsync(cancel)
                )
                {
                    account.RemovedAt ??= db.Now;
                }

                await db.ConnectionOwners.Where(o => o.ConnectionId == id).ExecuteDeleteAsync(cancel);
                db.RemoveRange(
                    await db.ParkedItems.Where(p => p.OrganizationId == who.OrganizationId && p.ConnectionId == id).ToListAsync(cancel)
                );
                db.Happened(who, "connection.deleted", "connection", id);
            },
            cancel
        );
    }
}
