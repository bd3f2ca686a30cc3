using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notes;

/// <summary>A guest's notes: the pinned ones first, then the newest.</summary>
public static class ListNotes
{
    /// <exception cref="Refusal">404 for a contact not seen.</exception>
    public static async Task<Page<NoteRow>> Run(Guid id, PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        await ContactSeen.Demand(id, who, db, cancel);
        var binding = $"notes/{who.OrganizationId}/{id}";
        var notes = db.Notes.AsNoTracking().Where(n => n.OrganizationId == who.OrganizationId && n.ContactId == id);
        if (query.After(cursors, binding) is { } after)
        {
            var last = Guid.Parse(after[1..]);
            notes = after[0] == 'p' ? notes.Where(n => !n.Pinned || n.Id < last) : notes.Where(n => !n.Pinned && n.Id < last);
        }

        var rows = await notes.OrderByDescending(n => n.Pinned).ThenByDescending(n => n.Id).Take(query.Limit + 1).ToListAsync(cancel);
        return query.Page(rows.ConvertAll(NoteRow.Of), row => (row.Pinned ? "p" : "-") + row.Id, cursors, binding);
    }

    /// <exception cref="Refusal">404 for a contact not seen, or a note it has not.</exception>
    internal static async Task<Note> Find(Guid contactId, Guid noteId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await ContactSeen.Demand(contactId, who, db, cancel);
        return await db.Notes.SingleOrDefaultAsync(n => n.OrganizationId == who.OrganizationId && n.ContactId == contactId && n.Id == noteId, cancel) ?? throw Refusal.NotThere("note", noteId);
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
