using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notes;

/// <summary>A guest's notes: the pinned ones first, then the newest.</summary>
public static class ListNotes
{
    /// <exception cref="Refusal">404 when the actor does not see the contact.</exception>
    public static async Task<Page<NoteRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        var binding = $"notes/{who.OrganizationId}/{id}";
        var after = query.After(cursors, binding);
        Sql goesOn = after is null ? Sql.None : $" AND (pinned, id) < ({after[0] == 'p'}, {Guid.Parse(after[1..])})";
        var rows = await db.Read(
            $"""
            SELECT id, text, kind, pinned, due, done, author_id, author_name, created_at, updated_at FROM notes
            WHERE organization_id = {who.OrganizationId} AND contact_id = {id}{goesOn}
            ORDER BY pinned DESC, id DESC{SqlDialect.Limit(query.Limit + 1)}
            """,
            Of,
            cancel
        );
        await ContactSeen.Demand(id, rows.Count > 0, who, db, cancel);
        return query.Page(
            await Mentions.AddTo(rows, who.OrganizationId, db, cancel),
            row => (row.Pinned ? "p" : "-") + row.Id,
            cursors,
            binding
        );
    }

    private static NoteRow Of(SqlRow row) =>
        NoteRow.Of(
            new()
            {
                Id = row.Id(),
                Text = row.Text(),
                Kind = row.Name<NoteKind>(),
                Pinned = row.Flag(),
                Due = row.DayOrNull(),
                Done = row.Flag(),
                AuthorId = row.Id(),
                AuthorName = row.Text(),
                CreatedAt = row.Instant(),
                UpdatedAt = row.Instant(),
            }
        );

    /// <exception cref="Refusal">404 when the actor does not see the contact, or the contact has no such note.</exception>
    internal static async Task<Note> Find(Guid contactId, Guid noteId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await ContactSeen.Demand(contactId, who, db, cancel);
        return await db.Notes.SingleOrDefaultAsync(
                n => n.OrganizationId == who.OrganizationId && n.ContactId == contactId && n.Id == noteId,
                cancel
            ) ?? throw Refusal.NotThere("note", noteId);
    }
}

/// <summary>One note.</summary>
public static class GetNote
{
    /// <exception cref="Refusal">404.</exception>
    public static async Task<Saved<NoteRow>> Run(Guid id, Guid noteId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var note = await ListNotes.Find(id, noteId, who, db, cancel);
        var row = (await Mentions.AddTo([NoteRow.Of(note)], who.OrganizationId, db, cancel))[0];
        return new(row, note.UpdatedAt, ContactId: id);
    }
}
