using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Until when one usually snoozes a conversation, where the property is.</summary>
internal static class SnoozeChoices
{
    private const int Evening = 18;
    private const int Morning = 9;

    /// <param name="now">UTC.</param>
    public static IEnumerable<(string Key, DateTime Until)> Of(DateTime now, TimeZoneInfo zone)
    {
        var today = now.DayIn(zone);
        yield return ("Hour", now.AddHours(1));
        if (At(today, Evening, zone) is var evening && evening > now.AddHours(1))
        {
            yield return ("Evening", evening);
        }

        yield return ("Tomorrow", At(today.AddDays(1), Morning, zone));
        var monday = today.AddDays(((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7 is var days and > 0 ? days : 7);
        if (monday > today.AddDays(1))
        {
            yield return ("Monday", At(monday, Morning, zone));
        }
    }

    /// <summary>A time that somebody typed, as UTC; one that the clocks skip is the next that there is.</summary>
    public static DateTime ToUtc(DateTime there, TimeZoneInfo zone)
    {
        var at = DateTime.SpecifyKind(there, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(at) ? at.AddHours(1) : at, zone);
    }

    private static DateTime At(DateOnly day, int hour, TimeZoneInfo zone) => ToUtc(day.ToDateTime(new(hour, 0)), zone);
}
