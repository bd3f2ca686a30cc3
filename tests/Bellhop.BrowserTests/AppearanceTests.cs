using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class AppearanceTests(Browser browser)
{
    private static readonly HashSet<string> WithWideGuest = [];

    // Letters outside brackets, but for what guests and hoteliers wrote themselves, numbers, money, currencies and dates.
    internal const string Untranslated = """
        () => {
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const text = walk.currentNode.textContent.trim(), at = walk.currentNode.parentElement;
            if (!/\p{L}{2}/u.test(text) || /^[A-Z]{3}$/.test(text) || /^\p{L}{3,9}\.? \d{4}$/u.test(text) || /[\[\]]/.test(text)) continue;
            if (at.closest('script, style, [aria-hidden=true], bdi, [dir=auto], time, option')) continue;
            if (at.closest('.n, .since, .last, .card strong, .brand, .chip b')) continue;
            if (!at.checkVisibility()) continue;
            found.push(text);
          }
          for (const e of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
            if (e.closest('td.tags, time')) continue;
            for (const a of ['aria-label', 'title', 'placeholder']) {
              const text = e.getAttribute(a);
              if (text && /\p{L}{2}/u.test(text) && !/[\[\]]/.test(text)) found.push(a + '=' + text);
            }
          }
          return [...new Set(found)];
        }
        """;

    // How far the page stands out of the window, and the list out of its panel on either side, in whole pixels: a hairline's width is none.
    private const string StandsOut = """
        () => {
          const panel = document.querySelector('.panel.list').getBoundingClientRect();
          const list = document.querySelector('table.contacts').getBoundingClientRect();
          const beyond = pixels => Math.max(0, Math.floor(pixels));
          return [document.documentElement.scrollWidth - innerWidth, beyond(panel.left - list.left), beyond(list.right - panel.right)];
        }
        """;

    /// <summary>What is drawn does not depend on the database.</summary>
    public static TheoryData<string> Engines => ["sqlite"];

    public static TheoryData<string, ColorScheme> Looks => new() { { "sqlite", ColorScheme.Light }, { "sqlite", ColorScheme.Dark } };

    [Theory, MemberData(nameof(Looks))]
    public async Task Axe_finds_nothing_on_any_page_or_panel(string engine, ColorScheme colours)
    {
        var look = $"{(colours == ColorScheme.Dark ? "dark" : "light")}-{engine}";
        await browser.Visit(
            engine,
            null,
            "/sign-in",
            async page =>
            {
                await page.Accessible("sign-in");
                await page.Picture("sign-in-" + look);
            },
            new() { ColorScheme = colours }
        );
        await browser.Visit(engine, "housekeeper", "/contacts", page => page.Accessible("no permission"), new() { ColorScheme = colours });
        await browser.Visit(
            engine,
            "owner",
            "/contacts",
            async page =>
            {
                await page.Accessible("the list");
                await page.Picture("contacts-" + look);
                foreach (
                    var (path, what) in new[]
                    {
                        ("/contacts?panel=filters&source=BookingCom", "filters"),
                        ("/contacts?panel=import", "import"),
                        ("/contacts?q=zzzzqqq", "nobody-matches"),
                        ("/contacts/no-such-page", "not-found"),
                    }
                )
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    if (path.Contains("panel", StringComparison.Ordinal))
                    {
                        await page.Panel().WaitForAsync();
                    }

                    await page.Accessible(what);
                    await page.Picture(what + "-" + look);
                }

                await (await browser.Hotel(engine)).Booking("Seen Closely", "+351962348301");
                await page.GotoAsync("/contacts?q=Seen%20Closely");
                await page.Live();
                await page.Row("Seen Closely").HoverAsync();
                await page.Button("Edit Seen Closely").ClickAsync();
                await page.Panel().WaitForAsync();
                await page.Accessible("edit");
                await page.Picture("edit-" + look);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await page.Row("Seen Closely").HoverAsync();
                await page.Button("Delete Seen Closely").ClickAsync();
                await page.Panel().WaitForAsync();
                await page.Accessible("delete");
                await page.Picture("delete-" + look);
                await page.Button("Cancel").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                foreach (var status in new[] { "Confirmed", "Pending", "Cancelled", "Completed" })
                {
                    var booking = await (await browser.Hotel(engine)).Booking("Inês Valadares", "+351 912 345 611", status: status);
                    await page.GotoAsync("/bookings/" + booking.Id);
                    await page.Live();
                    await Expect(page.Locator(".pill")).ToHaveTextAsync(status);
                    await page.Accessible("the booking, " + status);
                    await page.Picture($"booking-{status}-{look}");
                }
            },
            new() { ColorScheme = colours }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public Task Every_text_comes_from_the_resources(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts?culture=qps-Ploc",
            async page =>
            {
                foreach (
                    var path in new[]
                    {
                        "/contacts",
                        "/contacts?panel=filters",
                        "/contacts?panel=import",
                        "/contacts?q=zzzzqqq",
                        "/contacts/duplicates",
                        "/contacts/duplicates?show=not-the-same",
                        "/settings/tags",
                        "/settings/account",
                        "/reviews",
                        "/reports",
                        "/bookings",
                        "/today",
                        "/bookings?panel=filters",
                        "/bookings?panel=new",
                        "/bookings?q=zzzzqqq",
                    }
                )
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    if (path.Contains("panel", StringComparison.Ordinal))
                    {
                        await page.Panel().WaitForAsync();
                    }

                    (await page.EvaluateAsync<string[]>(Untranslated)).ShouldBeEmpty(path);
                }
            }
        );

    [Theory, MemberData(nameof(Engines))]
    public Task From_right_to_left_everything_is_mirrored_and_fits(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts?culture=qps-plocm",
            async page =>
            {
                await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
                await AWideGuest(engine);
                await page.ReloadAsync();
                await page.Live();
                await page.Picture($"contacts-rtl-dark-{engine}");
                await FitsEverywhere(page);
                await page.SetViewportSizeAsync(1280, 900);
                await page.GotoAsync("/contacts?panel=import");
                await page.Live();
                await page.Panel().WaitForAsync();
                await page.Picture($"import-rtl-dark-{engine}");
                await page.Accessible("right to left");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );

    [Theory, MemberData(nameof(Engines))]
    public async Task The_list_fits_every_screen(string engine)
    {
        await AWideGuest(engine);
        await browser.Visit(engine, "owner", "/contacts", FitsEverywhere);
    }

    // As much as a row can hold: what fits with this guest fits with those that other tests left.
    private async Task AWideGuest(string engine)
    {
        if (!WithWideGuest.Add(engine))
        {
            return; // one booking of theirs is as wide as a row gets
        }

        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking(
            "Bartholomea Konstantinopolitanskaya-Featherstonehaugh van den Bosch",
            "+49 1512 3456789",
            "ChannelManager",
            total: 9_876_543,
            daysAhead: -40
        );
        foreach (
            var tag in new[]
            {
                "Returns every single summer",
                "Vegetarian and gluten-free",
                "Prefers the quiet courtyard side",
                "Pays on arrival",
            }
        )
        {
            await hotel.Tag(booking.ContactId!.Value, tag);
        }
    }

    private static async Task FitsEverywhere(IPage page)
    {
        var standing = new List<string>();
        foreach (var width in new[] { 1920, 1280, 1240, 1190, 1100, 1030, 900, 800, 375 })
        {
            await page.SetViewportSizeAsync(width, 900);
            var far = await page.EvaluateAsync<int[]>(StandsOut);
            if (far.Any(f => f > 0))
            {
                standing.Add($"{width} px: the page by {far[0]}, the list by {far[1]} and {far[2]}");
            }
        }

        standing.ShouldBeEmpty();
    }
}
