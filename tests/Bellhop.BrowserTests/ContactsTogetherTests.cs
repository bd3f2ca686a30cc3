using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ContactsTogetherTests(Browser browser)
{
    // Every state of the bar: how far, of how many.
    private const string NoteProgress = """
        () => {
          window.noted = [];
          new MutationObserver(() => {
            const bar = document.querySelector('.picked progress');
            if (bar && window.noted.at(-1)?.[0] !== bar.value) window.noted.push([bar.value, bar.max]);
          }).observe(document.body, { subtree: true, childList: true, attributes: true });
        }
        """;

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Of_two_who_edit_one_guest_the_second_is_told_and_keeps_what_they_typed(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Twice Edited", "+351962345201");
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?q=Twice%20Edited",
            async first =>
            {
                await Open(first);
                await browser.Visit(
                    engine,
                    "owner",
                    "/contacts?q=Twice%20Edited",
                    async second =>
                    {
                        await Open(second);
                        await first.Locator("#edit-email").FillAsync("first@guests.example");
                        await first.Button("Save").ClickAsync();
                        await Expect(first.Panel()).ToHaveCountAsync(0);

                        await second.Locator("#edit-name").FillAsync("Twice Edited Second");
                        await second.Button("Save").ClickAsync();
                        await Expect(second.Panel().GetByRole(AriaRole.Alert)).ToContainTextAsync("Someone changed this guest");
                        await Expect(second.Locator("#edit-name")).ToHaveValueAsync("Twice Edited Second");

                        await second.Button("Save").ClickAsync();
                        await Expect(second.Panel()).ToHaveCountAsync(0);
                        await Expect(second.Row("Twice Edited Second")).ToHaveCountAsync(1);
                    }
                );
            }
        );

        static async Task Open(IPage page)
        {
            await page.Row("Twice Edited").HoverAsync();
            await page.Button("Edit Twice Edited").ClickAsync();
            await Expect(page.Locator("#edit-name")).ToHaveValueAsync("Twice Edited");
        }
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task All_that_match_are_selected_beyond_those_shown_and_go_together(string engine)
    {
        var hotel = await browser.Hotel(engine);
        for (var i = 0; i < 28; i++)
        {
            await hotel.Booking($"Herdwise {i}", $"+3519623453{i:00}");
        }

        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Herdwise",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(25);
                await page.GetByLabel("Select all shown").CheckAsync();
                await Expect(page.GetByText("25 selected")).ToBeVisibleAsync();
                await page.Button("Select all 28 matching").ClickAsync();
                await Expect(page.GetByText("28 selected")).ToBeVisibleAsync();
                await page.Button("Delete 28").ClickAsync();
                await page.Button("Delete for good").ClickAsync();
                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Over_a_thousand_go_in_the_background_and_a_bar_shows_how_far_it_is(string engine)
    {
        const int Many = 1_100;
        var hotel = await browser.Hotel(engine);
        await hotel.Crowd("Legion", Many);
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Legion",
            async page =>
            {
                await page.GetByLabel("Select all shown").CheckAsync();
                await page.Button("Select all 1,100 matching").ClickAsync();
                await page.Button("Delete 1,100").ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("Delete 1,100 contacts?");
                await page.EvaluateAsync(NoteProgress);
                await page.Locator("#ask-number").FillAsync("1100");
                await page.Button("Delete for good").ClickAsync();

                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync(new() { Timeout = 120_000 });
                await Expect(page.Locator(".toast")).ToContainTextAsync("1,100 contacts deleted");
                var noted = await page.EvaluateAsync<int[][]>("window.noted");
                noted.Select(n => n[1]).ShouldAllBe(most => most == Many);
                noted.Select(n => n[0]).ShouldBeInOrder(SortDirection.Ascending);
                noted.Select(n => n[0]).Distinct().Count().ShouldBeGreaterThan(1); // it moved
                await Expect(page.Locator("progress")).ToHaveCountAsync(0);
            }
        );
    }

    // What stands in a place: as the answer of the server has it, then as the open page has it. Tokens are made anew for each answer.
    private const string Drawn = """
        async place => {
          const answer = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
          return [answer, document].map(page => {
            const found = page.querySelector(place).cloneNode(true);
            found.querySelectorAll('input[type=hidden]').forEach(e => e.removeAttribute('value'));
            const marks = page.createTreeWalker(found, NodeFilter.SHOW_COMMENT), all = [];
            while (marks.nextNode()) all.push(marks.currentNode);
            all.forEach(mark => mark.remove());
            return found.outerHTML.replace(/\s+/g, ' ').replace(/> | </g, at => at.trim()).replaceAll(' class=""', '');
          });
        }
        """;

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_request_draws_what_the_live_page_draws(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Drawn Alike", "+351962345402");
        await browser.Visit(
            engine,
            "owner",
            "/contacts",
            async page =>
            {
                await page.Locator("[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                foreach (var place in new[] { ".brand", "#palette-open", ".account-menu", ".cards", ".bar .segments", "table.contacts" })
                {
                    var drawn = await page.EvaluateAsync<string[]>(Drawn, place);
                    Assert.Equal(drawn[0], drawn[1]);
                }
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_page_that_takes_over_shows_what_the_request_showed(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Taken Across", "+351962345401");
        await browser.Visit(
            engine,
            "viewer",
            "/contacts?q=Taken%20Across",
            async page =>
            {
                await Expect(page.Row("Taken Across")).ToContainTextAsync("962 345 401");
                await Expect(page.Locator(".chips [role=status]")).ToHaveTextAsync("1 match");
            }
        );
    }
}
