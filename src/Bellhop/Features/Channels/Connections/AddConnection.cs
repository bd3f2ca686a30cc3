using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Channels;

/// <summary>
/// Adds a connection to a provider. It calls nobody: a job asks the provider for the events where there is an address to send them to.
/// </summary>
public static class AddConnection
{
    /// <param name="Kind"><c>meta</c>, <c>telegram</c> or <c>channelManager</c>.</param>
    /// <param name="Name">1 to 100 characters.</param>
    /// <param name="PropertyId">The property that it belongs to.</param>
    /// <param name="Secrets">Those that are missing make the connection <c>unconfigured</c>, and its webhook answers 503.</param>
    /// <param name="Accounts">For <c>meta</c>: the numbers, pages and accounts that guests write to.</param>
    public sealed record Input(
        string Kind,
        string Name,
        Guid PropertyId,
        Secrets? Secrets = null,
        IReadOnlyList<AccountInput>? Accounts = null
    );

    /// <param name="Kind"><c>whatsApp</c>, <c>messenger</c> or <c>instagram</c>.</param>
    /// <param name="ExternalId">The phone number id, page id or Instagram account id.</param>
    /// <param name="PropertyId">The property whose guests write to it.</param>
    /// <param name="Name">What staff call it.</param>
    /// <param name="WabaId">For WhatsApp: the business account that has the number.</param>
    public sealed record AccountInput(string Kind, string ExternalId, Guid PropertyId, string? Name = null, string? WabaId = null);

    /// <exception cref="Refusal">400 listing every field at fault; 404 for a property that the actor does not see; 409
    /// <c>duplicate-account</c> for an account that another connection has.</exception>
    public static async Task<Saved<ConnectionRow>> Run(
        Input input,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        PublicAddress address,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        var errors = new ValidationErrors();
        var kind = ConnectionKinds.Find(input.Kind);
        if (kind is null)
        {
            errors.Add("kind", "OneOf", ConnectionKinds.All);
        }

        var name = errors.Text("name", input.Name, Connection.NameMax, required: true);
        var given = ConnectionSecrets.Read(kind ?? ConnectionKind.Meta, kind is null ? null : input.Secrets, new(), errors);
        var accounts = input.Accounts;
        ConnectionAccounts.Check(kind ?? ConnectionKind.Meta, accounts, errors);
        errors.Refuse();
        var stored = secrets.Encrypt(given);
        return await db.Save(
            async () =>
            {
                _ = await db.FindProperty(input.PropertyId, who, cancel) ?? throw Refusal.NotThere("property", input.PropertyId);
                var connection = new Connection
                {
                    OrganizationId = who.OrganizationId,
                    Kind = kind!.Value,
                    Name = name!,
                    PropertyId = input.PropertyId,
                    Secrets = stored,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                db.Connections.Add(connection);
                db.ConnectionOwners.Add(new() { ConnectionId = connection.Id, OrganizationId = who.OrganizationId });
                await ConnectionAccounts.Write(connection, accounts ?? [], who, db, cancel);
                if (kind == ConnectionKind.Telegram)
                {
                    await ConnectionAccounts.WriteBot(connection, who, db, cancel);
                }

                db.Happened(who, "connection.created", "connection", connection.Id);
                await CheckConnections.Changed(connection, address, db, cancel);
                await db.Flush(cancel);
                var row = (await ConnectionRow.Of([connection], who, db, secrets, address, cancel))[0];
                return new Saved<ConnectionRow>(row, connection.UpdatedAt, $"/connections/{connection.Id}");
            },
            cancel
        );
    }
}
