using System.Data.Common;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notes;

/// <summary>A guest's notes: the pinned ones first, then the newest.</summary>
public static class ListNotes
{
    private const string Select =
        "SELECT id, text, kind, pinned, author_id, author_name, created_at, updated_at FROM notes "
        + "WHERE organization_id = @organization AND contact_id = @contact";

    /// <exception cref="Refusal">404 for a contact not seen.</exception>
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
        await using var reading = await db.Read(
            Select + (after is null ? "" : " AND (pinned, id) < (@pinned, @id)") + " ORDER BY pinned DESC, id DESC" + BellhopDb.Most,
            cancel
        );
        reading.With("organization", who.OrganizationId).With("contact", db.Stored(id)).With("most", query.Limit + 1);
        if (after is not null)
        {
            reading.With("pinned", after[0] == 'p').With("id", db.Stored(Guid.Parse(after[1..])));
        }

        var rows = await reading.ToList(row => Of(row, db), cancel);
        await ContactSeen.Demand(id, rows.Count > 0, who, db, cancel);
        return query.Page(rows, row => (row.Pinned ? "p" : "-") + row.Id, cursors, binding);
    }

    private static NoteRow Of(DbDataReader row, BellhopDb db) =>
        NoteRow.Of(
            new()
            {
                Id = db.ReadId(row, 0),
                Text = row.GetString(1),
                Kind = row.ReadName<NoteKind>(2),
                Pinned = row.GetBoolean(3),
                AuthorId = db.ReadId(row, 4),
                AuthorName = row.GetString(5),
                CreatedAt = db.ReadInstant(row, 6),
                UpdatedAt = db.ReadInstant(row, 7),
            }
        );

    /// <exception cref="Refusal">404 for a contact not seen, or a note it has not.</exception>
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
        return new(NoteRow.Of(note), note.UpdatedAt, ContactId: id);
    }
}
