using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ContactsPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Four_cards_each_open_the_list_they_count(string engine) =>
        browser.Visit(
            engine,
            "viewer",
            "/contacts",
            async page =>
            {
                var cards = page.Locator(".cards .card");
                await Expect(cards).ToHaveCountAsync(4);
                int.Parse(await cards.Nth(0).Locator("strong").InnerTextAsync()).ShouldBeGreaterThanOrEqualTo(Hotel.Guests);
                await Expect(cards.Nth(3).Locator("strong")).ToContainTextAsync("€");

                var active = await cards.Nth(1).Locator("strong").InnerTextAsync();
                await cards.Nth(1).ClickAsync();
                await Expect(page.Locator(".chips [role=status]")).ToHaveTextAsync($"{active} match");
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Staff_filter_and_sort_and_the_link_shows_a_colleague_the_same(string engine)
    {
        var hotel = await browser.Hotel(engine);
        foreach (
            var (name, phone, source, total) in new[]
            {
                ("Sortwise Low", "+351962348001", "BookingCom", 10),
                ("Sortwise High", "+351962348002", "BookingCom", 9_000),
                ("Sortwise Web", "+351962348003", "Website", 500),
            }
        )
        {
            await hotel.Booking(name, phone, source, total);
        }

        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Sortwise",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await page.Locator("#filters").ClickAsync();
                await page.Panel().GetByLabel("Booking.com").CheckAsync();
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Show guests" }).ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Rows()).ToHaveCountAsync(2);
                await Expect(page.Row("Sortwise Web")).ToHaveCountAsync(0);

                var spent = page.GetByRole(AriaRole.Columnheader, new() { Name = "Total Spent" });
                await spent.GetByRole(AriaRole.Link).ClickAsync();
                await Expect(spent).ToHaveAttributeAsync("aria-sort", "descending");
                await Expect(Names(page)).ToHaveTextAsync(["Sortwise High", "Sortwise Low"]);
                await spent.GetByRole(AriaRole.Link).ClickAsync();
                await Expect(spent).ToHaveAttributeAsync("aria-sort", "ascending");
                await Expect(Names(page)).ToHaveTextAsync(["Sortwise Low", "Sortwise High"]);

                await browser.Visit(
                    engine,
                    "frontdesk",
                    new Uri(page.Url).PathAndQuery,
                    async colleague =>
                    {
                        await Expect(Names(colleague)).ToHaveTextAsync(["Sortwise Low", "Sortwise High"]);
                        await Expect(Source(colleague)).ToContainTextAsync("Booking.com");
                    }
                );

                await page.GetByRole(AriaRole.Link, new() { Name = "Clear all" }).ClickAsync();
                await Expect(page.Locator(".chip")).ToHaveCountAsync(0);
                await page.GoBackAsync();
                await Expect(Source(page)).ToContainTextAsync("Booking.com");
                await Expect(Names(page)).ToHaveTextAsync(["Sortwise Low", "Sortwise High"]);
            }
        );

        static ILocator Source(IPage page) => page.Locator(".chip").Filter(new() { HasText = "Source" });
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Load_more_adds_the_next_25_each_guest_once(string engine) =>
        browser.Visit(
            engine,
            "viewer",
            "/contacts",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(25);
                await page.Button("Load More (25)").ClickAsync();
                await Expect(page.Rows()).ToHaveCountAsync(50);
                var guests = await page.Rows()
                    .EvaluateAllAsync<string[]>("rows => rows.map(row => row.querySelector('a').getAttribute('href'))");
                guests.Distinct().Count().ShouldBe(50);
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_who_arrives_meanwhile_is_announced_and_moves_nobody(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Nova Primeira", "+351962348101");
        await browser.Visit(
            engine,
            "viewer",
            "/contacts?q=Nova",
            async page =>
            {
                await Expect(Names(page)).ToHaveTextAsync(["Nova Primeira"]);
                await hotel.Booking("Nova Chegada", "+351962348102"); // the page lives: whoever comes from here on is heard of

                var chip = page.GetByRole(AriaRole.Button, new() { Name = "1 new" });
                await chip.WaitForAsync();
                await Expect(Names(page)).ToHaveTextAsync(["Nova Primeira"]);
                await chip.ClickAsync();
                await Expect(Names(page)).ToHaveTextAsync(["Nova Chegada", "Nova Primeira"]);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task On_a_telephone_the_page_fits_and_names_are_whole(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts",
            async page =>
            {
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
                await Expect(Names(page)).ToHaveCountAsync(25);
                (
                    await page.EvaluateAsync<bool>(
                        "[...document.querySelectorAll('.who b')].every(b => b.scrollWidth <= b.clientWidth + 1 || "
                            + "getComputedStyle(b).textOverflow !== 'ellipsis')"
                    )
                ).ShouldBeTrue();
                await page.Picture($"contacts-375-{engine}");
                await page.Locator("#import").ClickAsync();
                await Expect(page.Panel()).ToBeVisibleAsync();
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
                await page.Accessible("the import panel at 375 px");
            },
            new()
            {
                ViewportSize = new() { Width = 375, Height = 740 },
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_keyboard_alone_searches_opens_and_closes(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Keywise Only", "+351962348201");
        await browser.Visit(engine, "owner", "/contacts", ByKeyboard);
    }

    private static async Task ByKeyboard(IPage page)
    {
        async Task TabTo(string selector)
        {
            for (var left = 40; left > 0 && !await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s)", selector); left--)
            {
                await page.Keyboard.PressAsync("Tab");
            }

            (await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s)", selector)).ShouldBeTrue(selector);
        }

        // The page begins at its heading; one step back is the way past the navigation.
        await TabTo("#q");
        await page.Keyboard.TypeAsync("Keywise");
        await Expect(Names(page)).ToHaveTextAsync(["Keywise Only"]);
        await TabTo("#import");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#add-phone")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Panel()).ToHaveCountAsync(0);
        await Expect(page.Locator("#import")).ToBeFocusedAsync();

        await TabTo("button[id^=e-]");
        var edited = await page.EvaluateAsync<string>("document.activeElement.id");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#edit-name")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#" + edited)).ToBeFocusedAsync();
    }

    private static ILocator Names(IPage page) => page.Rows().Locator(".who b");
}
