using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts;

/// <summary>Deletes a guest for good, with everything that names the guest. The bookings stay for reports, without the person.</summary>
public static class DeleteContact
{
    /// <summary>When this returns, nothing of the guest is left in the database's files either.</summary>
    /// <exception cref="Refusal">404; 403 when the contact is known at a property that the actor does not see; 412 when
    /// <paramref name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsDelete);
        await db.Save(
            async () =>
            {
                await Remove(id, who, match, db, cancel);
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId),
            alone: true
        );
    }

    /// <summary>Deletes one of several contacts in a save.</summary>
    /// <exception cref="Refusal">As <see cref="Run"/>.</exception>
    internal static async Task Remove(Guid id, Actor who, IfMatch match, BellhopDb db, CancellationToken cancel)
    {
        await db.LockContact(who.OrganizationId, id, cancel);
        var version =
            await db
                .Contacts.VisibleTo(who, db.ContactsAtProperty)
                .Where(c => c.Id == id)
                .Select(c => (DateTime?)c.UpdatedAt)
                .SingleOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere("contact", id);
        match.Demand(version);
        if (!await ContactSeen.IsWhole(id, who, db, cancel))
        {
            throw Refusal.Forbidden(ErrorText.Of<IntakeTexts>("KnownElsewhere"));
        }

        db.Happened(who, "contact.deleted", "contact", id);
        await db.DeleteContactRows(who.OrganizationId, id, cancel);
    }
}
