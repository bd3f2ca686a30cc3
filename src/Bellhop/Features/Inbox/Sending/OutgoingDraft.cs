using System.Text;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>What somebody wants to send, checked: the messages that it becomes on the conversation's channel.</summary>
internal sealed record OutgoingDraft(IReadOnlyList<OutgoingDraft.Part> Parts, string? ReplyTo)
{
    /// <summary>One message of the channel.</summary>
    public sealed record Part(MessageType Type, string? Text, Upload? File = null, SendMessage.TemplateInput? Template = null);

    public bool IsTemplate => Parts is [{ Template: not null }];

    /// <exception cref="Refusal">400 listing every field at fault; 404 for an attachment or quoted message that is not there.</exception>
    public static async Task<OutgoingDraft> Read(
        SendMessage.Input input,
        Conversation conversation,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var errors = new ValidationErrors();
        var limits = SendLimits.Of(conversation.Channel);
        var text = errors.Text("text", input.Text, ChannelItem.TextMax, multiline: true);
        var ids = (input.AttachmentIds ?? []).Distinct().ToList();
        if (LengthOf(text, conversation.Channel) > limits.Text)
        {
            errors.Add("text", ErrorText.Of<InboxTexts>("TooLongForChannel", limits.Text));
        }

        if (ids.Count > SendMessage.FilesMost)
        {
            errors.Add("attachmentIds", ErrorText.Of<InboxTexts>("TooManyFiles", SendMessage.FilesMost));
        }

        if (input.Template is not null && (text is not null || ids.Count > 0))
        {
            errors.Add("template", ErrorText.Of<InboxTexts>("TemplateAlone"));
        }
        else if (input.Template is null && text is null && ids.Count == 0 && !errors.Any)
        {
            errors.Add("text", "Required");
        }

        var template = input.Template is { } wanted ? await TemplateDraft.Read(wanted, conversation, errors, db, cancel) : null;
        errors.Refuse();
        var replyTo = await Quoted(input.ReplyTo, conversation, db, cancel);
        if (template is not null)
        {
            return new([template], replyTo);
        }

        var files = new List<Upload>();
        foreach (var id in ids)
        {
            files.Add(
                await db.Uploads.SingleOrDefaultAsync(
                    u =>
                        u.OrganizationId == who.OrganizationId
                        && u.Id == id
                        && u.ConversationId == conversation.Id
                        && u.UploaderId == who.Id,
                    cancel
                ) ?? throw Refusal.NotThere("attachment", id)
            );
        }

        return new([.. PartsOf(text, files, limits)], replyTo);
    }

    private static IEnumerable<Part> PartsOf(string? text, List<Upload> files, SendLimits limits)
    {
        var isCaption =
            text is not null
            && files.Count > 0
            && text.Length <= limits.Caption
            && files[0].Type is not (MessageType.Audio or MessageType.Sticker);
        if (text is not null && !isCaption)
        {
            yield return new(MessageType.Text, text);
        }

        for (var i = 0; i < files.Count; i++)
        {
            yield return new(files[i].Type, i == 0 && isCaption ? text : null, files[i]);
        }
    }

    // Instagram counts bytes.
    private static int LengthOf(string? text, AccountKind channel) =>
        text is null ? 0
        : channel == AccountKind.Instagram ? Encoding.UTF8.GetByteCount(text)
        : text.Length;

    /// <summary>The provider's id of the message to quote; a caller names it by either id.</summary>
    private static async Task<string?> Quoted(string? replyTo, Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        if (replyTo is null)
        {
            return null;
        }

        var id = Guid.TryParse(replyTo, out var ours) ? ours : Guid.Empty;
        return await db
                .Messages.Where(m => m.OrganizationId == conversation.OrganizationId && m.ConversationId == conversation.Id)
                .Where(m => m.ExternalId != null && (m.Id == id || m.ExternalId == replyTo))
                .Select(m => m.ExternalId)
                .FirstOrDefaultAsync(cancel)
            ?? throw Refusal.NotThere("message", id);
    }
}
