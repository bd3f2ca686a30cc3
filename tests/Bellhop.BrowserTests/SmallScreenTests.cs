using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>On a tablet and on a phone the lists keep what is read at the desk.</summary>
public class SmallScreenTests(Browser browser)
{
    // Words of names that stand on two lines although their line has room for them, or at all where a list has as much room as it needs.
    private const string Broken = """
        hasRoom => [...document.querySelectorAll('td.who b')].flatMap(b => {
          const text = b.firstChild, found = [], pen = document.createElement('canvas').getContext('2d');
          pen.font = getComputedStyle(b).font;
          for (const word of (text?.textContent ?? '').matchAll(/[^\s-]+/g)) {
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].map(r => Math.round(r.top))).size;
            if (lines > 1 && (hasRoom || pen.measureText(`${word[0]}-`).width < b.parentElement.clientWidth)) found.push(word[0]);
          }
          return found;
        })
        """;

    private const string Sideways = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nothing_of_a_list_is_lost_or_broken(ColorScheme colours)
    {
        var hotel = await browser.Hotel("sqlite");
        var guest = (await hotel.Booking("Florentina Vasconcelos-Albuquerque", "+351962341401")).ContactId!.Value;
        await hotel.Tag(guest, "Vegetarian");
        var look = colours == ColorScheme.Dark ? "dark" : "light";
        await browser.Visit(
            "sqlite",
            "owner",
            "/contacts",
            async page =>
            {
                foreach (var width in new[] { 761, 768, 830, 900, 1000 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    foreach (var cell in new[] { "td.from", "td.tags", "td.rating" })
                    {
                        await Expect(page.Row("Florentina").Locator(cell)).ToBeVisibleAsync();
                    }

                    (await page.EvaluateAsync<string[]>(Broken)).ShouldBeEmpty($"{width} px");
                    (await page.Locator("#q").BoundingBoxAsync())!.Width.ShouldBeGreaterThan(180, $"{width} px");
                    (await page.Locator("#palette-open span").BoundingBoxAsync())!.Width.ShouldBeGreaterThan(60, $"{width} px");
                }

                foreach (var (path, name) in new[] { ("/contacts", "contacts"), ("/bookings", "bookings"), ("/reports", "reports") })
                {
                    foreach (var width in new[] { 768, 375 })
                    {
                        await page.SetViewportSizeAsync(width, 900);
                        await page.GotoAsync(path);
                        await page.Live();
                        (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0, $"{path} at {width} px");
                        await page.Accessible($"{path} at {width} px");
                        await page.Picture($"{name}-{width}-{look}");
                        if (name == "bookings")
                        {
                            var total = width == 375 ? ".sum" : "td.n";
                            await Expect(page.Locator("table.stays tbody tr").First.Locator(total)).ToBeVisibleAsync();
                        }
                    }
                }
            },
            new() { ColorScheme = colours }
        );
    }

    [Fact]
    public async Task With_every_column_chosen_the_list_scrolls_and_no_name_is_broken_inside_a_word()
    {
        var hotel = await (await browser.Hotel("sqlite")).Another();
        await hotel.Booking("Krzysztof Brzęczyszczykiewicz-Wójcik", "+351962341411", total: 98_765_432);
        await hotel.Booking("Constantina Papadimitropoulos Vasconcelos", "+351962341409", total: 98_765_432);
        await browser.Visit(
            hotel,
            "owner",
            "/contacts?panel=view",
            async page =>
            {
                foreach (var column in await page.Locator(".view-form [id^=col-]").AllAsync())
                {
                    await column.CheckAsync();
                }

                await page.Button("Save for me").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("th.country")).ToBeVisibleAsync();
                foreach (var width in new[] { 1700, 1440, 1280, 1100, 1001, 900, 768, 700, 480 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    (await page.EvaluateAsync<string[]>(Broken, width > 700)).ShouldBeEmpty($"{width} px");
                    (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0, $"{width} px");
                }
            }
        );
    }

    [Fact]
    public Task A_column_of_a_report_says_its_figures_and_leads_to_its_bookings() =>
        browser.Visit(
            "sqlite",
            "owner",
            "/reports",
            async page =>
            {
                var chart = page.Locator(".report .chart").First;
                var column = chart.Locator("a[href]").Last;
                // The bookings it opens are those it counts: up to the last day of the report, and not to the month's end.
                var last = await page.Locator("#report-to").InputValueAsync();
                (await column.GetAttributeAsync("href"))!.ShouldEndWith("arrivalTo=" + last);
                await column.FocusAsync();
                await Expect(column.Locator(".said")).ToBeVisibleAsync();
                await page.Picture("chart-hover");
                (await chart.Locator("svg").BoundingBoxAsync())!.Width.ShouldBeGreaterThan(
                    (await page.Locator(".report").First.BoundingBoxAsync())!.Width - 60
                );
                await page.Keyboard.PressAsync("Enter");
                await page.At("/bookings\\?.*arrivalFrom=.*arrivalTo=");
                await Expect(page.Locator("table.stays")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task A_phone_shows_four_pages_and_the_others_behind_more() =>
        browser.Visit(
            "sqlite",
            "owner",
            "/reports",
            async page =>
            {
                var main = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
                await Expect(main.GetByRole(AriaRole.Link)).ToHaveCountAsync(8);
                await page.SetViewportSizeAsync(375, 800);
                await Expect(main.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Today", "Contacts", "Bookings", "Inbox"]);
                await main.GetByText("More").ClickAsync();
                await Expect(main.GetByRole(AriaRole.Link, new() { Name = "Reports" })).ToHaveAttributeAsync("aria-current", "page");
                await page.Accessible("the other pages on a phone");
                await page.Keyboard.PressAsync("Escape");
                await Expect(main.GetByRole(AriaRole.Link, new() { Name = "Settings" })).ToBeHiddenAsync();
                await main.GetByText("More").ClickAsync();
                await main.GetByRole(AriaRole.Link, new() { Name = "Settings" }).ClickAsync();
                await page.At("/settings$");
                await page.GotoAsync("/settings/audit");
                await page.Live();
                await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToBeInViewportAsync();
                (await page.EvaluateAsync<int>(Sideways)).ShouldBe(0);
            }
        );
}
