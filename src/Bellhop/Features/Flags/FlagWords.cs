using System.Globalization;
using Bellhop.Ui;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Flags;

/// <summary>A flag in the viewer's words.</summary>
/// <param name="Look">The CSS class.</param>
/// <param name="Icon">The name of its icon.</param>
/// <param name="Label">The kind, or the tag's name.</param>
/// <param name="Detail">What else there is to say; null for nothing.</param>
public sealed record FlagWords(string Look, string Icon, string Label, string? Detail)
{
    /// <summary>The whole flag as one text, such as "Allergy: nuts".</summary>
    public string Whole => Detail is null ? Label : $"{Label}: {Detail}";

    public static FlagWords Of(GuestFlag flag, IStringLocalizer<FlagTexts> texts) =>
        flag.Reason switch
        {
            GuestFlagKind.Allergy => new("bad", "warn", texts["Allergy"], flag.Text),
            GuestFlagKind.Incident => new("bad", "warn", texts["Incident"], flag.Text),
            GuestFlagKind.Pinned => new("pin", "bell", texts["Pinned"], flag.Text),
            GuestFlagKind.Tag => new("vip", "star", flag.Text, null),
            GuestFlagKind.NoShow => new("wait", "out", texts["NoShow"], NoShows(flag, texts)),
            GuestFlagKind.Birthday => new("gift", "gift", texts["Birthday"], Show.Day(Day(flag))),
            _ => new("wait", "star", texts["PoorReview"], flag.Text),
        };

    private static string NoShows(GuestFlag flag, IStringLocalizer<FlagTexts> texts)
    {
        var day = Show.Day(Day(flag));
        return flag.Number == 1 ? texts["NoShow.One", day] : texts["NoShow.Many", Show.Number(flag.Number), day];
    }

    private static DateOnly Day(GuestFlag flag) => DateOnly.ParseExact(flag.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
