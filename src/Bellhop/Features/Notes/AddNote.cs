using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Notes;

/// <summary>Adds a note about a guest.</summary>
public static class AddNote
{
    /// <param name="Text">1 to 5,000 characters; line breaks are allowed.</param>
    /// <param name="Kind"><c>preference</c>, <c>incident</c>, <c>allergy</c> or <c>other</c>; <c>other</c> when left out.</param>
    /// <param name="Pinned">Whether the note is above the others.</param>
    /// <param name="Due">YYYY-MM-DD: the day by which somebody must do something.</param>
    public sealed record Input(string Text, string? Kind = null, bool Pinned = false, string? Due = null);

    /// <exception cref="Refusal">404 when the actor does not see the contact; 400 listing every field at fault.</exception>
    public static async Task<Saved<NoteRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        return await db.Save(
            async () =>
            {
                await ContactSeen.Demand(id, who, db, cancel);
                var errors = new ValidationErrors();
                var text = NoteRules.Text(input.Text, errors);
                var kind = input.Kind is null ? NoteKind.Other : NoteRules.Kind(input.Kind, errors);
                var due = input.Due is null ? null : errors.Day("due", input.Due);
                errors.Refuse();
                var note = new Note
                {
                    OrganizationId = who.OrganizationId,
                    ContactId = id,
                    Text = text!,
                    Kind = kind!.Value,
                    Pinned = input.Pinned,
                    Due = due,
                    AuthorKind = who.Kind,
                    AuthorId = who.Id,
                    AuthorName = who.Name,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                db.Notes.Add(note);
                var mentions = await Mentions.Write(note, isNew: true, who, db, cancel);
                db.Happened(who, "note.created", "contact", id);
                return new Saved<NoteRow>(NoteRow.Of(note, mentions), note.UpdatedAt, $"/contacts/{id}/notes/{note.Id}", id);
            },
            cancel
        );
    }
}
