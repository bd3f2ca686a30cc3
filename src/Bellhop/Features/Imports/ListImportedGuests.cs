using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>The guests that taking an import back left as they are, since somebody changed them meanwhile.</summary>
internal static class ListImportedGuests
{
    private const int AtOnce = 50;

    public sealed record Row(Guid Id, string? Name, string? Phone, int Line);

    public static async Task<IReadOnlyList<Row>> Run(Guid id, Guid after, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var import = await ListImportErrors.Find(id, who, db, cancel);
        return await db
            .ImportChanges.Where(c => c.OrganizationId == who.OrganizationId && c.ImportId == import.Id && c.ContactId > after)
            .OrderBy(c => c.ContactId)
            .Take(AtOnce)
            .Join(
                db.Contacts.AsNoTracking().VisibleTo(who, db.ContactsAtProperty),
                c => c.ContactId,
                c => c.Id,
                (change, contact) => new Row(contact.Id, contact.Name, contact.Phone, change.Line)
            )
            .ToListAsync(cancel);
    }
}
