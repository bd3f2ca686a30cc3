using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The caller's exports in the background that are still kept, newest first.</summary>
public static class ListExports
{
    /// <param name="At">When it was asked for, UTC.</param>
    public sealed record Row(DateTime At, GetExport.Row Export);

    /// <exception cref="Refusal">403 without contacts.importExport.</exception>
    public static async Task<IReadOnlyList<Row>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var kept = await (
            from export in db.Set<ExportFile>().VisibleTo(who, db.Now)
            join job in db.Jobs.AsNoTracking()
                on new { export.OrganizationId, Id = export.JobId } equals new { job.OrganizationId, job.Id }
                into jobs
            from job in jobs.DefaultIfEmpty()
            orderby export.CreatedAt descending, export.Id descending
            select new { export, job }
        )
            .Take(StartExport.MostKept)
            .ToListAsync(cancel);
        return kept.ConvertAll(k => new Row(k.export.CreatedAt, GetExport.Show(k.export, k.job, db.Now)));
    }
}
