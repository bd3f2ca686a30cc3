using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Checks that an actor sees a contact. The SQL is written by hand, because the check runs before every part of a profile.
/// </summary>
public static class ContactSeen
{
    /// <summary>
    /// Like the other overload, for use after rows of the contact were read. For an actor who sees every property, one such row is proof
    /// enough.
    /// </summary>
    /// <param name="found">Whether any such row was found.</param>
    /// <exception cref="Refusal">404 when the actor does not see the contact, or it does not exist.</exception>
    public static Task Demand(Guid id, bool found, Actor who, BellhopDb db, CancellationToken cancel) =>
        found && who.Properties is null ? Task.CompletedTask : Demand(id, who, db, cancel);

    /// <exception cref="Refusal">404 when the actor does not see the contact, or it does not exist.</exception>
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

    /// <summary>Whether the actor sees every property at which a contact is known. What changes the whole guest takes this.</summary>
    internal static async Task<bool> IsWhole(Guid id, Actor who, BellhopDb db, CancellationToken cancel) =>
        who.Properties is not { } limited
        || !await db.ContactsAtProperty.AnyAsync(
            a => a.OrganizationId == who.OrganizationId && a.ContactId == id && !limited.Contains(a.PropertyId),
            cancel
        );

    /// <summary>The condition, with its AND, that the actor sees a contact. It is empty for an actor who sees every property.</summary>
    /// <param name="contactId">The column that holds the contact's id.</param>
    internal static Sql And(Sql contactId, Actor who) =>
        who.Properties is { } limited
            ? $" AND EXISTS (SELECT 1 FROM contact_at a WHERE a.organization_id = {who.OrganizationId} "
                + $"AND a.contact_id = {contactId}{Sql.AndIn($"a.property_id", limited)})"
            : Sql.None;
}
