using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ReportAndPaletteTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Reports_show_charts_tables_and_files(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/reports",
            async page =>
            {
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Revenue by month" })).ToBeVisibleAsync();
                await Expect(page.Locator("#r-properties")).ToHaveCountAsync(1);
                await Expect(page.Locator(".chart svg").First).ToBeVisibleAsync();
                await page.Accessible("the reports");
                await page.ScreenshotAsync(
                    new() { Path = Path.Combine(AppContext.BaseDirectory, $"../../../browser/reports-{engine}.png"), FullPage = true }
                );
                await page.GetByText("Figures as a table").First.ClickAsync();
                await Expect(page.Locator(".report").First.Locator("table tbody tr")).ToHaveCountAsync(12);
                await page.Accessible("the reports with a table open");
                var file = await page.RunAndWaitForDownloadAsync(() =>
                    page.GetByRole(AriaRole.Link, new() { Name = "Download CSV · By source" }).ClickAsync()
                );
                file.SuggestedFilename.ShouldStartWith("bookings-by-source-");
                (await File.ReadAllTextAsync((await file.PathAsync())!)).ShouldContain("source,bookings,nights,revenue,currency\r\n");

                await page.Locator("#report-from").FillAsync("2031-01-01");
                await page.Locator("#report-to").FillAsync("2030-12-31");
                await page.Button("Show").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("No bookings in these days");
                page.Url.ShouldContain("from=2031-01-01");
                await page.Live();
                await Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("Reports"));
                await page.Accessible("an empty report");
                await page.GotoAsync("/reports");
                await page.Live();
                await page.GetByLabel("Property", new() { Exact = true })
                    .SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" });
                await page.At("propertyId=");
                await Expect(page.Locator("#r-properties")).ToHaveCountAsync(0);
            },
            new() { ColorScheme = engine == "sqlite" ? ColorScheme.Light : ColorScheme.Dark, AcceptDownloads = true }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Whoever_may_not_see_reports_is_told_so(string engine) =>
        browser.Visit(
            engine,
            "frontdesk",
            "/reports",
            async page =>
            {
                await Expect(page.Locator("main")).ToContainTextAsync("You cannot see this");
                await Expect(page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })).Not.ToContainTextAsync("Reports");
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_palette_finds_and_opens_by_the_keyboard_alone(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Paletta Übersee", "+351962349801", daysAhead: -3);
        await hotel.Booking("Palina Other", "+351962349802", daysAhead: 0);
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings",
            async page =>
            {
                await page.Locator("#main a").First.FocusAsync();
                var before = await page.EvaluateAsync<string>("() => document.activeElement.outerHTML");
                await page.Keyboard.PressAsync("Control+k");
                var input = page.GetByRole(AriaRole.Combobox, new() { Name = "Guest, booking number, page or command" });
                await Expect(input).ToBeFocusedAsync();
                await page.Accessible("the palette");
                await Expect(Options(page).Filter(new() { HasText = "Segments" })).ToHaveCountAsync(1);
                await Expect(Options(page).Filter(new() { HasTextRegex = new("Reports|Imports") })).ToHaveCountAsync(0);
                await input.PressSequentiallyAsync("paletta uber");
                await Expect(Options(page).First).ToContainTextAsync("Paletta Übersee");
                await Expect(input).ToHaveAttributeAsync("aria-activedescendant", "po-0");
                await page.Accessible("the palette with results");
                await page.Picture("palette-" + engine);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Locator(".palette")).ToHaveCountAsync(0);
                (await page.EvaluateAsync<string>("() => document.activeElement.outerHTML")).ShouldBe(before);

                // What is shown when Enter is pressed was found for the shorter text.
                await page.Keyboard.PressAsync("Control+k");
                await Expect(input).ToBeFocusedAsync();
                await input.PressSequentiallyAsync("pal");
                await Expect(Options(page).First).ToContainTextAsync("Palina Other");
                await input.PressSequentiallyAsync("etta");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Paletta Übersee");
                await Expect(page.Panel()).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);

                await page.Keyboard.PressAsync("Control+k");
                await Expect(input).ToBeFocusedAsync();
                await input.PressSequentiallyAsync("contacts");
                await Expect(Options(page)).ToHaveCountAsync(1);
                await input.FillAsync("paletta");
                await Expect(Options(page).First).ToContainTextAsync("Paletta Übersee");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Paletta Übersee");
                page.Url.ShouldContain("/contacts/");
                await Expect(page.Locator(".palette")).ToHaveCountAsync(0);

                // Over an open panel too.
                await page.Keyboard.PressAsync("Control+k");
                await Expect(input).ToBeFocusedAsync();
                await input.FillAsync("r-1");
                await Expect(Options(page).First).ToContainTextAsync("R-1");
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(input).ToHaveAttributeAsync("aria-activedescendant", "po-1");
                await page.Keyboard.PressAsync("ArrowUp");
                await page.Keyboard.PressAsync("Enter");
                await page.At("/bookings/");
                await page.Locator("#palette-open").ClickAsync();
                await Expect(input).ToBeFocusedAsync();
                await input.FillAsync("dark");
                await Expect(Options(page)).ToHaveCountAsync(1);
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
                await Expect(page.Locator("#palette-open")).ToBeFocusedAsync();
            }
        );
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?source=Website&sort=name",
            async page =>
            {
                await page.Locator("#palette-open").ClickAsync();
                await page.Locator("#palette-input").FillAsync("paletta");
                await Expect(Options(page).First).ToContainTextAsync("Paletta Übersee");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Paletta Übersee");
                page.Url.ShouldEndWith("?source=Website&sort=name");
            }
        );
        await browser.Visit(
            engine,
            "owner",
            "/bookings",
            async page =>
            {
                foreach (
                    var (name, address) in new[]
                    {
                        ("imports", "/contacts/imports$"),
                        ("segments", "/contacts/segments$"),
                        ("tags", "/settings/tags$"),
                    }
                )
                {
                    await page.Locator("#palette-open").ClickAsync();
                    await page.Locator("#palette-input").FillAsync(name);
                    await Expect(Options(page)).ToHaveCountAsync(1);
                    await page.Keyboard.PressAsync("Enter");
                    await page.At(address);
                    await Expect(page.Locator(".palette")).ToHaveCountAsync(0);
                }
            }
        );
        await browser.Visit(
            engine,
            "owner",
            "/contacts?culture=qps-plocm",
            async page =>
            {
                await page.Locator("#palette-open").ClickAsync();
                await page.Locator("#palette-input").FillAsync("a");
                await Expect(Options(page).First).ToBeVisibleAsync();
                await page.WaitForTimeoutAsync(600);
                await page.Picture("palette-small-rtl-" + engine);
                await page.Accessible("the palette, small, dark, right to left");
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
            },
            new()
            {
                ColorScheme = ColorScheme.Dark,
                ViewportSize = new() { Width = 375, Height = 800 },
            }
        );
    }

    private static ILocator Options(IPage page) => page.Locator("#palette-list [role=option]");
}
