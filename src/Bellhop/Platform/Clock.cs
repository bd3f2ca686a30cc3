using System.Globalization;

namespace Bellhop.Platform;

/// <summary>Time as it is stored and compared: UTC, cut to milliseconds. Days follow the zone of the place.</summary>
public static class Clock
{
    /// <summary>The first and the last day that an input may name.</summary>
    public static readonly DateOnly Earliest = new(1900, 1, 1),
        Latest = new(2999, 12, 31);

    private const string IsoDay = "yyyy-MM-dd";

    /// <summary>Now in UTC, cut to milliseconds as both databases and the API keep it.</summary>
    public static DateTime Now(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.ToMilliseconds();

    public static DateTime ToMilliseconds(this DateTime instant) =>
        new(instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    /// <summary>Today in <paramref name="zone"/>.</summary>
    public static DateOnly Today(this TimeProvider clock, TimeZoneInfo zone) => clock.Now().DayIn(zone);

    /// <summary>A day as addresses, forms and the API write it, whatever the viewer's language: <c>2026-11-29</c>.</summary>
    public static string Iso(this DateOnly day) => day.ToString(IsoDay, CultureInfo.InvariantCulture);

    /// <summary>A day written as <see cref="Iso"/> writes it; otherwise null.</summary>
    public static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, IsoDay, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static DateOnly DayIn(this DateTime utc, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));

    /// <summary>The first day of the month that contains an instant, in <paramref name="zone"/>.</summary>
    public static DateOnly MonthIn(this DateTime utc, TimeZoneInfo zone)
    {
        var day = utc.DayIn(zone);
        return new(day.Year, day.Month, 1);
    }

    /// <summary>The instant when a day begins. If the clocks skip midnight, it is the first instant that exists.</summary>
    public static DateTime StartIn(this DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        // If midnight comes twice, the day begins at the first one, which has the greater offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        return new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc).ToMilliseconds();
    }

    /// <summary>
    /// An IANA zone by name, or null. Windows names give null, because they may mean something else on another machine.
    /// </summary>
    public static TimeZoneInfo? Zone(string name) =>
        name.Length is > 0 and <= 64
        && (name == "UTC" || name.Contains('/', StringComparison.Ordinal))
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId
            ? zone
            : null;
}
