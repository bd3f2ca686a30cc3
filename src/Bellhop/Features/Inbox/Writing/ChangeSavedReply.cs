using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Changes a saved reply.</summary>
public static class ChangeSavedReply
{
    /// <inheritdoc cref="AddSavedReply.Input"/>
    public sealed record Input(
        Optional<string> Name = default,
        Optional<string> Text = default,
        Optional<string> Language = default,
        Optional<bool> Shared = default,
        Optional<Guid?> PropertyId = default
    );

    /// <exception cref="Refusal">404; 403 for a shared one without settings.manage; 412 where <paramref name="match"/> names another
    /// version; 400 listing every field at fault.</exception>
    public static async Task<Saved<SavedReplyRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ConversationsReply);
        return await db.Save(
            async () =>
            {
                var reply = await SavedReplyRules.ForChange(id, who, db, cancel);
                match.Demand(reply.UpdatedAt);
                var errors = new ValidationErrors();
                var (name, text, language) = SavedReplyRules.Read(
                    input.Name.Or(reply.Name),
                    input.Text.Or(reply.Text),
                    input.Language.Or(reply.Language),
                    errors
                );
                errors.Refuse();
                if (input.Shared.Or(reply.Shared))
                {
                    who.Demand(Permission.SettingsManage);
                }

                var property = input.PropertyId.Or(reply.PropertyId);
                await SavedReplyRules.DemandProperty(property, who, db, cancel);
                (reply.Name, reply.NameKey, reply.Text, reply.Language) = (name!, Fold.Key(name!), text!, language);
                (reply.Shared, reply.PropertyId) = (input.Shared.Or(reply.Shared), property);
                var changed = db.Entry(reply)
                    .Properties.Where(p => p.IsModified && p.Metadata.Name != nameof(SavedReply.NameKey))
                    .Select(p => char.ToLowerInvariant(p.Metadata.Name[0]) + p.Metadata.Name[1..])
                    .ToList();
                if (changed.Count > 0)
                {
                    reply.UpdatedAt = db.Now.After(reply.UpdatedAt);
                    db.Happened(who, "savedReply.updated", "savedReply", id, changed);
                }

                return new Saved<SavedReplyRow>(SavedReplyRow.Of(reply), reply.UpdatedAt);
            },
            cancel
        );
    }
}

/// <summary>Deletes a saved reply.</summary>
public static class DeleteSavedReply
{
    /// <exception cref="Refusal">404; 403 for a shared one without settings.manage; 412 where <paramref name="match"/> names another
    /// version.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, IfMatch match, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        await db.Save(
            async () =>
            {
                var reply = await SavedReplyRules.ForChange(id, who, db, cancel);
                match.Demand(reply.UpdatedAt);
                db.SavedReplies.Remove(reply);
                db.Happened(who, "savedReply.deleted", "savedReply", id);
            },
            cancel
        );
    }
}
