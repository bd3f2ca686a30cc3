using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notes;

/// <summary>Corrects, pins or unpins a note, or says that it is done. Its author stays the same.</summary>
public static class ChangeNote
{
    /// <param name="Text">1 to 5,000 characters.</param>
    /// <param name="Kind"><c>preference</c>, <c>incident</c>, <c>allergy</c> or <c>other</c>.</param>
    /// <param name="Pinned">Whether the note is above the others.</param>
    /// <param name="Due">YYYY-MM-DD; null for no day.</param>
    /// <param name="Done">Whether what was due is done.</param>
    public sealed record Input(
        Optional<string> Text = default,
        Optional<string> Kind = default,
        Optional<bool> Pinned = default,
        Optional<string> Due = default,
        Optional<bool> Done = default
    );

    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version; 400 listing every field at
    /// fault.</exception>
    public static async Task<Saved<NoteRow>> Run(
        Guid id,
        Guid noteId,
        Input input,
        Actor who,
        BellhopDb db,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                var note = await ListNotes.Find(id, noteId, who, db, cancel);
                match.Demand(note.UpdatedAt);
                var errors = new ValidationErrors();
                var text = input.Text.IsGiven ? NoteRules.Text(input.Text.Value, errors) : note.Text;
                var kind = input.Kind.IsGiven ? NoteRules.Kind(input.Kind.Value, errors) : note.Kind;
                var due = input.Due.IsGiven
                    ? input.Due.Value is { } day
                        ? errors.Day("due", day)
                        : null
                    : note.Due;
                errors.Refuse();
                (note.Text, note.Kind, note.Pinned) = (text!, kind!.Value, input.Pinned.IsGiven ? input.Pinned.Value : note.Pinned);
                (note.Due, note.Done) = (due, input.Done.IsGiven ? input.Done.Value : note.Done);
                var changed = db.Entry(note)
                    .Properties.Where(p => p.IsModified)
                    .Select(p => char.ToLowerInvariant(p.Metadata.Name[0]) + p.Metadata.Name[1..])
                    .ToList();
                if (changed.Count > 0)
                {
                    note.UpdatedAt = db.Now.After(note.UpdatedAt);
                    db.Happened(who, "note.updated", "contact", id, changed);
                }

                var mentions = await Mentions.Write(note, isNew: false, who, db, cancel);
                return new Saved<NoteRow>(NoteRow.Of(note, mentions), note.UpdatedAt, ContactId: id);
            },
            cancel
        );
    }
}

/// <summary>Deletes a note for good.</summary>
public static class DeleteNote
{
    /// <exception cref="Refusal">404; 412 where <paramref name="match"/> names another version.</exception>
    public static async Task Run(Guid id, Guid noteId, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.Save(
            async () =>
            {
                var note = await ListNotes.Find(id, noteId, who, db, cancel);
                match.Demand(note.UpdatedAt);
                db.Notes.Remove(note);

                // A kept response may quote the note, so the responses about this guest are deleted too.
                await db
                    .IdempotentResponses.Where(a => a.OrganizationId == who.OrganizationId && a.ContactId == id)
                    .ExecuteDeleteAsync(cancel);
                db.Happened(who, "note.deleted", "contact", id);
            },
            cancel
        );
    }
}
