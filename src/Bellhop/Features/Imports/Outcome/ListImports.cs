using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Imports and rehearsals, newest first.</summary>
public static class ListImports
{
    public static async Task<Page<ImportRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        query.Refuse();
        var binding =
            $"imports/{who.OrganizationId}/{who.Id}/{(who.Properties is { } limited ? string.Join(',', limited.Order()) : "all")}";
        var imports = db.Imports.AsQueryable();
        if (query.After(cursors, binding) is { } after)
        {
            var id = Guid.Parse(after);
            imports = imports.Where(i => i.Id < id);
        }

        var rows = await GetImport.Rows(imports.VisibleTo(who).OrderByDescending(i => i.Id).Take(query.Limit + 1), db).ToListAsync(cancel);
        return query.Page(rows.ConvertAll(r => r.Row()), row => row.Id.ToString(), cursors, binding);
    }

    /// <summary>The actor's own imports that are waiting or at work. Open pages follow them.</summary>
    internal static async Task<IReadOnlyList<ImportRow>> AtWork(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var mine = db.Imports.Where(i =>
            i.StarterId == who.Id
            && i.StarterKind == who.Kind
            && (i.State == ImportState.Queued || i.State == ImportState.Running || i.State == ImportState.Reversing)
        );
        return (await GetImport.Rows(mine.VisibleTo(who).OrderBy(i => i.Id).Take(5), db).ToListAsync(cancel)).ConvertAll(r => r.Row());
    }
}
