using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What people shape for themselves, and what they write for each other.</summary>
public class DeskTests(Browser browser)
{
    private const string Watched = """
        () => new MutationObserver(all => { if (all.some(one => one.target.matches('.side-panel'))) window.hadPanel = true; })
          .observe(document.body, { subtree: true, attributeFilter: ['open'] })
        """;

    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";
    private const string Apart = """
        () => {
          const all = [...document.querySelectorAll('.list-tabs a, .list-tabs .count')].map(e => e.getBoundingClientRect());
          const middles = all.map(box => (box.top + box.bottom) / 2);
          return Math.max(...middles) - Math.min(...middles);
        }
        """;

    private const string Frames = """
        left => new Promise(done => {
          const next = () => left-- > 0 ? requestAnimationFrame(next) : done();
          next();
        })
        """;

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_language_is_chosen_in_the_account_menu_and_days_are_written_as_its_region_does(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/today",
            async page =>
            {
                var day = page.Locator("time.long");
                await Expect(day).ToHaveTextAsync(new Regex("^[A-Z][a-z]+,? \\d+ [A-Z]"));
                await page.Locator("header .account-menu summary").ClickAsync();
                await page.Accessible("the account menu");
                await page.Locator("#language").SelectOptionAsync("en-US");
                await page.Button("Use this language").ClickAsync();
                await page.At("/today$");
                await Expect(day).ToHaveTextAsync(new Regex("^[A-Z][a-z]+, [A-Z][a-z]+ \\d+, \\d{4}$"));
                await page.Live();
                await page.Locator("header .account-menu summary").ClickAsync();
                await Expect(page.Locator("#language")).ToHaveValueAsync("en-US");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Columns_low_rows_and_tabs_are_chosen_and_stay(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Booking("From Afar", "+3546112101", daysAhead: 2);
        await hotel.Segment("Here now", new(InHouse: true));
        await hotel.Segment("Here soon", new(Active: true));
        await browser.Visit(
            hotel,
            "owner",
            "/contacts",
            async page =>
            {
                await page.Button("Columns").ClickAsync();
                await Expect(page.Locator("#col-country")).Not.ToBeCheckedAsync();
                await page.Accessible("the choice of columns");
                foreach (var column in new[] { "country", "language", "loyalty" })
                {
                    await page.Locator("#col-" + column).CheckAsync();
                }

                await page.Locator("#col-source").UncheckAsync();
                await page.Locator("#view-dense").CheckAsync();
                await page.GetByLabel("Here now").CheckAsync();
                await page.GetByLabel("Here soon").CheckAsync();
                await page.Button("Save for me").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("th.country")).ToHaveTextAsync("Country");
                await Expect(page.Locator("th.from")).ToHaveCountAsync(0);
                await Expect(page.Row("From Afar").Locator("td.country")).ToContainTextAsync("Iceland");
                await Expect(page.Row("From Afar").Locator("td.words")).ToHaveTextAsync("–");
                foreach (var header in new[] { "country", "words", "loyalty" })
                {
                    await Expect(page.Locator("th." + header)).ToHaveCSSAsync("display", "table-cell");
                }

                // The tabs stand in a line, each with its number beside its name, and no page scrolls sideways.
                await Expect(page.Locator(".list-tabs .count")).ToHaveCountAsync(2);
                foreach (var width in new[] { 1280, 1001, 768, 375 })
                {
                    await page.SetViewportSizeAsync(width, 800);
                    (await page.EvaluateAsync<double>(Apart)).ShouldBeLessThan(4, $"{width} px");
                    (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0, $"{width} px");
                }

                await page.Picture("columns-375-" + engine);
                await page.SetViewportSizeAsync(1280, 900);
                await page.Accessible("a list with columns of one's own");
                await page.Picture("columns-" + engine);

                await page.ReloadAsync();
                await page.Live();
                await Expect(page.Locator("th.country")).ToHaveCountAsync(1);
                await page.Locator("#filters").ClickAsync();
                await page.Locator("#f-country").SelectOptionAsync("IS");
                await page.Accessible("the filters with a country");
                await page.Panel().Locator("button[type=submit]").Last.ClickAsync();
                await page.At("country=IS");
                await Expect(page.Rows()).ToHaveCountAsync(1);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_note_for_a_colleague_by_a_day_is_written_and_done(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var guest = (await hotel.Booking("Handed Over", "+351962349121")).ContactId!.Value;
        await browser.Visit(
            engine,
            "frontdesk",
            $"/contacts/{guest}",
            async page =>
            {
                await page.Button("Add note").ClickAsync();
                await page.Locator("#note-text").PressSequentiallyAsync("Fetch the bags @An");
                await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Ana Sequeira" })).ToBeVisibleAsync();
                await page.Accessible("the names of colleagues in a note");
                await page.Keyboard.PressAsync("Enter");
                await page.Locator("#note-due").FillAsync("2030-05-01");
                await page.Accessible("a note with a day and a mention");
                await page.Button("Save note").ClickAsync();
                var note = page.Locator(".staff-note").Filter(new() { HasText = "Fetch the bags @Ana Sequeira" });
                await Expect(note).ToContainTextAsync("1 May 2030");
                await Expect(note.Locator("time")).ToHaveTextAsync("just now");
                await Expect(note.Locator("time")).ToHaveAttributeAsync("title", new Regex("\\d:\\d\\d"));
                await note.Locator("input[type=checkbox]").CheckAsync();
                await Expect(note.Locator("label.done")).ToHaveCountAsync(1);
                await page.Accessible("a note that is done");
            }
        );
    }

    [Fact]
    public async Task Colleagues_are_offered_also_where_their_names_come_after_the_at_sign()
    {
        var hotel = await browser.Hotel("sqlite");
        var guest = (await hotel.Booking("Mentioned Soon", "+351962349122")).ContactId!.Value;
        await browser.Visit(
            "sqlite",
            "frontdesk",
            $"/contacts/{guest}",
            async page =>
            {
                await page.Button("Add note").ClickAsync();
                var text = page.Locator("#note-text");
                await Expect(text).ToHaveAttributeAsync("data-names", new Regex("Ana Sequeira"));
                var names = await text.EvaluateAsync<string>(
                    "box => { const names = box.dataset.names; box.removeAttribute('data-names'); return names; }"
                );
                await text.PressSequentiallyAsync("Fetch the bags @An");
                await text.EvaluateAsync("(box, names) => box.dataset.names = names", names);
                await Expect(page.GetByRole(AriaRole.Option, new() { Name = "Ana Sequeira" })).ToBeVisibleAsync();
            }
        );
    }

    [Fact]
    public Task What_is_typed_while_a_panel_opens_is_typed_in_it() =>
        browser.Visit(
            "sqlite",
            "frontdesk",
            "/contacts",
            async page =>
            {
                // Both in one turn of the browser: the panel cannot be there yet.
                await page.Locator("#import").EvaluateAsync("link => link.click()");
                await page.Keyboard.TypeAsync("932 100 200");
                await Expect(page.Locator("#add-phone")).ToHaveValueAsync("932 100 200");
                await page.Locator("[data-unsaved]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            }
        );

    [Fact]
    public Task Escape_pressed_while_a_panel_opens_closes_it() =>
        browser.Visit(
            "sqlite",
            "frontdesk",
            "/contacts",
            async page =>
            {
                await page.EvaluateAsync(Watched);
                await page.Locator("#filters").EvaluateAsync("link => link.click()");
                await page.Keyboard.PressAsync("Escape");
                await page.WaitForFunctionAsync("() => window.hadPanel && !document.querySelector('.side-panel')");
                await page.At("/contacts$");
            }
        );

    [Fact]
    public Task The_keyboard_stays_where_somebody_put_it_after_a_panel_opened() =>
        browser.Visit(
            "sqlite",
            "frontdesk",
            "/contacts?panel=import",
            async page =>
            {
                await Expect(page.Locator("#add-phone")).ToBeFocusedAsync();
                await page.Locator("#add-name").ClickAsync();
                await page.EvaluateAsync(Frames, 70);
                await Expect(page.Locator("#add-name")).ToBeFocusedAsync();
            }
        );
}
