using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>Whether an actor sees a contact: by hand, since it stands before every part of a profile.</summary>
public static class ContactSeen
{
    /// <exception cref="Refusal">404 where they do not, or there is none.</exception>
    public static async Task Demand(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var limited = who.Properties?.ToArray();
        var sql = limited is null ? "SELECT 1 FROM contacts WHERE organization_id = @organization AND id = @contact"
            : limited.Length == 0 ? "SELECT 1 WHERE 1 = 0"
            : $"SELECT 1 FROM contact_at WHERE organization_id = @organization AND contact_id = @contact AND property_id IN ({string.Join(", ", limited.Select((_, i) => "@property" + i.ToString(CultureInfo.InvariantCulture)))}) LIMIT 1";
        await using var reading = await db.Read(sql, cancel);
        reading.With("organization", who.OrganizationId).With("contact", db.Stored(id));
        for (var i = 0; i < limited?.Length; i++)
        {
            reading.With("property" + i.ToString(CultureInfo.InvariantCulture), db.Stored(limited[i]));
        }

        if (await reading.Command.ExecuteScalarAsync(cancel) is null)
        {
            throw Refusal.NotThere("contact", id);
        }
    }
}
