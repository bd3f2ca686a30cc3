using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Reads one guest as the list shows it, with the list's own SQL.</summary>
public static class GetContact
{
    /// <exception cref="Refusal">404 when there is no such contact, it is of another organisation, or it is known at none of the actor's
    /// properties.</exception>
    public static async Task<Saved<ContactRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var row = await Read(id, who, db, cancel) ?? throw Refusal.NotThere("contact", id);
        return new(row, row.UpdatedAt, ContactId: id);
    }

    /// <summary>
    /// The contact as stored, with figures over the properties that the actor sees. Null when the actor does not see the contact.
    /// </summary>
    internal static async Task<ContactRow?> Read(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var scope = await ContactScope.Of(ContactFilter.None, who, db, cancel);
        if (scope.IsEmpty)
        {
            return null;
        }

        var row = await Read(id, scope, db, cancel);
        return row is null ? null : (await ContactRow.Named([row], scope.OrganizationId, db, cancel))[0];
    }

    private static Task<ContactRow?> Read(Guid id, ContactScope scope, BellhopDb db, CancellationToken cancel) =>
        db.ReadFirst(
            ContactSql.Guest(db.Dialect, new(scope, ContactQuery.None) { Contact = id }),
            row => ContactRow.Read(new(row, db.Now)),
            cancel
        );
}
