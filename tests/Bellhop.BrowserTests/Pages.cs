using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What people do on every page.</summary>
internal static class Pages
{
    // All rules are asked. What passes is not described: that takes longer than the rules do.
    private const string Violations = """
        async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          const where = violation => violation.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ');
          return found.violations.map(violation => `${violation.id} (${violation.impact}) ${where(violation)}`);
        }
        """;

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    /// <param name="who">An e-mail address, or what stands before the @ of one of the hotel that all tests share.</param>
    public static async Task SignIn(this IPage page, string who, string password)
    {
        await page.GetByLabel("Email").FillAsync(who.Contains('@') ? who : who + "@lantern.example");
        await page.GetByLabel("Password").FillAsync(password);
        await page.Button("Sign in").ClickAsync();
    }

    /// <summary>Waits until the page answers clicks: its live part is drawn only then. Plain forms answer at once.</summary>
    public static async Task Live(this IPage page)
    {
        if (
            new Uri(page.Url).AbsolutePath is var path
            && path is not ("/sign-in" or "/sign-in/code" or "/recover" or "/setup" or "/api")
            && !path.StartsWith("/book/", StringComparison.Ordinal)
            && !path.StartsWith("/review/", StringComparison.Ordinal)
            && !path.StartsWith("/address", StringComparison.Ordinal)
            && !path.StartsWith("/invite/", StringComparison.Ordinal)
            && !path.StartsWith("/recover/", StringComparison.Ordinal)
            && !path.StartsWith("/confirm-email/", StringComparison.Ordinal)
        )
        {
            await page.Locator("[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }
    }

    /// <summary>
    /// Waits until the address bar holds a match. Most steps change it without a load, which the browser's own wait for a navigation may
    /// miss.
    /// </summary>
    public static Task At(this IPage page, string pattern) => Expect(page).ToHaveURLAsync(new Regex(pattern));

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static ILocator Panel(this IPage page) => page.GetByRole(AriaRole.Dialog);

    /// <summary>The guests in the list, one row each.</summary>
    public static ILocator Rows(this IPage page) => page.Locator("table.contacts tbody tr");

    public static ILocator Row(this IPage page, string name) => page.Rows().Filter(new() { HasText = name });

    /// <summary>Types into the search field and waits until the list has followed.</summary>
    public static async Task Search(this IPage page, string text)
    {
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search contacts" }).FillAsync(text);
        await page.At("q=");
        await Expect(page.Locator(".list[aria-busy=true]")).ToHaveCountAsync(0);
    }

    /// <summary>Fails where axe finds anything against WCAG 2.2 AA or good practice.</summary>
    /// <remarks><see cref="Hotel.IsLookedAt"/> says on which pages it is asked.</remarks>
    public static async Task Accessible(this IPage page, string what)
    {
        if (!Hotel.IsLookedAt(page))
        {
            return;
        }

        // The address changes before the page is drawn, and until then the link that skips the frame leads to the page before.
        var skip = page.Locator("a.skip");
        if (await skip.CountAsync() > 0)
        {
            try
            {
                var here = new Regex($"^{Regex.Escape(new Uri(page.Url).AbsolutePath)}([?#].*)?$");
                await Expect(skip).ToHaveAttributeAsync("href", here, new() { Timeout = 5000 });
            }
            catch (PlaywrightException)
            {
                // Then it stays so, and axe says what is wrong with that.
            }
        }

        // A panel that slides in is half transparent on its way. What goes on for ever, as a skeleton's breathing, is not waited for.
        await page.EvaluateAsync(
            "() => Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime !== "
                + "Infinity).map(a => a.finished.catch(() => null))).then(() => null)"
        );
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe.Value);
        }

        page.Frames.Count.ShouldBe(1, "axe is asked of the page alone");
        (await page.EvaluateAsync<string[]>(Violations)).Select(violation => $"{what}: {violation}").ShouldBeEmpty();
    }

    /// <summary>Keeps a picture of a page that is looked at.</summary>
    public static Task Picture(this IPage page, string name) => Hotel.IsLookedAt(page) ? page.Keep(name) : Task.CompletedTask;

    /// <summary>Keeps a picture under <c>artifacts/browser</c>, or in another folder of the source tree.</summary>
    public static Task Keep(this IPage page, string name, string folder = "artifacts/browser", [CallerFilePath] string here = "") =>
        page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Path.GetDirectoryName(here)!, "../..", folder, name + ".png"),
                Animations = ScreenshotAnimations.Disabled,
            }
        );
}
