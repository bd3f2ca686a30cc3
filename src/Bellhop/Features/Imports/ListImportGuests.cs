using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>
/// The guests that an import made or changed; of one that was taken back, those who stayed since somebody changed them meanwhile.
/// </summary>
internal static class ListImportGuests
{
    private const int AtOnce = 50;

    /// <param name="Line">The line of the file that was about the guest first.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email, int Line);

    /// <param name="after">The guest after whom to go on; empty for the first ones.</param>
    /// <returns>Some guests, and the one after whom there are more; null where there are none.</returns>
    /// <exception cref="Refusal">403 without contacts.importExport; 404 for an import not seen.</exception>
    public static async Task<(IReadOnlyList<Row> Guests, Guid? Next)> Run(
        Guid id,
        Guid after,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsImportExport);
        var import = await ListImportErrors.Find(id, who, db, cancel);
        var changes = await db
            .ImportChanges.AsNoTracking()
            .Where(c => c.OrganizationId == who.OrganizationId && c.ImportId == import.Id && c.ContactId > after)
            .OrderBy(c => c.ContactId)
            .Take(AtOnce)
            .ToListAsync(cancel);
        var ids = changes.ConvertAll(c => c.ContactId);
        var guests = await db
            .Contacts.AsNoTracking()
            .VisibleTo(who, db.ContactsAtProperty)
            .Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancel);
        var rows = changes
            .Where(c => guests.ContainsKey(c.ContactId))
            .Select(c => new Row(c.ContactId, guests[c.ContactId].Name, guests[c.ContactId].Phone, guests[c.ContactId].Email, c.Line));
        return ([.. rows], changes.Count < AtOnce ? null : ids[^1]);
    }
}
