namespace Bellhop.Features.Contacts;

/// <summary>Days that are counted back from today, as bounds of a range.</summary>
internal static class RelativeDays
{
    public static DateOnly? Ago(DateOnly today, int? days) => days is { } some ? today.AddDays(-some) : null;

    public static DateOnly? Later(DateOnly? a, DateOnly? b) => a > b || b is null ? a : b;

    public static DateOnly? Earlier(DateOnly? a, DateOnly? b) => a < b || b is null ? a : b;
}
