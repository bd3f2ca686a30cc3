using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Team;

/// <summary>Says in few words what a browser says of itself in many.</summary>
internal static class DeviceName
{
    // The first that is found counts: Edge and Opera name Chrome too, and every Android names Linux.
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];

    /// <summary>Such as <c>Firefox on Windows</c>.</summary>
    /// <param name="agent">What the browser calls itself; null where it does not say.</param>
    public static string Of(string? agent, IStringLocalizer<TeamTexts> texts) =>
        (Find(Browsers, agent), Find(Systems, agent)) switch
        {
            ({ } browser, { } system) => texts["Session.On", browser, system],
            var (browser, system) => browser ?? system ?? texts["Session.Unknown"],
        };

    private static string? Find((string Sign, string Name)[] among, string? agent) =>
        agent is null ? null : among.Where(a => agent.Contains(a.Sign, StringComparison.Ordinal)).Select(a => a.Name).FirstOrDefault();
}
