using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Notes;

internal static class NoteRoutes
{
    public static void MapNotes(this RouteGroupBuilder api)
    {
        api.MapGet("/notes", ListDueNotes.Run)
            .WithTags("Notes")
            .WithQuery(ListDueNotes.Query.Parameters)
            .WithName("ListDueNotes")
            .WithSummary("Notes that are due by a day and not done, of all guests, earliest first");
        var notes = api.MapGroup("/contacts/{id}/notes").WithTags("Notes");
        notes
            .MapGet("/", ListNotes.Run)
            .WithQuery("limit", "cursor")
            .WithName("ListNotes")
            .WithSummary("Staff's notes on a guest: pinned first, then newest");
        notes.MapPost("/", AddNote.Run).WithName("AddNote").Needs(Permission.ContactsEdit).WithSummary("A note on a guest, for staff");
        notes.MapGet("/{noteId}", GetNote.Run).WithName("GetNote").WithSummary("One note");
        notes
            .MapPatch("/{noteId}", ChangeNote.Run)
            .WithName("ChangeNote")
            .Needs(Permission.ContactsEdit)
            .WithSummary("Changes text, kind, pinned, due or done by merge patch");
        notes.MapDelete("/{noteId}", DeleteNote.Run).WithName("DeleteNote").WithSummary("Deletes a note for good");
    }
}
