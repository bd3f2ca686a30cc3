using System.Globalization;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>What a saved reply may say, and who may change it.</summary>
internal static class SavedReplyRules
{
    public static (string? Name, string? Text, string? Language) Read(string? name, string? text, string? language, ValidationErrors errors)
    {
        var called = errors.Text("name", name, SavedReply.NameMax, required: true);
        var says = errors.Text("text", text, SavedReply.TextMax, required: true, multiline: true);
        var tag = errors.Text("language", language, SavedReply.LanguageMax);
        if (says is not null && Placeholders.Unknown(says) is { Count: > 0 } unknown)
        {
            var known = string.Join(", ", Placeholders.All.Select(p => "{" + p + "}"));
            errors.Add("text", ErrorText.Of<InboxTexts>("UnknownPlaceholder", "{" + unknown[0] + "}", known));
        }

        if (tag is not null && !IsLanguage(tag))
        {
            errors.Add("language", ErrorText.Of<InboxTexts>("NoLanguage"));
        }

        return (called, says, tag);
    }

    /// <exception cref="Refusal">404 for a property that the actor does not see.</exception>
    public static async Task DemandProperty(Guid? id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (id is { } property && await db.FindProperty(property, who, cancel) is null)
        {
            throw Refusal.NotThere("property", property);
        }
    }

    /// <summary>A reply that the actor may change: an own one, or with settings.manage a shared one.</summary>
    /// <exception cref="Refusal">404; 403.</exception>
    public static async Task<SavedReply> ForChange(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var reply =
            await db.SavedReplies.VisibleTo(who).SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw Refusal.NotThere("savedReply", id);
        if (reply.Shared)
        {
            who.Demand(Permission.SettingsManage);
        }

        return reply;
    }

    private static bool IsLanguage(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
