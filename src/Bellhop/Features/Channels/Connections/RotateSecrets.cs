using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Channels;

/// <summary>
/// Gives a connection new secrets. The old ones still verify events for some hours, so that the provider can be changed over.
/// </summary>
public static class RotateSecrets
{
    /// <summary>One week.</summary>
    public const int MostHours = 168;

    /// <param name="Secrets">The new ones; those that are left out stay.</param>
    /// <param name="OverlapHours">0 to 168, 24 when left out: how long the old ones still verify events.</param>
    public sealed record Input(Secrets Secrets, int OverlapHours = 24);

    /// <exception cref="Refusal">404; 400 listing every field at fault.</exception>
    public static async Task<Saved<ConnectionRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        ConnectionSecrets secrets,
        PublicAddress address,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        secrets.Prepare();
        return await db.Save(
            async () =>
            {
                var connection = await Connections.ForChange(id, who, db, cancel);
                var errors = new ValidationErrors();
                errors.Range("overlapHours", input.OverlapHours, 0, MostHours);
                if (input.Secrets == new Secrets())
                {
                    errors.Add("secrets", "Required");
                }

                var given = ConnectionSecrets.Read(connection.Kind, input.Secrets, secrets.Decrypt(connection.Secrets), errors);
                errors.Refuse();
                connection.FormerSecrets = input.OverlapHours > 0 ? connection.Secrets : null;
                connection.FormerUntil = input.OverlapHours > 0 ? db.Now.AddHours(input.OverlapHours) : null;
                (connection.Secrets, connection.UpdatedAt) = (secrets.Encrypt(given), db.Now.After(connection.UpdatedAt));
                await AccountOutbox.Release(connection, db, cancel);
                db.Happened(who, "connection.rotated", "connection", id);
                await CheckConnections.Changed(connection, address, db, cancel);
                await db.Flush(cancel);
                var row = (await ConnectionRow.Of([connection], who, db, secrets, address, cancel))[0];
                return new Saved<ConnectionRow>(row, connection.UpdatedAt, $"/connections/{id}");
            },
            cancel
        );
    }
}
