using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>
/// Continues an import whose starter no longer has the rights, from the first row that is not in, under the rights of the present actor.
/// </summary>
public static class ResumeImport
{
    /// <exception cref="Refusal">403 without contacts.importExport; 404 for an import that the actor does not see; 409
    /// <c>not-parked</c>.</exception>
    public static async Task<Answered<ImportRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        return await db.Save(
            async () =>
            {
                var import =
                    await db.Imports.VisibleTo(who).SingleOrDefaultAsync(i => i.Id == id, cancel) ?? throw Refusal.NotThere("import", id);
                if (!import.IsAtWork || await ParkedJob(import, db, cancel) is not { } job)
                {
                    throw Refusal.Conflict("not-parked", ErrorText.Of<ImportTexts>("NotParked"));
                }

                job.TakeUp(who, db.Now);
                db.Happened(who, "import.resumed", "import", id);
                await db.Flush(cancel);
                return new Answered<ImportRow>((await GetImport.Read(id, who, db, cancel))!, 202, $"/imports/{id}");
            },
            cancel
        );
    }

    /// <summary>The import's job, if it is parked because the starter no longer has the rights; else null.</summary>
    internal static Task<Job?> ParkedJob(Import import, BellhopDb db, CancellationToken cancel) =>
        db.Jobs.SingleOrDefaultAsync(
            j =>
                j.OrganizationId == import.OrganizationId
                && j.Id == import.JobId
                && j.State == JobState.Parked
                && j.LastError == Job.NoLongerAllowed,
            cancel
        );
}
