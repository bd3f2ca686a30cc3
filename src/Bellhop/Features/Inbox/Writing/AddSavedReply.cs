using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Keeps a reply to use again.</summary>
public static class AddSavedReply
{
    /// <param name="Name">1 to 100 characters.</param>
    /// <param name="Text">1 to 4,096 characters, with placeholders such as <c>{guest}</c>.</param>
    /// <param name="Language">As BCP 47 writes it.</param>
    /// <param name="Shared">For everybody; that needs settings.manage.</param>
    /// <param name="PropertyId">Only for guests of this property.</param>
    public sealed record Input(string Name, string Text, string? Language = null, bool Shared = false, Guid? PropertyId = null);

    /// <exception cref="Refusal">403 for a shared one without settings.manage; 404 for a property that the actor does not see; 400 listing
    /// every field at fault.</exception>
    public static async Task<Saved<SavedReplyRow>> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ConversationsReply);
        if (input.Shared)
        {
            who.Demand(Permission.SettingsManage);
        }

        var errors = new ValidationErrors();
        var (name, text, language) = SavedReplyRules.Read(input.Name, input.Text, input.Language, errors);
        errors.Refuse();
        return await db.Save(
            async () =>
            {
                await SavedReplyRules.DemandProperty(input.PropertyId, who, db, cancel);
                var reply = new SavedReply
                {
                    OrganizationId = who.OrganizationId,
                    Name = name!,
                    NameKey = Fold.Key(name!),
                    Text = text!,
                    Language = language,
                    Shared = input.Shared,
                    OwnerId = who.Id,
                    PropertyId = input.PropertyId,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                };
                db.SavedReplies.Add(reply);
                db.Happened(who, "savedReply.created", "savedReply", reply.Id);
                return new Saved<SavedReplyRow>(SavedReplyRow.Of(reply), reply.UpdatedAt, $"/saved-replies/{reply.Id}");
            },
            cancel
        );
    }
}
