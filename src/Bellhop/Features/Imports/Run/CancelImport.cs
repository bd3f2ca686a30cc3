using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Imports;

/// <summary>Stops an import after the present batch of rows. Rows already written stay, and can be taken back.</summary>
public static class CancelImport
{
    /// <exception cref="Refusal">403 without contacts.importExport; 404; 409 <c>not-running</c> when the import has ended.</exception>
    public static async Task<Answered<ImportRow>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsImportExport);
        var answer = await db.Save(
            async () =>
            {
                var import =
                    await db.Imports.VisibleTo(who).SingleOrDefaultAsync(i => i.Id == id, cancel) ?? throw Refusal.NotThere("import", id);
                if (import.State is not (ImportState.Draft or ImportState.Queued or ImportState.Running))
                {
                    throw Refusal.Conflict("not-running", ErrorText.Of<ImportTexts>("NotRunning"));
                }

                if (import.CancelAskedAt is null)
                {
                    import.CancelAskedAt = db.Now;
                    db.Happened(who, "import.cancellationAsked", "import", id);
                }

                if (import.State == ImportState.Draft || await ResumeImport.ParkedJob(import, db, cancel) is not null)
                {
                    (import.State, import.FinishedAt) = (ImportState.Cancelled, db.Now); // nobody is at work on it who could stop
                }

                await db.Flush(cancel);
                return new Answered<ImportRow>((await GetImport.Read(id, who, db, cancel))!, 202, $"/imports/{id}");
            },
            cancel
        );
        if (answer.Value.State == ImportState.Cancelled)
        {
            ImportFolder.Remove(db, id);
        }

        return answer;
    }
}
