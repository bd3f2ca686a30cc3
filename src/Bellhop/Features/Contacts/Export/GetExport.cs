using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The progress of an export in the background.</summary>
public static class GetExport
{
    /// <param name="Id">Its id.</param>
    /// <param name="Status"><c>queued</c>, <c>running</c>, <c>completed</c> or <c>failed</c>.</param>
    /// <param name="Rows">Guests written so far.</param>
    /// <param name="Bytes">The file's size; null until it is complete.</param>
    /// <param name="ExpiresAt">The file can be fetched until this time, UTC.</param>
    /// <param name="DownloadUrl">The address of the file; null until it is complete.</param>
    public sealed record Row(Guid Id, string Status, long Rows, long? Bytes, DateTime ExpiresAt, string? DownloadUrl);

    /// <exception cref="Refusal">403 without contacts.importExport; 404 for another actor's export, or an expired one.</exception>
    public static async Task<Row> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var export =
            await db.Set<ExportFile>().VisibleTo(who, db.Now).SingleOrDefaultAsync(e => e.Id == id, cancel)
            ?? throw Refusal.NotThere("export", id);
        return Show(
            export,
            export.Bytes is null
                ? await db
                    .Jobs.AsNoTracking()
                    .SingleOrDefaultAsync(j => j.OrganizationId == export.OrganizationId && j.Id == export.JobId, cancel)
                : null,
            db.Now
        );
    }

    /// <param name="job">The job that writes the file, if it still exists.</param>
    internal static Row Show(ExportFile export, Job? job, DateTime now)
    {
        if (export.Bytes is not null)
        {
            return new(export.Id, "completed", export.Rows ?? 0, export.Bytes, export.ExpiresAt, Address(export.Id));
        }

        var status =
            job is null or { State: JobState.Parked } ? "failed"
            : job.LeasedUntil > now ? "running"
            : "queued";
        return new(export.Id, status, job?.Progress ?? 0, null, export.ExpiresAt, null);
    }

    internal static string Address(Guid id) => $"/api/v1/contacts/exports/{id:D}/file";
}

/// <summary>Fetches the file of an export in the background.</summary>
public static class FetchExport
{
    /// <exception cref="Refusal">403 without contacts.importExport; 404 for another actor's export, one that has expired or is not
    /// complete, and one that names guests of a property that the caller no longer sees.</exception>
    public static async Task<IResult> Run(Guid id, Actor who, BellhopDb db, DataFolder folder, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var export = await db.Set<ExportFile>().VisibleTo(who, db.Now).SingleOrDefaultAsync(e => e.Id == id && e.Bytes != null, cancel);
        if (
            export is null
            || !Covers(who.Properties, ExportRequest.Read(export.Question).Properties)
            || ExportFiles.Of(export, folder) is var file && !File.Exists(file)
        )
        {
            throw Refusal.NotThere("export", id);
        }

        return Results.File(file, ExportContacts.ContentType, await ExportContacts.FileName(who, db, cancel), enableRangeProcessing: true);
    }

    private static bool Covers(IReadOnlyList<Guid>? now, IReadOnlyList<Guid>? then) =>
        now is null || (then is not null && then.All(now.Contains));
}
