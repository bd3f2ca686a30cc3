using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>Whether an actor sees a contact: by hand, since it stands before every part of a profile.</summary>
public static class ContactSeen
{
    private static readonly ParameterNames PropertyNames = new("property");

    /// <summary>
    /// As the other, after something of the contact's own was read: to whoever sees every property a row of it says enough.
    /// </summary>
    /// <param name="found">Whether there was any.</param>
    /// <exception cref="Refusal">404 where they do not see the contact, or there is none.</exception>
    public static Task Demand(Guid id, bool found, Actor who, BellhopDb db, CancellationToken cancel) =>
        found && who.Properties is null ? Task.CompletedTask : Demand(id, who, db, cancel);

    /// <exception cref="Refusal">404 where they do not, or there is none.</exception>
    public static async Task Demand(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var limited = who.Properties?.ToArray();
        var sql = limited is null
            ? "SELECT 1 FROM contacts WHERE organization_id = @organization AND id = @contact"
            : $"SELECT 1 FROM contact_at WHERE organization_id = @organization AND contact_id = @contact{PropertyNames.AndIn("property_id", limited.Length)} LIMIT 1";
        await using var reading = await db.Read(sql, cancel);
        reading.With("organization", who.OrganizationId).With("contact", db.Stored(id)).With(PropertyNames, limited, db);
        if (await reading.Command.ExecuteScalarAsync(cancel) is null)
        {
            throw Refusal.NotThere("contact", id);
        }
    }
}
