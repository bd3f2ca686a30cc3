using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Writes a note of staff into a conversation. The guest never gets it.</summary>
public static class AddConversationNote
{
    /// <param name="Text">1 to 5,000 characters; line breaks are allowed.</param>
    public sealed record Input(string Text);

    /// <exception cref="Refusal">404 for a conversation that the actor does not see; 400.</exception>
    public static async Task<Saved<MessageRow>> Run(Guid id, Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var conversation = await ConversationSeenBy.ForChange(id, who, db, cancel);
                var errors = new ValidationErrors();
                var text = errors.Text("text", input.Text, ConversationNote.TextMax, required: true, multiline: true);
                errors.Refuse();
                var note = new ConversationNote
                {
                    OrganizationId = who.OrganizationId,
                    ConversationId = id,
                    Text = text!,
                    AuthorId = who.Id,
                    AuthorName = who.Name,
                    At = db.Now,
                };
                db.ConversationNotes.Add(note);
                db.Happened(who, "conversation.noted", "conversation", id);
                return new Saved<MessageRow>(
                    new(
                        note.Id,
                        null,
                        "note",
                        new("staff", note.AuthorId, note.AuthorName),
                        "text",
                        text,
                        [],
                        null,
                        [],
                        null,
                        null,
                        0,
                        note.At,
                        null,
                        null
                    ),
                    note.At,
                    $"/conversations/{id}/messages",
                    conversation.ContactId
                );
            },
            cancel
        );
    }
}
