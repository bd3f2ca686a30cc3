namespace Bellhop.Ui;

/// <summary>Light, dark or as the system: what the viewer chose, kept in a cookie that the page's own script writes.</summary>
public static class Theme
{
    public const string Cookie = "bellhop-theme";
    public const string System = "system";

    public static IReadOnlyList<string> All { get; } = [System, "light", "dark"];

    public static string Of(HttpContext http) =>
        http.Request.Cookies[Cookie] is { } chosen && All.Contains(chosen, StringComparer.Ordinal) ? chosen : System;
}
