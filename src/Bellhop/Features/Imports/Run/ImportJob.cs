using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>
/// The job of an import or a rehearsal. It counts the file's rows, then processes them in committed batches. The save of each batch also
/// stores the progress, so an interrupted job continues with the first row that is not in. The next batch is read while one is written.
/// </summary>
public static class ImportJob
{
    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new("imports.run", Run);

    // If the starter no longer has the rights, the job is parked and the import stays as it is. Nothing is undone automatically.
    private static async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var id = Guid.Parse(job.Argument);
        if (await Find(id, job.OrganizationId, db, cancel) is not { State: ImportState.Queued or ImportState.Running } import)
        {
            return;
        }

        try
        {
            who.Demand(Permission.ContactsImportExport);
            var source = await FileSource.Open(import, who, db, cancel);
            import = await Begin(import, source, db, cancel);
            if (import.State == ImportState.Running)
            {
                await (import.DryRun ? Rehearse(import, source, job, who, db, cancel) : Write(import, source, job, who, db, cancel));
            }
        }
        catch (Refusal refusal) when (who.Kind == ActorKind.System || refusal.Status is not (401 or 403 or 404))
        {
            await ImportProgress.End(
                import,
                ImportState.Failed,
                who,
                db,
                cancel,
                refusal.Errors.SelectMany(e => e.Value.Select(error => new FieldError(e.Key, error))).DefaultIfEmpty(new("", refusal.Title))
            );
        }
    }

    internal static Task<Import?> Find(Guid id, int organizationId, BellhopDb db, CancellationToken cancel) =>
        db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.OrganizationId == organizationId && i.Id == id, cancel);

    /// <summary>
    /// Counts the rows, so that the progress is right from the start. A file that names a property that the actor does not see is refused
    /// before anything is written.
    /// </summary>
    private static async Task<Import> Begin(Import import, FileSource source, BellhopDb db, CancellationToken cancel)
    {
        if (import.State == ImportState.Running && !import.DryRun)
        {
            return import; // it goes on
        }

        var total = 0;
        var mine = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in source.Read(cancel))
        {
            total++;
            if (row is { Problem: null, Property: { } named } && mine.Add(named) && !source.Guests.Knows(named))
            {
                throw Refusal.Invalid("property", ErrorText.Of<ImportTexts>("ForeignProperty", named, row.Line));
            }
        }

        return await db.Save(
            async () =>
            {
                var stored = await db.Imports.SingleAsync(i => i.OrganizationId == import.OrganizationId && i.Id == import.Id, cancel);
                if (stored.CancelAskedAt is not null)
                {
                    (stored.State, stored.FinishedAt) = (ImportState.Cancelled, db.Now);
                }
                else if (stored.State == ImportState.Queued || (stored.DryRun && stored.State == ImportState.Running))
                {
                    stored.Begin(total);
                    (stored.State, stored.StartedAt) = (ImportState.Running, db.Now);
                }

                db.TellOfMany(import.OrganizationId, "import");
                return stored;
            },
            cancel
        );
    }

    private static Task Write(Import import, FileSource source, Job job, Actor who, BellhopDb db, CancellationToken cancel) =>
        Each(
            import,
            source,
            job,
            import.ProcessedRows,
            rows => Task.FromResult(() => new ImportBatch(import, source.Places, who, db).Write(rows, cancel)),
            who,
            db,
            cancel
        );

    private static async Task Rehearse(Import import, FileSource source, Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        using var rehearsal = Rehearsal.Begin(ImportFolder.RehearsalOf(db, import.Id));
        var tags = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await Each(
            import,
            source,
            job,
            0,
            async rows =>
            {
                await Name(rows, tags, who, db, cancel);
                GuestKeys[] keys = [.. rows.Where(r => r.Errors.Count == 0).Select(r => r.Keys)];
                var known = await KnownGuests.Of(keys, ImportFields.Details, who, db, cancel);
                rehearsal.Overlay(known, keys);
                var judge = new RowJudge(
                    known,
                    place =>
                        new()
                        {
                            Id = Guid.CreateVersion7(),
                            IsNew = true,
                            PropertyId = place.Id,
                            At = [place.Id],
                        },
                    tags,
                    import.Mode
                );
                var judged = new List<Judged>(rows.Count);
                foreach (var row in rows)
                {
                    judged.Add(await judge.Judge(row, ValueTask.FromResult));
                }

                rehearsal.Keep(judged);
                return () => Task.FromResult(ImportBatch.Count(judged));
            },
            who,
            db,
            cancel
        );
    }

    /// <summary>
    /// Processes the rows after the first <paramref name="at"/>, one batch in each save, until the end or until it is asked to stop.
    /// </summary>
    /// <param name="prepare">Called outside the save. It returns the work to do inside, which counts the outcomes of the rows.</param>
    private static async Task Each(
        Import import,
        FileSource source,
        Job job,
        int at,
        Func<IReadOnlyList<FileGuest>, Task<Func<Task<ImportBatch.Counted>>>> prepare,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await foreach (var rows in source.Batches(at, cancel))
        {
            var see = await prepare(rows);
            var goesOn = await db.Save(
                async () =>
                {
                    if (!await ImportProgress.Take(import, at, rows.Count, db, cancel))
                    {
                        return false;
                    }

                    await ImportProgress.Count(import, await see(), db, cancel);
                    await ImportProgress.Tell(job, at + rows.Count, import.TotalRows, db, cancel);
                    return true;
                },
                cancel,
                SettingsLock.Shared(who.OrganizationId),
                alone: true
            );
            if (!goesOn)
            {
                await ImportProgress.Stop(import, who, db, cancel);
                return;
            }

            await db.Settle(cancel);
            at += rows.Count;
        }

        await ImportProgress.End(import, ImportState.Completed, who, db, cancel);
    }

    /// <summary>Finds an id for every tag that the rows name. A tag that does not exist gets a temporary id here.</summary>
    private static async Task Name(
        IReadOnlyList<FileGuest> rows,
        Dictionary<string, Guid> tags,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var names = rows.SelectMany(r => r.Tags)
            .Where(n => !tags.ContainsKey(Tag.Key(n)))
            .DistinctBy(Tag.Key, StringComparer.Ordinal)
            .ToList();
        foreach (var (key, id) in await TagNames.Find(names, who.OrganizationId, db, cancel))
        {
            tags[key] = id;
        }

        foreach (var name in names)
        {
            tags.TryAdd(Tag.Key(name), Guid.CreateVersion7());
        }
    }
}
