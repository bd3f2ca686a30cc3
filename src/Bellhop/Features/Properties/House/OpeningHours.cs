using System.Globalization;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>A time in which the reception is open, at the property's clock.</summary>
/// <param name="Day">The day on which it opens: <c>monday</c> to <c>sunday</c>.</param>
/// <param name="From"><c>HH:mm</c>.</param>
/// <param name="To">
/// <c>HH:mm</c>. An earlier time than <paramref name="From"/> is on the next day; the same time means open all day.
/// </param>
public sealed record OpeningTime(string Day, string From, string To);

/// <summary>
/// When a property's reception is open, and how it is stored: such as <c>1 08:00-12:00;1 14:00-22:00</c>, Monday being 1.
/// </summary>
public static class OpeningHours
{
    public const int MostADay = 4;

    /// <summary>The longest stored text.</summary>
    public const int MostLetters = 7 * MostADay * 14;

    private const int Day = 24 * 60,
        Week = 7 * Day;

    /// <summary>The days' names, Monday first.</summary>
    public static IReadOnlyList<string> Days { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>The text to store. Adds an error for every time that is none, and for times that overlap.</summary>
    public static string Read(string field, IReadOnlyList<OpeningTime> given, ValidationErrors errors)
    {
        if (given.Count > Days.Count * MostADay)
        {
            errors.Add(field, ErrorText.Of<PropertyTexts>("Hours.Many", MostADay));
            return "";
        }

        var spans = new List<(int Day, int From, int Length, string Text)>();
        for (var i = 0; i < given.Count; i++)
        {
            var day = Days.ToList().IndexOf(given[i]?.Day ?? "");
            if (day < 0)
            {
                errors.Add($"{field}[{i}].day", "OneOf", string.Join(", ", Days));
            }

            if (Minute(given[i]?.From) is { } from && Minute(given[i]?.To) is { } to)
            {
                spans.Add((day, (day * Day) + from, Length(from, to), $"{day + 1} {given[i].From}-{given[i].To}"));
            }
            else
            {
                errors.Add($"{field}[{i}]", ErrorText.Of<PropertyTexts>("Hours.Time"));
            }
        }

        if (spans.GroupBy(s => s.Day).Any(d => d.Count() > MostADay))
        {
            errors.Add(field, ErrorText.Of<PropertyTexts>("Hours.Many", MostADay));
        }

        spans.Sort();
        for (var i = 0; i < spans.Count && spans.Count > 1; i++)
        {
            // The week goes round: Sunday night may last into Monday.
            var next = i + 1 < spans.Count ? spans[i + 1].From : spans[0].From + Week;
            if (spans[i].From + spans[i].Length > next)
            {
                errors.Add(field, ErrorText.Of<PropertyTexts>("Hours.Overlap"));
                break;
            }
        }

        return string.Join(';', spans.Select(s => s.Text));
    }

    /// <summary>The times of a stored text.</summary>
    public static IReadOnlyList<OpeningTime> Of(string stored) =>
        [
            .. stored
                .Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(span => new OpeningTime(Days[span[0] - '1'], span[2..7], span[8..13])),
        ];

    /// <summary>Whether the reception is open at a time of the property's clock; always where nobody said when it is.</summary>
    public static bool IsOpen(string stored, DateTime local)
    {
        var minute = ((((int)local.DayOfWeek + 6) % 7) * Day) + (int)local.TimeOfDay.TotalMinutes;
        return stored.Length == 0 || Of(stored).Any(Holds);

        bool Holds(OpeningTime time)
        {
            var (from, to) = (Minute(time.From) ?? 0, Minute(time.To) ?? 0);
            var start = (Days.ToList().IndexOf(time.Day) * Day) + from;
            var passed = (minute - start + Week) % Week;
            return passed < Length(from, to);
        }
    }

    /// <summary>The times of one day as people type them, such as <c>08:00-12:00, 14:00-22:00</c>.</summary>
    internal static string Typed(IReadOnlyList<OpeningTime> times, string day) =>
        string.Join(", ", times.Where(t => t.Day == day).Select(t => $"{t.From}-{t.To}"));

    /// <summary>Reads what <see cref="Typed(IReadOnlyList{OpeningTime}, string)"/> writes. What is no time comes back as it is.</summary>
    internal static IEnumerable<OpeningTime> Typed(string day, string? text) =>
        (text ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(span =>
                span.Split(['-', '–'], 2, StringSplitOptions.TrimEntries) is [var from, var to]
                    ? new OpeningTime(day, Full(from), Full(to))
                    : new(day, span, "")
            );

    private static string Full(string time) => time.Length == 4 && time[1] == ':' ? "0" + time : time;

    private static int Length(int from, int to) => to > from ? to - from : to + Day - from;

    private static int? Minute(string? time) =>
        TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? (at.Hour * 60) + at.Minute
            : null;
}
