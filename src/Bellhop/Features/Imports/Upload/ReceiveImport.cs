using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Imports.Files;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Receives a file of guests: checks it, maps its columns and queues its job.</summary>
public static class ReceiveImport
{
    private const int TryAgain = 600;

    /// <summary>The largest allowed file in bytes, when the configuration sets none.</summary>
    public const long UsualMost = 4L * 1024 * 1024 * 1024;

    /// <exception cref="Refusal">400 for a file that cannot be used, with what was found in it, and for fields at fault; 404 for a property
    /// that the actor does not see. Then the file is not kept.</exception>
    public static async Task<Answered<ImportRow>> Run(ImportUpload upload, Actor who, BellhopDb db, Limits limits, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        await DemandRoom(who, db, limits, cancel);
        var received = await upload.Receive(db, cancel);
        return await Take(received, who, db, cancel);
    }

    /// <exception cref="Refusal">429 when the actor already has the largest number of waiting files.</exception>
    private static async Task DemandRoom(Actor who, BellhopDb db, Limits limits, CancellationToken cancel)
    {
        var kept = db.Imports.VisibleTo(who).Where(i => i.StarterId == who.Id && i.StarterKind == who.Kind);
        if (
            await kept.CountAsync(
                i => i.DryRun || i.State == ImportState.Draft || i.State == ImportState.Queued || i.State == ImportState.Running,
                cancel
            ) >= limits.ImportFilesKept
        )
        {
            throw Refusal.TooMany(TryAgain);
        }
    }

    /// <summary>Makes the import. The file must already be in the imports' folder.</summary>
    internal static async Task<Answered<ImportRow>> Take(ImportUpload.Received received, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var kept = false;
        try
        {
            var answer = await Accept(received, who, db, cancel);
            kept = answer.Value.Id == received.Id;
            return answer;
        }
        finally
        {
            if (!kept)
            {
                ImportFolder.Remove(db, received.Id);
            }
        }
    }

    private static async Task<Answered<ImportRow>> Accept(ImportUpload.Received received, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var errors = new ValidationErrors();
        var fields = received.Fields;
        var draft = ImportRules.YesNo("draft", fields.GetValueOrDefault("draft"), errors);
        var dryRun = ImportRules.YesNo("dryRun", fields.GetValueOrDefault("dryRun"), errors);
        var mode = ImportRules.Mode(fields.GetValueOrDefault("mode"), errors);
        var tags = ImportRules.Tags(fields.GetValueOrDefault("tags"), errors);
        var propertyId = ImportRules.Property(fields.GetValueOrDefault("propertyId"), errors);
        var layout = await Task.Run(() => ImportFile.Look(ImportFolder.FileOf(db, received.Id), cancel), cancel);
        var mapping = fields.GetValueOrDefault("mapping") is { } given
            ? ColumnMapping.Read(given, layout, errors)
            : await KnownMapping.Find(layout, who, db, cancel) ?? ColumnMapping.Guess(layout);
        errors.Refuse();
        if (!draft)
        {
            mapping.Demand(layout);
        }

        return await db.Save(
            async () =>
            {
                _ = await db.Properties.VisibleTo(who).AnyAsync(p => p.Id == propertyId, cancel)
                    ? true
                    : throw Refusal.NotThere("property", propertyId);
                var key = draft
                    ? null
                    : ImportRules.RunKey(received.ContentHash, propertyId!.Value, mode, mapping.Write(), tags, dryRun, who);
                if (await SameAtWork(key, who, db, cancel) is { } same)
                {
                    return same;
                }

                var import = new Import
                {
                    OrganizationId = who.OrganizationId,
                    Id = received.Id,
                    StarterId = who.Id,
                    StarterKind = who.Kind,
                    FileName = received.FileName,
                    Bytes = received.Bytes,
                    PropertyId = propertyId!.Value,
                    Mode = mode,
                    State = draft ? ImportState.Draft : ImportState.Queued,
                    DryRun = dryRun,
                    Layout = JsonSerializer.Serialize(layout),
                    Mapping = mapping.Write(),
                    Tags = JsonSerializer.Serialize(tags),
                    CreatedAt = db.Now,
                    ContentHash = received.ContentHash,
                    RunKey = key,
                };
                db.Imports.Add(import);
                db.Happened(
                    who,
                    draft ? "import.received"
                        : dryRun ? "import.rehearsed"
                        : "import.started",
                    "import",
                    import.Id
                );
                if (!draft)
                {
                    import.JobId = await db.Queue(who, ImportJob.Handler.Kind, import.Id.ToString(), cancel: cancel);
                }

                await db.Flush(cancel);
                return new Answered<ImportRow>((await GetImport.Read(import.Id, who, db, cancel))!, 202, $"/imports/{import.Id}");
            },
            cancel
        );
    }

    /// <summary>
    /// The import at work on the same file with the same options for the same actor, so that two equal uploads are one import. Null when
    /// there is none.
    /// </summary>
    internal static async Task<Answered<ImportRow>?> SameAtWork(string? key, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var same = key is null
            ? null
            : await db
                .Imports.VisibleTo(who)
                .Where(i => i.RunKey == key && (i.State == ImportState.Queued || i.State == ImportState.Running))
                .Select(i => (Guid?)i.Id)
                .SingleOrDefaultAsync(cancel);
        return same is not { } id ? null : new((await GetImport.Read(id, who, db, cancel))!, 202, $"/imports/{id}");
    }
}
