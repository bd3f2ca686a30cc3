using System.Diagnostics;
using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Contacts.Export;

/// <summary>The guest list as a file: exactly whom its filter shows, in its order.</summary>
public static class ExportContacts
{
    public const string ContentType = "text/csv; charset=utf-8";

    private const int IdsAtOnce = 1000;

    // A deletion waits no longer for those who read; what it could not clear away then is cleared after them.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(4);

    /// <summary>The answer that streams it.</summary>
    /// <exception cref="Refusal">403 without contacts.importExport; while it answers 400 for a parameter that cannot be taken, 404 for a
    /// property or an id not seen, 429 while as many as may run do.</exception>
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
        return new StreamedExport(question, who, db, running, folder);
    }

    /// <exception cref="Refusal">404 where one of the ids is not the actor's to see. One that goes later is left out.</exception>
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

    /// <summary>Writes it, and into the audit log how many guests it named, even where it is broken off.</summary>
    /// <param name="about">The export's id, where it has one.</param>
    /// <returns>How many guests.</returns>
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

    /// <summary>What the file is called: by the organisation's day.</summary>
    internal static async Task<string> FileName(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var zone = Clock.Zone((await Reporting.Of(who.OrganizationId, db, cancel)).TimeZone)!;
        return string.Create(CultureInfo.InvariantCulture, $"contacts-{db.Now.DayIn(zone):yyyy-MM-dd}.csv");
    }

    // Whoever has gone has been told of these guests all the same.
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
