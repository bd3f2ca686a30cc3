using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The job that writes an export's file. When it runs twice, it writes the file again.</summary>
internal static class WriteExport
{
    public const string Kind = "contacts.export";

    private static readonly TimeSpan Tell = TimeSpan.FromSeconds(1);

    public static JobHandler Handler(DataFolder folder, IDbContextFactory<BellhopDb> dbs) =>
        new(Kind, (job, who, db, cancel) => Run(job, who, folder, dbs, db, cancel));

    /// <param name="dbs">Makes a second connection to save progress, because the export itself reads at one moment.</param>
    private static async Task Run(
        Job job,
        Actor who,
        DataFolder folder,
        IDbContextFactory<BellhopDb> dbs,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsImportExport);
        var export = await db.Set<ExportFile>()
            .AsNoTracking()
            .SingleOrDefaultAsync(e => e.OrganizationId == job.OrganizationId && e.JobId == job.Id, cancel);
        if (export is null || export.ExpiresAt <= db.Now)
        {
            return; // nobody can fetch it any more
        }

        if ((export.OwnerId, export.OwnerKind) != (who.Id, who.Kind))
        {
            throw Refusal.NotThere("export", export.Id); // what one sees is no file for another
        }

        var (question, properties) = ExportRequest.Read(export.Question);
        var file = ExportFiles.Begin(export, folder);
        try
        {
            long rows,
                bytes;
            await using (file)
            {
                rows = await ExportContacts.Write(
                    question,
                    export.Id,
                    Both(who, properties),
                    db,
                    Progress(file, job, dbs, db.Host.Clock),
                    cancel
                );
                await file.FlushAsync(cancel);
                file.Flush(flushToDisk: true);
                bytes = file.Length;
            }

            File.Move(file.Name, ExportFiles.Of(export, folder), overwrite: true);
            await db.Save(
                async () =>
                {
                    var mine = await db.Set<ExportFile>()
                        .SingleAsync(e => e.OrganizationId == export.OrganizationId && e.Id == export.Id, cancel);
                    (mine.Rows, mine.Bytes) = (rows, bytes);
                },
                cancel
            );
        }
        finally
        {
            File.Delete(file.Name);
        }
    }

    // The actor limited to the properties that the starter saw when asking and still sees.
    private static Actor Both(Actor who, IReadOnlyList<Guid>? then) =>
        then is null ? who : who with { Properties = who.Properties is { } now ? [.. then.Intersect(now)] : then };

    private static Send Progress(FileStream file, Job job, IDbContextFactory<BellhopDb> dbs, TimeProvider clock)
    {
        var told = clock.GetTimestamp();
        return async (bytes, rows, cancel) =>
        {
            await file.WriteAsync(bytes, cancel);
            if (clock.GetElapsedTime(told) > Tell)
            {
                told = clock.GetTimestamp();
                var done = (int)Math.Min(rows, int.MaxValue);
                await using var db = await dbs.CreateDbContextAsync(cancel);
                await db
                    .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, done), cancel);
            }
        };
    }
}

/// <summary>Deletes expired exports with their files, and files that a process left when it died.</summary>
internal static class ForgetExports
{
    private const int AtOnce = 1000;

    private static readonly TimeSpan Left = TimeSpan.FromHours(48);

    public static RecurringTask Recurring(DataFolder folder) =>
        new(
            "forgetExports",
            async (db, cancel) =>
            {
                var now = db.Now;
                foreach (
                    var export in await db.Set<ExportFile>()
                        .AsNoTracking()
                        .Where(e => e.ExpiresAt <= now)
                        .OrderBy(e => e.ExpiresAt)
                        .Take(AtOnce)
                        .ToListAsync(cancel)
                )
                {
                    DataFolder.Remove(ExportFiles.Of(export, folder)); // the row last: as long as it is there, somebody looks for the file
                }

                await RecurringTasks.Forget(db, db.Set<ExportFile>().Where(e => e.ExpiresAt <= now).OrderBy(e => e.ExpiresAt), cancel);
                foreach (var file in ExportFiles.Untouched(folder, now - Left))
                {
                    File.Delete(file);
                }
            }
        );
}
