using Bellhop.Platform;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Duplicates;

/// <summary>Says in words why two guests may be one, and how likely that is. Pages call it.</summary>
public static class DuplicateWords
{
    private const double Certain = 0.95;
    private const double Likely = 0.8;

    /// <summary>The reason without its value: show <see cref="DuplicateReason.Detail"/> beside it.</summary>
    public static string Of(DuplicateReason reason, IStringLocalizer<DuplicateTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(reason);
        ArgumentNullException.ThrowIfNull(texts);
        return texts["Reason." + reason.Kind];
    }

    /// <summary>By what a guest is told from others of the name: the phone, else the address.</summary>
    internal static string Reach(DuplicateRow.Guest guest, IStringLocalizer<DuplicateTexts> texts) =>
        guest.Phone is { } phone ? Phone.Display(phone) : guest.Email ?? texts["NoPhone"].Value;

    /// <summary>Whether the two are likely enough to be offered to be merged at once.</summary>
    internal static bool IsLikely(double score) => score >= Likely;

    /// <summary>How likely the two are one guest.</summary>
    /// <param name="score">The pair's score, 0 to 1.</param>
    public static string Likeness(double score, IStringLocalizer<DuplicateTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts[
            score >= Certain ? "Likeness.Certain"
            : IsLikely(score) ? "Likeness.Likely"
            : "Likeness.Maybe"
        ];
    }
}
