using System.Globalization;

namespace Bellhop.Features.Flags;

/// <summary>Which birthdays are on a day. Whoever was born on 29 February has it on the 28th in a year without that day.</summary>
internal static class Birthday
{
    private const string Leap = "02-29";

    /// <summary>The ends of the stored birthdays (<c>MM-dd</c>) that are on this day.</summary>
    public static IEnumerable<string> Written(DateOnly day)
    {
        yield return day.ToString("MM-dd", CultureInfo.InvariantCulture);
        if (day is { Month: 2, Day: 28 } && !DateTime.IsLeapYear(day.Year))
        {
            yield return Leap;
        }
    }

    /// <param name="birthday">As stored, <c>yyyy-MM-dd</c>.</param>
    /// <param name="day">The day.</param>
    public static bool IsOn(string birthday, DateOnly day) => Written(day).Any(end => birthday.EndsWith(end, StringComparison.Ordinal));
}
