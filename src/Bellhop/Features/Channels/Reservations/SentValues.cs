using System.Globalization;
using System.Text.RegularExpressions;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>Reads the values that senders write as text. What cannot be read is null.</summary>
internal static partial class SentValues
{
    /// <summary>More nights than any stay has.</summary>
    public const int MostNights = 999;

    /// <summary>No part of a total is larger, so that a sum of them cannot overflow.</summary>
    public const decimal MostMoney = 1e15m;

    /// <summary>The text without blanks around it; null for none.</summary>
    public static string? Text(string? raw) => string.IsNullOrWhiteSpace(raw) ? null : raw.Trim();

    /// <summary>Text in one line, as names and ids are written.</summary>
    public static string? Line(string? raw) => Text(raw) is { } text ? string.Join(' ', text.Split((char[]?)null, Blanks)) : null;

    /// <summary>The texts that are there, joined.</summary>
    public static string? Join(string between, params IEnumerable<string?> parts) =>
        Text(string.Join(between, parts.Where(p => p is not null)));

    /// <summary>YYYY-MM-DD, with or without a time or a time zone behind it: the day as it is written, where the property is.</summary>
    public static DateOnly? Day(string? raw) =>
        Text(raw) is { } text
        && (text.Length == 10 || (text.Length > 10 && text[10] is 'T' or ' ' or 'Z' or '+' or '-'))
        && Clock.ReadDay(text[..10]) is { } day
            ? day
            : null;

    /// <summary>An instant; one without a time zone is UTC. A day alone is its noon, which is the same day almost everywhere.</summary>
    public static DateTime? Instant(string? raw) =>
        Text(raw) is { Length: > 10 } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToMilliseconds()
            : Day(raw)?.ToDateTime(new(HoursOfDay / 2, 0), DateTimeKind.Utc);

    /// <summary>The instant as a revision: Unix milliseconds, as elsewhere.</summary>
    public static long? Revision(string? raw) => Instant(raw) is { } at ? new DateTimeOffset(at).ToUnixTimeMilliseconds() : null;

    /// <summary>An amount as people or programs write it.</summary>
    public static decimal? Amount(string? raw) => WrittenAmount.Read(raw, NumberStyles.AllowExponent);

    public static int? Number(string? raw) =>
        int.TryParse(Text(raw), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The amount with no more decimals than its currency has.</summary>
    public static decimal Rounded(decimal amount, string currency) =>
        Currency.IsKnown(currency) ? Math.Round(amount, Currency.Decimals(currency), MidpointRounding.AwayFromZero) : amount;

    /// <summary>The number of nights, of a duration: <c>P4N</c>, <c>P4D</c>, <c>P1W</c>, <c>P0Y0M4DT0H</c> or <c>PT96H</c>.</summary>
    public static int? Nights(string? raw)
    {
        if (Text(raw) is not { } text || Duration().Match(text) is not { Success: true } match)
        {
            return null;
        }

        int Of(int group) => Number(match.Groups[group].Value) ?? 0;
        var nights = (DaysOfWeek * Of(1)) + Of(2) + (Of(3) / HoursOfDay);
        return nights > 0 || match.Groups[2].Success ? nights : null;
    }

    /// <summary>The day so many nights later; null where there is no such day.</summary>
    public static DateOnly? After(DateOnly day, int nights) =>
        day.DayNumber + nights is var number && number >= 0 && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber(number)
            : null;

    /// <summary>Whether it is an address by which a booking site passes mail on, or one that nobody has.</summary>
    public static bool IsUsable(string? email) => Platform.Email.Parse(email) is { Usable: true };

    private const StringSplitOptions Blanks = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private const int DaysOfWeek = 7;
    private const int HoursOfDay = 24;

    [GeneratedRegex(
        "^P?(?:0+Y)?(?:0+M)?(?:([0-9]{1,2})W)?(?:([0-9]{1,3})[ND]?)?(?:T(?:([0-9]{1,4})H)?(?:[0-9]+M)?(?:[0-9.]+S)?)?$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Duration();
}
