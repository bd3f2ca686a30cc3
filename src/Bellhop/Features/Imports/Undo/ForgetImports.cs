using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Deletes files of drafts and rehearsals after a day, and refused rows and the notes for taking back after thirty days.</summary>
public static class ForgetImports
{
    /// <summary>How long a draft or a rehearsal can be run.</summary>
    public static readonly TimeSpan KeptFiles = TimeSpan.FromDays(1);

    /// <summary>How long an import can be seen and taken back.</summary>
    public static readonly TimeSpan KeptImports = TimeSpan.FromDays(30);

    public static readonly RecurringTask Recurring = new("forgetImports", Run);

    private static async Task Run(BellhopDb db, CancellationToken cancel)
    {
        var (drafts, all) = (db.Now - KeptFiles, db.Now - KeptImports);
        var old = db.Imports.Where(i =>
            i.CreatedAt < all && i.State != ImportState.Queued && i.State != ImportState.Running && i.State != ImportState.Reversing
        );
        var unused = db.Imports.Where(i =>
            i.CreatedAt < drafts
            && (i.State == ImportState.Draft || (i.DryRun && i.State != ImportState.Queued && i.State != ImportState.Running))
        );
        foreach (var imports in new[] { old, unused })
        {
            foreach (var import in await imports.AsNoTracking().OrderBy(i => i.CreatedAt).Take(100).ToListAsync(cancel))
            {
                await Forget(import, db, cancel);
            }
        }

        await RemoveStray(drafts, db, cancel);
    }

    /// <summary>Works in small saves, because a million rows in one save would block other writers.</summary>
    private static async Task Forget(Import import, BellhopDb db, CancellationToken cancel)
    {
        ImportFolder.Remove(db, import.Id);
        await RecurringTasks.Forget(
            db,
            db.ImportChanges.Where(c => c.OrganizationId == import.OrganizationId && c.ImportId == import.Id).OrderBy(c => c.ContactId),
            cancel
        );
        await RecurringTasks.Forget(
            db,
            db.ImportRefusals.Where(r => r.OrganizationId == import.OrganizationId && r.ImportId == import.Id).OrderBy(r => r.Line),
            cancel
        );
        await RecurringTasks.Forget(
            db,
            db.Imports.Where(i => i.OrganizationId == import.OrganizationId && i.Id == import.Id).OrderBy(i => i.Id),
            cancel
        );
    }

    /// <summary>Deletes files of uploads that ended with their process.</summary>
    private static async Task RemoveStray(DateTime before, BellhopDb db, CancellationToken cancel)
    {
        foreach (var (id, _) in ImportFolder.All(db).Where(f => f.At < before).ToList())
        {
            if (
                !await db.Imports.AnyAsync(
                    i =>
                        i.Id == id
                        && (i.State == ImportState.Draft || i.State == ImportState.Queued || i.State == ImportState.Running || i.DryRun),
                    cancel
                )
            )
            {
                ImportFolder.Remove(db, id);
            }
        }
    }
}
