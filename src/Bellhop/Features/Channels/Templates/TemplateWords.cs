using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Channels;

/// <summary>What staff read of a template in place of WhatsApp's own words.</summary>
internal static class TemplateWords
{
    /// <summary>Whether it can be sent, and if not, why.</summary>
    public static string Status(string status, IStringLocalizer<ChannelTexts> texts) =>
        texts["Template." + status] is { ResourceNotFound: false } known ? known : texts["Template.Stopped"];

    /// <summary>What guests think of it, as WhatsApp says; null while it does not know.</summary>
    public static string? Quality(string? quality, IStringLocalizer<ChannelTexts> texts) =>
        texts["Quality." + quality] is { ResourceNotFound: false } known ? known.Value : null;

    /// <summary>A language with its country: templates of one language for two countries are two templates.</summary>
    public static string Language(string tag) =>
        LanguageNames.Find(tag) is not { } code ? tag
        : tag.Length > code.Length + 1 ? $"{LanguageNames.Show(code)} ({tag[(code.Length + 1)..]})"
        : LanguageNames.Show(code);
}
