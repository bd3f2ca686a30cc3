using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Sets the options of a received or rehearsed file, then queues its rehearsal or its run.</summary>
public static class PrepareImport
{
    /// <param name="PropertyId">The property where its guests become known.</param>
    /// <param name="Mode"><c>create</c>, <c>fill</c> or <c>overwrite</c>.</param>
    /// <param name="Mapping">Column → field: a name of <see cref="ImportField"/> in camelCase, as <see cref="ColumnMapping.Read"/> reads
    /// it. An empty name or null leaves the column out. A column that is not named keeps the guessed field, unless that field is given to
    /// another column.</param>
    /// <param name="Tags">Tags for every guest of the file.</param>
    /// <param name="DryRun">Whether to rehearse only.</param>
    public sealed record Input(
        Guid PropertyId,
        string Mode,
        IReadOnlyDictionary<string, string> Mapping,
        IReadOnlyList<string>? Tags = null,
        bool DryRun = false
    );

    /// <exception cref="Refusal">403 without contacts.importExport; 400 for fields at fault; 404; 409 <c>already-started</c> for an import
    /// that was run or is at work.</exception>
    public static async Task<Answered<ImportRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var isThere = File.Exists(ImportFolder.FileOf(db, id));
        return await db.Save(
            async () =>
            {
                var import =
                    await db.Imports.VisibleTo(who).SingleOrDefaultAsync(i => i.Id == id, cancel) ?? throw Refusal.NotThere("import", id);
                if (
                    import.State != ImportState.Draft
                    && !(import.DryRun && import.State is (ImportState.Completed or ImportState.Failed or ImportState.Cancelled))
                )
                {
                    throw Refusal.Conflict("already-started", ErrorText.Of<ImportTexts>("AlreadyStarted"));
                }

                if (!isThere)
                {
                    throw Refusal.Conflict("file-gone", ErrorText.Of<ImportTexts>("FileGone"));
                }

                if (await Choose(import, input, who, db, cancel) is { } same)
                {
                    return same;
                }

                db.Happened(who, input.DryRun ? "import.rehearsed" : "import.started", "import", id);
                import.JobId = await db.Queue(who, ImportJob.Handler.Kind, id.ToString(), cancel: cancel);
                await db.Flush(cancel);
                return new Answered<ImportRow>((await GetImport.Read(id, who, db, cancel))!, 202, $"/imports/{id}");
            },
            cancel
        );
    }

    /// <summary>Runs a rehearsed file with the same columns and options.</summary>
    /// <exception cref="Refusal">As for <see cref="Run"/>.</exception>
    public static async Task<Answered<ImportRow>> AsRehearsed(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var import = await ListImportErrors.Find(id, who, db, cancel);
        var mapping = ColumnMapping
            .Read(import.Mapping, JsonSerializer.Deserialize<FileLayout>(import.Layout)!, new())
            .Columns.DistinctBy(c => c.Heading, StringComparer.Ordinal)
            .ToDictionary(c => c.Heading, c => c.Field is { } field ? ColumnMapping.NameOf(field) : "", StringComparer.Ordinal);
        return await Run(
            id,
            new(import.PropertyId, ImportRules.Name(import.Mode), mapping, JsonSerializer.Deserialize<List<string>>(import.Tags)),
            who,
            db,
            cancel
        );
    }

    /// <summary>Sets the options. If another import at work does exactly the same, returns that one and sets nothing; else null.</summary>
    private static async Task<Answered<ImportRow>?> Choose(Import import, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var errors = new ValidationErrors();
        var layout = JsonSerializer.Deserialize<FileLayout>(import.Layout)!;
        var mode = ImportRules.Mode(input.Mode, errors);
        var tags = ImportRules.Tags(input.Tags ?? [], errors);
        var mapping = ColumnMapping.Read(JsonSerializer.Serialize(input.Mapping), layout, errors);
        errors.Refuse();
        mapping.Demand(layout);
        if (!await db.Properties.VisibleTo(who).AnyAsync(p => p.Id == input.PropertyId, cancel))
        {
            throw Refusal.NotThere("property", input.PropertyId);
        }

        var stored = mapping.Write();
        var key = ImportRules.RunKey(import.ContentHash, input.PropertyId, mode, stored, tags, input.DryRun, who);
        if (await ReceiveImport.SameAtWork(key, who, db, cancel) is { } same)
        {
            return same;
        }

        if (stored != ColumnMapping.Guess(layout).Write())
        {
            await KnownMapping.Keep(layout, stored, who, db, cancel);
        }

        (import.PropertyId, import.Mode, import.Mapping, import.Tags, import.DryRun) = (
            input.PropertyId,
            mode,
            stored,
            JsonSerializer.Serialize(tags),
            input.DryRun
        );
        import.RunKey = key;
        import.Begin(totalRows: 0);
        (import.State, import.StartedAt, import.FinishedAt, import.CancelAskedAt, import.Error) = (
            ImportState.Queued,
            null,
            null,
            null,
            null
        );
        return null;
    }
}
