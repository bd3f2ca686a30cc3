using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What every panel and dialog does.</summary>
public class PanelTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Escape_closes_the_uppermost_and_the_keyboard_goes_back_step_by_step(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Layer Upon Layer", "+351962348401");
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Layer%20Upon",
            async page =>
            {
                await page.Row("Layer Upon Layer").HoverAsync();
                var opener = page.Button("Edit Layer Upon Layer");
                await opener.ClickAsync();
                await Expect(page.Locator("#edit-name")).ToBeFocusedAsync();
                var delete = page.Panel().GetByRole(AriaRole.Button, new() { Name = "Delete" });
                await delete.ClickAsync();
                await Expect(page.Locator("#ask-no")).ToBeFocusedAsync();

                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Locator("dialog.ask")).ToHaveCountAsync(0);
                await Expect(page.Locator("#edit-name")).ToBeVisibleAsync();
                await Expect(delete).ToBeFocusedAsync();

                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(opener).ToBeFocusedAsync();
            }
        );
    }

    [Theory]
    [InlineData("", 300)]
    [InlineData("&culture=qps-plocm", 980)]
    public Task A_click_beside_a_panel_closes_it_and_marking_a_text_past_its_edge_does_not(string culture, int beside) =>
        browser.Visit(
            "sqlite",
            "owner",
            "/contacts?panel=import" + culture,
            async page =>
            {
                await page.Panel().WaitForAsync();
                await page.Locator("#add-name").FillAsync("Half Written");
                var field = await page.Locator("#add-name").BoundingBoxAsync();
                await page.Mouse.MoveAsync(field!.X + 20, field.Y + 10);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(beside, field.Y + 10);
                await page.Mouse.UpAsync();
                await Expect(page.Locator("#add-name")).ToHaveValueAsync("Half Written");

                // What was typed is not lost by one click: it is asked for, and discarded only then.
                await page.Mouse.ClickAsync(beside, 500);
                await page.Locator("[data-unsaved=keep]").ClickAsync();
                await Expect(page.Locator("#add-name")).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Locator("[data-unsaved=keep]")).ToBeFocusedAsync();
                await page.Locator("[data-unsaved=drop]").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await page.At("/contacts$|/contacts\\?culture");
            }
        );

    [Fact]
    public Task The_keyboard_stays_inside_and_the_page_below_stays_where_it_is() =>
        browser.Visit(
            "sqlite",
            "owner",
            "/contacts?panel=import",
            async page =>
            {
                await Expect(page.Locator("#add-phone")).ToBeFocusedAsync();
                for (var i = 0; i < 40; i++)
                {
                    await page.Keyboard.PressAsync(i < 20 ? "Tab" : "Shift+Tab");
                    // Past the last control the browser's own may have it; of the page, only what is in the panel.
                    (
                        await page.EvaluateAsync<bool>(
                            "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
                        )
                    ).ShouldBeTrue();
                }

                await page.Mouse.MoveAsync(300, 400);
                await page.Mouse.WheelAsync(0, 600);
                await page.WaitForTimeoutAsync(200);
                (await page.EvaluateAsync<int>("() => scrollY")).ShouldBe(0);
            }
        );

    [Fact]
    public Task What_became_of_the_connection_is_seen_and_answered_over_an_open_panel() =>
        browser.Visit(
            "sqlite",
            "owner",
            "/contacts?panel=import",
            async page =>
            {
                await page.Panel().WaitForAsync();
                await Tell(page, "show");
                await Expect(page.GetByText("Connection lost. Trying again…")).ToBeVisibleAsync();
                await Expect(page.Locator("#add-phone")).ToBeFocusedAsync(); // nothing is to be pressed yet: whoever types goes on
                await Tell(page, "hide");
                await Expect(page.GetByText("Connection lost. Trying again…")).ToBeHiddenAsync();

                await Tell(page, "failed");
                await page.Picture("connection-lost");
                await page.Button("Reload").ClickAsync(new() { Trial = true }); // the panel does not lie over it
                await Tell(page, "hide");
                await Expect(page.Button("Reload")).ToBeHiddenAsync();
            }
        );

    // As Blazor's own script does when the connection is lost.
    private static Task Tell(IPage page, string state) =>
        page.EvaluateAsync(
            """
            state => {
              const banner = document.getElementById('components-reconnect-modal');
              banner.className = 'banner components-reconnect-' + state;
              banner.dispatchEvent(new CustomEvent('components-reconnect-state-changed', { detail: { state } }));
            }
            """,
            state
        );
}
