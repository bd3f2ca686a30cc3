using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>Whether an actor sees a contact: by hand, since it stands before every part of a profile.</summary>
public static class ContactSeen
{
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
        var seen = who.Properties is { } limited
            ? Sql.Of(
                $"""
                SELECT 1 FROM contact_at WHERE organization_id = {who.OrganizationId} AND contact_id = {id}
                {Sql.AndIn($"property_id", limited)} LIMIT 1
                """
            )
            : $"SELECT 1 FROM contacts WHERE organization_id = {who.OrganizationId} AND id = {id}";
        if (!await db.Any(seen, cancel))
        {
            throw Refusal.NotThere("contact", id);
        }
    }
}
