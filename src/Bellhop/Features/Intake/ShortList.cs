namespace Bellhop.Features.Intake;

/// <summary>The order of every short list of guests that somebody types for.</summary>
public static class ShortList
{
    /// <summary>How many of those found are ranked. The least recently added beyond them are not shown.</summary>
    public const int Candidates = 40;

    private const int WholeNumber = 6;

    /// <summary>
    /// The phone itself first (its last digits as typed), then who came and is active, the latest first, then who is expected, the soonest
    /// first, then who was here last. Guests whose whole name was typed stand before all these.
    /// </summary>
    public static IEnumerable<T> InOrder<T>(
        this IEnumerable<T> found,
        string typed,
        Func<T, string?> phone,
        Func<T, bool> isActive,
        Func<T, DateOnly?> lastArrival,
        DateOnly today
    )
    {
        var digits = string.Concat(typed.Where(char.IsAsciiDigit)).TrimStart('0');
        return found
            .OrderByDescending(g => digits.Length >= WholeNumber && phone(g)?.EndsWith(digits, StringComparison.Ordinal) == true)
            .ThenBy(g =>
                !isActive(g) ? 2
                : lastArrival(g) > today ? 1
                : 0
            )
            .ThenBy(g => isActive(g) && lastArrival(g) is { } next && next > today ? next.DayNumber : 0)
            .ThenByDescending(g => lastArrival(g) ?? DateOnly.MinValue);
    }
}
