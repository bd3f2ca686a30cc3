using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>In a hotel of their own, since notices stay.</summary>
public class NoticeBellTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    public static TheoryData<string> Engines => Browser.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_is_named_in_a_note_hears_of_it_on_the_open_page_and_goes_there(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        var guest = (await hotel.Booking("Late Arrival", "+351961230987")).ContactId!.Value;
        await browser.Visit(
            hotel,
            "owner",
            "/bookings",
            async page =>
            {
                await Expect(page.Button("Notices")).ToBeVisibleAsync();
                await hotel.NoteFromElsewhere(guest, "@Ana Sequeira please wait for them");
                await Expect(page.Button("Notices, 1 new")).ToBeVisibleAsync();
                await hotel.NoteFromElsewhere(guest, "@Ana Sequeira and call a taxi");
                await page.Button("Notices, 2 new").ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
                await page.Accessible("notices");
                await page.Picture("notices-" + engine);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("notices-375-" + engine);

                await page.Panel().GetByRole(AriaRole.Link).First.ClickAsync();
                await page.At("/contacts/" + guest);
                await Expect(page.Locator("#notices .count")).ToHaveAttributeAsync("data-count", "1");
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("notices-closed-375-" + engine);
            }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task All_are_marked_at_once_and_a_kind_is_switched_off_from_right_to_left_in_the_dark(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        var guest = (await hotel.Booking("Late Arrival", "+351961230987")).ContactId!.Value;
        await hotel.NoteFromElsewhere(guest, "@Ana Sequeira please wait for them");
        await browser.Visit(
            hotel,
            "owner",
            "/bookings?culture=qps-plocm",
            async page =>
            {
                await Expect(page.Locator("#notices .count")).ToHaveAttributeAsync("data-count", "1");
                await page.Locator("#notices").ClickAsync();
                await page.Locator("details:has(#notice-choices) > summary").ClickAsync();
                await page.Accessible("notices, from right to left");
                await page.Picture("notices-rtl-dark-" + engine);
                await Expect(page.Locator("#notice-choices [value='Mail/mentioned']")).ToBeDisabledAsync(); // no mail server
                await page.Locator("#notice-choices [value='Push/noteDue']").CheckAsync();
                await page.Locator("#notice-choices [value='Push/mentioned']").CheckAsync();
                await page.Locator("#notice-choices [value='Page/mentioned']").UncheckAsync();
                await Expect(page.Locator("#notice-choices [value='Push/mentioned']")).ToBeDisabledAsync();
                await page.Locator("details:has(#push-here) > summary").ClickAsync();
                await Expect(page.Locator("#push-here")).ToBeVisibleAsync();
                await page.Locator("#notices-all").ClickAsync();
                await Expect(page.Locator("#notices .count")).ToHaveCountAsync(0);
                await Expect(page.Locator(".notices li.new")).ToHaveCountAsync(0);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("#notices")).ToBeFocusedAsync();

                await page.ReloadAsync();
                await page.Live();
                await page.Locator("#notices").ClickAsync();
                await page.Locator("details:has(#notice-choices) > summary").ClickAsync();
                await Expect(page.Locator("#notice-choices [value='Page/mentioned']")).Not.ToBeCheckedAsync();
                await Expect(page.Locator("#notice-choices [value='Push/mentioned']")).Not.ToBeCheckedAsync();
                await Expect(page.Locator("#notice-choices [value='Push/noteDue']")).ToBeCheckedAsync();
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }
}
