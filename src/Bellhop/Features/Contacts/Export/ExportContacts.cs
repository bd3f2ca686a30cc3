using System.Diagnostics;
using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The guest list as a file: exactly the guests that its filter shows, in its order.</summary>
public static class ExportContacts
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const int IdsAtOnce = 1000;

    // A deletion waits no longer than this for readers. It then leaves some clearing to the end of the export.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(4);

    /// <summary>The response that streams the file.</summary>
    /// <exception cref="Refusal">403 without contacts.importExport, or without an approval that the organisation asks for. While the
    /// response is written: 400 for an invalid parameter, 404 for a property or an id that the actor does not see, 429 while the allowed
    /// number of exports runs.</exception>
    public static async Task<IResult> Run(
        ExportRequest question,
        Actor who,
        BellhopDb db,
        RunningExports running,
        DataFolder folder,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsImportExport);
        question.Filter.Wrong?.Refuse();
        await DemandSeen(question.Ids, who, db, cancel);
        if (await Approvals.OverOf(ApprovalAction.Export, who, db, cancel) is not null)
        {
            await db.Save(() => DemandApproval(question, who, db, cancel), cancel);
        }

        return new StreamedExport(question, who, db, running, folder);
    }

    /// <exception cref="Refusal">404 when the actor does not see one of the ids. A contact that is deleted later is left out.</exception>
    internal static async Task DemandSeen(IReadOnlyList<Guid>? ids, Actor who, BellhopDb db, CancellationToken cancel)
    {
        foreach (var some in (ids ?? []).Distinct().Chunk(IdsAtOnce))
        {
            var seen = await db
                .Contacts.VisibleTo(who, db.ContactsAtProperty)
                .Where(c => some.Contains(c.Id))
                .Select(c => c.Id)
                .ToListAsync(cancel);
            if (seen.Count < some.Length)
            {
                throw Refusal.NotThere("contact", some.Except(seen).First());
            }
        }
    }

    /// <exception cref="Refusal">403 <c>approval-needed</c>, as the organisation's rule says.</exception>
    internal static Task DemandApproval(ExportRequest question, Actor who, BellhopDb db, CancellationToken cancel) =>
        Approvals.Demand(
            ApprovalAction.Export,
            most =>
                question.Ids is { } ids
                    ? Task.FromResult(ids.Distinct().Count())
                    : BulkChoice.Count(question.Filter, most, who, db, cancel),
            question.Ids is { } chosen ? Approval.SubjectOf(chosen) : Approval.SubjectOf("filter " + question.Filter.ToQuery()),
            who,
            db,
            cancel
        );

    /// <summary>Writes the file. Also records in the audit log how many guests it named, even when the export is broken off.</summary>
    /// <param name="about">The export's id, if it has one.</param>
    /// <returns>How many guests were written.</returns>
    /// <exception cref="Refusal">As <see cref="Run"/>, before anything is sent.</exception>
    internal static async Task<long> Write(
        ExportRequest question,
        Guid? about,
        Actor who,
        BellhopDb db,
        Send send,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsImportExport);
        question.Filter.Wrong?.Refuse();
        var file = await GuestFile.Of(question, who, db, cancel);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await file.Write(send, cancel);
        }
        catch when (file.Rows == 0)
        {
            throw; // nobody was named
        }
        catch
        {
            await Record(file.Rows, question, about, who, db);
            throw;
        }
        finally
        {
            if (Stopwatch.GetElapsedTime(began) > Long)
            {
                await db.ScrubDeleted(CancellationToken.None);
            }
        }

        await Record(file.Rows, question, about, who, db);
        return file.Rows;
    }

    /// <summary>The file's name, with the organisation's current day.</summary>
    internal static async Task<string> FileName(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var zone = Clock.Zone((await Reporting.Of(who.OrganizationId, db, cancel)).TimeZone)!;
        return string.Create(CultureInfo.InvariantCulture, $"contacts-{db.Now.DayIn(zone):yyyy-MM-dd}.csv");
    }

    // A reader that has left has received these guests all the same.
    private static Task Record(long rows, ExportRequest question, Guid? about, Actor who, BellhopDb db) =>
        db.Save(
            () =>
            {
                var count = string.Create(CultureInfo.InvariantCulture, $"rows={rows}");
                db.Happened(
                    who,
                    "contacts.exported",
                    "export",
                    about,
                    question.Columns.Contains(ExportColumns.Notes) ? [count, "notes"] : [count]
                );
                return Task.CompletedTask;
            },
            CancellationToken.None
        );
}
