using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>
/// The guests that an import made or changed. For a reversed import: the guests that were kept because somebody changed them later.
/// </summary>
internal static class ListImportGuests
{
    private const int AtOnce = 50;

    /// <param name="Line">The first line of the file about this guest.</param>
    public sealed record Row(Guid Id, string? Name, string? Phone, string? Email, int Line);

    /// <param name="after">Continue after this guest; the empty id for the first page.</param>
    /// <returns>Some guests, and the id to continue after; null when there are no more.</returns>
    /// <exception cref="Refusal">403 without contacts.importExport; 404 for an import that the actor does not see.</exception>
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
