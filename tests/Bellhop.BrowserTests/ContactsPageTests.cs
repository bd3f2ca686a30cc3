using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ContactsPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Four_cards_each_open_the_list_they_count(string engine) => browser.Visit(engine, "viewer", "/contacts", async page =>
    {
        var cards = page.Locator(".cards .card");
        await Expect(cards).ToHaveCountAsync(4);
        int.Parse(await cards.Nth(0).Locator("strong").InnerTextAsync()).ShouldBeGreaterThanOrEqualTo(Hotel.Guests);
        await Expect(cards.Nth(3).Locator("strong")).ToContainTextAsync("€");

        var active = await cards.Nth(1).Locator("strong").InnerTextAsync();
        await cards.Nth(1).ClickAsync();
        await Expect(page.Locator(".chips [role=status]")).ToHaveTextAsync($"{active} match");
    });

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Staff_filter_and_sort_and_the_link_shows_a_colleague_the_same(string engine) => browser.Visit(engine, "owner", "/contacts", async page =>
    {
        await page.Button("Filters").ClickAsync();
        await page.Panel().GetByLabel("Booking.com").CheckAsync();
        await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Show guests" }).ClickAsync();
        await Expect(page.Panel()).ToHaveCountAsync(0);
        await Expect(page.Locator(".chip")).ToContainTextAsync("Booking.com");
        (await page.Rows().Locator(".from").AllInnerTextsAsync()).ShouldAllBe(source => source.Trim() == "Booking.com");

        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Total Spent" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Total Spent" })).ToHaveAttributeAsync("aria-sort", new Regex("ascending|descending"));
        var once = await page.GetByRole(AriaRole.Columnheader, new() { Name = "Total Spent" }).GetAttributeAsync("aria-sort");
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Total Spent" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Total Spent" })).ToHaveAttributeAsync("aria-sort", once == "ascending" ? "descending" : "ascending");
        await Expect(page.Locator(".list[aria-busy=true]")).ToHaveCountAsync(0);

        var first = await page.Rows().First.Locator(".who b").InnerTextAsync();
        await browser.Visit(engine, "frontdesk", new Uri(page.Url).PathAndQuery, async colleague =>
        {
            await Expect(colleague.Rows().First.Locator(".who b")).ToHaveTextAsync(first);
            await Expect(colleague.Locator(".chip")).ToContainTextAsync("Booking.com");
        });

        await page.GetByRole(AriaRole.Link, new() { Name = "Clear all" }).ClickAsync();
        await Expect(page.Locator(".chip")).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Expect(page.Locator(".chip")).ToContainTextAsync("Booking.com");
    });

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Load_more_adds_the_next_25_each_guest_once(string engine) => browser.Visit(engine, "viewer", "/contacts", async page =>
    {
        await Expect(page.Rows()).ToHaveCountAsync(25);
        await page.Button("Load More (25)").ClickAsync();
        await Expect(page.Rows()).ToHaveCountAsync(50);
        var phones = await page.Rows().Locator(".who small").AllInnerTextsAsync();
        phones.Distinct().Count().ShouldBe(50);
    });

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_who_arrives_meanwhile_is_announced_and_moves_nobody(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await browser.Visit(engine, "viewer", "/contacts", async page =>
        {
            var first = await page.Rows().First.Locator(".who b").InnerTextAsync();
            var name = "Nova Chegada " + Guid.NewGuid().ToString("N")[..6];
            await page.WaitForTimeoutAsync(1_500); // until the page listens
            await hotel.Booking(name, null);

            var chip = page.GetByRole(AriaRole.Button, new() { Name = "1 new" });
            await chip.WaitForAsync();
            await Expect(page.Rows().First.Locator(".who b")).ToHaveTextAsync(first);
            await chip.ClickAsync();
            await Expect(page.Rows().First.Locator(".who b")).ToHaveTextAsync(name);
        });
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task On_a_telephone_the_page_fits_and_names_are_whole(string engine) => browser.Visit(engine, "owner", "/contacts", async page =>
    {
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
        await Expect(page.Rows().First.Locator(".who b")).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("[...document.querySelectorAll('.who b')].every(b => b.scrollWidth <= b.clientWidth + 1 || getComputedStyle(b).textOverflow !== 'ellipsis')")).ShouldBeTrue();
        await page.Picture($"contacts-375-{engine}");
        await page.Button("Import").ClickAsync();
        await Expect(page.Panel()).ToBeVisibleAsync();
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
        await page.Accessible("the import panel at 375 px");
    }, new() { ViewportSize = new() { Width = 375, Height = 740 } });

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task The_keyboard_alone_searches_opens_and_closes(string engine) => browser.Visit(engine, "owner", "/contacts", async page =>
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
        await page.Keyboard.TypeAsync("a");
        await page.WaitForURLAsync(url => url.Contains("q=a", StringComparison.Ordinal));
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
    });
}
