using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Stores an import's progress and its end, in the saves of its rows.</summary>
internal static class ImportProgress
{
    /// <summary>
    /// Claims the next rows, as the first step of their save. False when the import was asked to stop, or another process has claimed them.
    /// </summary>
    public static async Task<bool> Take(Import import, int at, int rows, BellhopDb db, CancellationToken cancel) =>
        await Mine(import, db)
            .Where(i => i.State == ImportState.Running && i.ProcessedRows == at && i.CancelAskedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ProcessedRows, at + rows), cancel) > 0;

    /// <summary>Adds the outcomes of the rows.</summary>
    public static async Task Count(Import import, ImportBatch.Counted counted, BellhopDb db, CancellationToken cancel)
    {
        await Mine(import, db)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(i => i.Created, i => i.Created + counted.Created)
                        .SetProperty(i => i.Updated, i => i.Updated + counted.Updated)
                        .SetProperty(i => i.Duplicates, i => i.Duplicates + counted.Duplicates)
                        .SetProperty(i => i.Failed, i => i.Failed + counted.Failed)
                        .SetProperty(i => i.Warnings, i => i.Warnings + counted.Warnings)
                        .SetProperty(i => i.ForeignPhones, i => i.ForeignPhones + counted.Foreign),
                cancel
            );
        db.TellOfMany(import.OrganizationId, "import");
    }

    /// <summary>Writes the same progress to the job.</summary>
    public static Task Tell(Job job, int done, int total, BellhopDb db, CancellationToken cancel) =>
        db
            .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, done).SetProperty(j => j.Total, total), cancel);

    /// <summary>Ends the import if it was asked to stop. Otherwise another process works on it and continues.</summary>
    public static async Task Stop(Import import, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (await Mine(import, db).AnyAsync(i => i.CancelAskedAt != null, cancel))
        {
            await End(import, ImportState.Cancelled, who, db, cancel);
        }
    }

    /// <summary>
    /// Ends the import. Its event is written once, and its file is deleted, except for a rehearsal, which may still be run.
    /// </summary>
    public static async Task End(
        Import import,
        ImportState state,
        Actor who,
        BellhopDb db,
        CancellationToken cancel,
        IEnumerable<FieldError>? why = null
    )
    {
        await db.Save(
            async () =>
            {
                if (
                    await Mine(import, db)
                        .SingleOrDefaultAsync(i => i.State == ImportState.Queued || i.State == ImportState.Running, cancel)
                    is not { } mine
                )
                {
                    return;
                }

                (mine.State, mine.FinishedAt, mine.Error) = (state, db.Now, why is null ? null : StoredErrors.Write(why));
                if (!mine.DryRun)
                {
                    db.Happened(
                        who,
                        "import." + state.ToString().ToLowerInvariant(),
                        "import",
                        mine.Id,
                        $"created={mine.Created}",
                        $"updated={mine.Updated}",
                        $"duplicates={mine.Duplicates}",
                        $"failed={mine.Failed}"
                    );
                }

                db.TellOfMany(mine.OrganizationId, "import");
            },
            cancel
        );
        if (!import.DryRun)
        {
            ImportFolder.Remove(db, import.Id);
        }
    }

    private static IQueryable<Import> Mine(Import import, BellhopDb db) =>
        db.Imports.Where(i => i.OrganizationId == import.OrganizationId && i.Id == import.Id);
}
