using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Inbox;

/// <summary>How a conversation is put into words on pages.</summary>
internal static class InboxWords
{
    private const long Kilo = 1024;

    /// <summary>Below this, a window is about to close.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    /// <summary>The channel's name among the sources of guests, which have their icons and words.</summary>
    public static string Source(string channel) =>
        channel switch
        {
            "whatsApp" => "WhatsApp",
            "messenger" => "Facebook",
            "instagram" => "Instagram",
            _ => "Telegram",
        };

    /// <summary>What a guest is called; null for one without a name.</summary>
    public static string? NameOf(ConversationRow row) => row.Contact?.Name ?? row.Visitor;

    /// <summary>The name, or the words for a guest without one.</summary>
    public static string Called(ConversationRow row, IStringLocalizer<InboxTexts> texts) => NameOf(row) ?? texts["Nameless"];

    /// <summary>The beginning of the last message, or what it is where it has no words.</summary>
    public static string Preview(ConversationRow row, IStringLocalizer<InboxTexts> texts) =>
        row.Last is null ? texts["Last.None"] : row.Last.Preview ?? texts["Type." + (row.Shown.LastType ?? MessageType.Text)];

    /// <summary>How long something has been going on or still goes on, in its one greatest unit.</summary>
    public static string Span(TimeSpan span, string of, IStringLocalizer<InboxTexts> texts) =>
        span.TotalHours < 1 ? texts.Many(of + ".Minutes", Math.Max(1, (long)span.TotalMinutes))
        : span.TotalDays < 2 ? texts.Many(of + ".Hours", (long)span.TotalHours)
        : texts.Many(of + ".Days", (long)span.TotalDays);

    /// <summary>How long one may still answer, and whether that ends soon. Null where the channel has no such limit.</summary>
    public static (string Text, bool IsSoon)? Window(ConversationRow row, DateTime now, IStringLocalizer<InboxTexts> texts) =>
        row.Window is not { } window ? null
        : window.Kind == "closed" ? (texts[row.Channel == "whatsApp" ? "Window.Templates" : "Window.Closed"], false)
        : (Span(window.ClosesAt - now, window.Kind == "free" ? "Window.Left" : "Window.People", texts), window.ClosesAt - now < Soon);

    /// <summary>How large a file is.</summary>
    public static string Size(long bytes, IStringLocalizer<InboxTexts> texts) =>
        bytes < Kilo ? texts["Size.Bytes", Show.Number(bytes)]
        : bytes < Kilo * Kilo ? texts["Size.Kilo", Show.Number(bytes / Kilo)]
        : texts["Size.Mega", Show.Number(bytes / Kilo / Kilo)];

    /// <summary>When something was, as short as it can be said: the time today, the weekday within six days, else the day.</summary>
    public static string When(DateTime at, DateTime now, TimeZoneInfo zone)
    {
        var (day, today) = (at.DayIn(zone), now.DayIn(zone));
        return day == today ? Show.Time(at, zone)
            : day < today && today.DayNumber - day.DayNumber < 7 ? Show.Weekday(day)
            : Show.Day(day);
    }

    /// <summary>Until when something is put off: the time alone where that is today.</summary>
    public static string Until(DateTime at, DateTime now, TimeZoneInfo zone) =>
        at.DayIn(zone) == now.DayIn(zone) ? Show.Time(at, zone)
        : at.DayIn(zone).DayNumber - now.DayIn(zone).DayNumber < 7 ? $"{Show.Weekday(at.DayIn(zone))} {Show.Time(at, zone)}"
        : Show.Instant(at, zone);
}
