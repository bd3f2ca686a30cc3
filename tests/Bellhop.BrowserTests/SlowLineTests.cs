using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Where each message takes half a second in each direction, nothing that somebody types goes astray.</summary>
public class SlowLineTests(Browser browser)
{
    private static readonly TimeSpan Lag = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task An_error_that_comes_late_does_not_take_the_keyboard_from_the_field_that_is_being_filled_in()
    {
        var hotel = await (await browser.Hotel("sqlite")).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/connections",
            async page =>
            {
                await Slowly(page);
                await page.ReloadAsync();
                await page.Live();
                await page.Locator("#add-connection").ClickAsync();
                await Expect(page.Locator("#connection-name")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync("Our number");
                await page.Keyboard.PressAsync("Enter");
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Connect" }).ClickAsync();

                await page.Locator("#app-secret").ClickAsync();
                await page.Keyboard.TypeAsync("written while the answer comes", new() { Delay = 80 });
                await Expect(page.Panel().Locator("[aria-invalid=true]").First).ToBeVisibleAsync();

                await Expect(page.Locator("#app-secret")).ToHaveValueAsync("written while the answer comes");
                await Expect(page.Locator("#app-secret")).ToBeFocusedAsync();
            }
        );
    }

    [Fact]
    public async Task An_error_takes_the_keyboard_to_its_field_where_nobody_types()
    {
        var hotel = await (await browser.Hotel("sqlite")).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/properties",
            async page =>
            {
                await Slowly(page);
                await page.ReloadAsync();
                await page.Live();
                await page.Locator("#add-property").ClickAsync();
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();

                await Expect(page.Panel().Locator("[aria-invalid=true]").First).ToBeFocusedAsync();
            }
        );
    }

    [Fact]
    public async Task What_happens_while_the_page_is_on_its_way_to_the_browser_is_heard_there()
    {
        await using var hotel = await Hotel.Open("sqlite"); // notices stay
        var guest = (await hotel.Booking("Late Arrival", "+351961230987")).ContactId!.Value;
        await browser.Visit(
            hotel,
            "owner",
            "/bookings",
            async page =>
            {
                await Slowly(page);
                await page.ReloadAsync();
                await page.Live();
                await hotel.NoteFromElsewhere(guest, "@Ana Sequeira please wait for them");

                await Expect(page.Button("Notices, 1 new")).ToBeVisibleAsync();
            }
        );
    }

    private static Task Slowly(IPage page) =>
        page.RouteWebSocketAsync(
            new Regex("_blazor"),
            socket =>
            {
                var server = socket.ConnectToServer();
                socket.OnMessage(Later(server));
                server.OnMessage(Later(socket));
            }
        );

    // Each takes as long as another, and none overtakes the one before.
    private static Action<IWebSocketFrame> Later(IWebSocketRoute to)
    {
        var last = Task.CompletedTask;
        return frame =>
        {
            var (before, wait) = (last, Task.Delay(Lag));
            last = Send();

            async Task Send()
            {
                await before;
                await wait;
                if (frame.Binary is { } bytes)
                {
                    to.Send(bytes);
                }
                else
                {
                    to.Send(frame.Text!);
                }
            }
        };
    }
}
