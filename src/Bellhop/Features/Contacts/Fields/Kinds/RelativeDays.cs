namespace Bellhop.Features.Contacts;

/// <summary>Bounds of a range, given as numbers of days before today.</summary>
internal static class RelativeDays
{
    public static DateOnly? Ago(DateOnly today, int? days) => days is { } some ? today.AddDays(-some) : null;

    public static DateOnly? Later(DateOnly? a, DateOnly? b) => a > b || b is null ? a : b;

    public static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a < b || b is null ? a : b;
}
