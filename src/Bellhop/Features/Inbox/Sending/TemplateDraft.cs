using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>Checks a template that somebody wants to send, and writes what the guest will read.</summary>
internal static class TemplateDraft
{
    private const int ValueMax = 1024;

    public static async Task<OutgoingDraft.Part?> Read(
        SendMessage.TemplateInput wanted,
        Conversation conversation,
        ValidationErrors errors,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        if (conversation.Channel != AccountKind.WhatsApp)
        {
            errors.Add("template", ErrorText.Of<InboxTexts>("NoTemplates"));
            return null;
        }

        var template = await SeeTemplates
            .Of(conversation, db)
            .SingleOrDefaultAsync(t => t.Name == wanted.Name && t.Language == wanted.Language, cancel);
        if (template is null)
        {
            errors.Add("template.name", ErrorText.Of<InboxTexts>("NoSuchTemplate"));
            return null;
        }

        if (template.Status != TemplateText.Approved)
        {
            errors.Add("template.name", ErrorText.Of<InboxTexts>("TemplateNotApproved"));
        }

        var given = wanted.Parameters ?? new Dictionary<string, string>();
        var blanks = TemplateText.BlanksOf(template);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var blank in blanks)
        {
            if (errors.Text($"template.parameters.{blank}", given.GetValueOrDefault(blank), ValueMax, required: true) is { } value)
            {
                values[blank] = value;
            }
        }

        foreach (var unknown in given.Keys.Where(k => !blanks.Contains(k, StringComparer.Ordinal)))
        {
            errors.Add($"template.parameters.{(unknown.Length <= 64 ? unknown : unknown[..64])}", "Unknown");
        }

        return new(
            MessageType.Template,
            TemplateText.Fill(template.Components, values),
            Template: new(template.Name, template.Language, values)
        );
    }
}
