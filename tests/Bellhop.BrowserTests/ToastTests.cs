using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Nothing that somebody does goes without a word, and no click goes without an effect.</summary>
public class ToastTests(Browser browser)
{
    // Every text that a screen reader is told, in turn.
    private const string Listen = """
        () => {
          window.told = [];
          new MutationObserver(all => {
            for (const one of all) for (const node of one.addedNodes) {
              if (node.matches?.('[role=status] span, [role=alert], [role=status]')) told.push(node.textContent);
            }
          }).observe(document.body, { childList: true, subtree: true });
        }
        """;

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_was_done_is_said_in_sight_and_once_to_screen_readers_and_is_taken_back(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Undone Later", "+351962341101");
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?q=Undone%20Later",
            async page =>
            {
                await page.Button("Edit Undone Later").ClickAsync();
                await page.Locator("#edit-name").FillAsync("Undone Sooner");
                await page.EvaluateAsync(Listen);
                await page.Button("Save").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("Undone Sooner");
                await Expect(page.Locator(".toast")).ToBeInViewportAsync();
                await page.Locator(".toast").HoverAsync(); // it stays while somebody points at it
                await Expect(page.Locator(".sr[role=status] span")).ToContainTextAsync("Undone Sooner");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await page.Accessible("a toast");
                await page.Picture("toast-" + engine);
                (await page.EvaluateAsync<string[]>("() => told"))
                    .Count(t => t.Contains("Undone Sooner", StringComparison.Ordinal))
                    .ShouldBe(1);

                await page.Locator("h1").FocusAsync();
                await page.Keyboard.PressAsync("Control+z");
                await Expect(page.Row("Undone Later")).ToHaveCountAsync(1);
                await Expect(page.Locator(".toast")).ToContainTextAsync("Undone:");
                await Expect(page.Locator(".toast [data-undo]")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Over_an_open_panel_a_toast_can_be_pressed_and_what_somebody_changed_since_is_not_undone(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var guest = (await hotel.Booking("Panel Toaster", "+351962341102")).ContactId!.Value;
        await browser.Visit(
            engine,
            "frontdesk",
            $"/contacts/{guest}",
            async page =>
            {
                await page.Locator("#add-tag").FillAsync("Night owl");
                await page.Keyboard.PressAsync("Enter");
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(page.Locator(".labels")).Not.ToContainTextAsync("Night owl");
                await page.Accessible("a toast over a panel");
            }
        );
        var booking = await hotel.Booking("Panel Toaster", "+351962341102", status: "Pending");
        await browser.Visit(
            engine,
            "frontdesk",
            $"/bookings/{booking.Id}",
            async page =>
            {
                await page.Locator("[data-to=Hold]").ClickAsync();
                await Expect(page.Locator(".toast [data-undo]")).ToBeVisibleAsync();
                await hotel.Cancel(booking.Id);
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(page.Locator(".toast.bad")).ToContainTextAsync("Somebody has changed it since");
                await Expect(page.Locator(".pill").First).ToHaveTextAsync("Cancelled");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_click_before_the_page_is_live_shows_that_it_waits_and_is_played(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var guest = (await hotel.Booking("Early Clicker", "+351962341103")).ContactId!.Value;
        foreach (
            var (path, early, after) in new[]
            {
                ("/contacts?q=Early%20Clicker", $"e-{guest}", "#edit-name"),
                ("/contacts", "palette-open", "#palette-input"),
                ("/settings/properties", "add-property", "#property-name"),
            }
        )
        {
            await browser.Visit(
                engine,
                "owner",
                "/reports",
                async page =>
                {
                    await Late(
                        page,
                        path,
                        async () =>
                        {
                            await page.Locator("#" + early).EvaluateAsync("e => e.click()");
                            await Expect(page.Locator("#" + early)).ToHaveAttributeAsync("data-waiting", "");
                        }
                    );
                    await Expect(page.Locator(after)).ToBeVisibleAsync();
                    await Expect(page.Locator("[data-waiting]")).ToHaveCountAsync(0);
                }
            );
        }
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task What_is_typed_or_picked_before_the_page_is_live_is_kept(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/reports",
            async page =>
            {
                await Late(page, "/contacts", () => page.Locator("#q").FillAsync("zzqq nobody"));
                await page.At("q=zzqq");
                await Expect(page.Locator("#q")).ToHaveValueAsync("zzqq nobody");
                await Late(
                    page,
                    "/bookings",
                    () => page.Locator("select[aria-label=Property]").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" })
                );
                await page.At("propertyId=");
            }
        );

    // The connection comes late: what is done until then is done to what the request alone has drawn.
    private static async Task Late(IPage page, string path, Func<Task> early)
    {
        var opened = new TaskCompletionSource();
        await page.RouteAsync(
            "**/_blazor/negotiate**",
            async route =>
            {
                await opened.Task;
                await route.ContinueAsync();
            }
        );
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
        await early();
        await Expect(page.Locator("[data-live]")).ToHaveCountAsync(0);
        opened.SetResult();
        await page.UnrouteAsync("**/_blazor/negotiate**");
    }
}
