using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Every page leads on: what was looked for in vain, what was typed, where one came from.</summary>
public class DeadEndTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Whoever_is_not_found_is_added_or_booked_with_what_was_typed(string engine) =>
        browser.Visit(
            engine,
            "frontdesk",
            "/contacts?q=%2B351%20962%20341%20301",
            async page =>
            {
                await page.Accessible("nobody found");
                await page.Picture("nobody-found-" + engine);
                await page.Locator("#add-typed").ClickAsync();
                await Expect(page.Locator("#add-phone")).ToHaveValueAsync("+351 962 341 301");
                await Expect(page.Panel()).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await page.Locator("#book-typed").ClickAsync();
                await Expect(page.Locator("#new-phone")).ToHaveValueAsync("+351 962 341 301");

                // The departure follows the arrival, and what a night costs is shown.
                await page.Locator("#new-arrival").FillAsync("2030-03-30");
                await page.Locator("#new-departure").FillAsync("2030-04-02");
                await page.Locator("#new-total").FillAsync("90");
                await page.Keyboard.PressAsync("Tab");
                await page.Locator("#new-property").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Hostel" });
                await Expect(page.Locator(".stay-price")).ToHaveTextAsync("3 nights · €30.00 a night");
                await page.Locator("#new-arrival").FillAsync("2030-04-30");
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.Locator("#new-departure")).ToHaveValueAsync("2030-05-03");
                await page.Accessible("a new booking, prefilled");
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Values_of_a_profile_are_corrected_where_they_stand_and_taken_back_one_by_one(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var guest = (await hotel.Booking("Placed Ineditt", "+351962341302")).ContactId!.Value;
        await browser.Visit(
            engine,
            "frontdesk",
            $"/contacts/{guest}",
            async page =>
            {
                await Expect(page.Panel()).ToBeVisibleAsync();
                await page.Locator("#in-name").PressAsync("Enter");
                await Expect(page.Locator("#in-name-to")).ToBeFocusedAsync();
                await page.Accessible("a name corrected in place");
                await page.Picture("in-place-" + engine);
                await page.Locator("#in-name-to").FillAsync("Placed Inedit");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Placed Inedit");
                await Expect(page.Locator("#in-name")).ToBeFocusedAsync();
                await page.Locator("#in-email").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await page.Locator("#in-email-to").FillAsync("not an address");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#in-email-to")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Keyboard.PressAsync("Escape"); // what was sent and refused is not saved anywhere
                await page.Panel().Locator("[data-unsaved=keep]").ClickAsync();
                await Expect(page.Locator("#in-email-to")).ToBeFocusedAsync();
                await page.Locator("#in-email-to").FillAsync("placed@guests.example");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".facts").First).ToContainTextAsync("placed@guests.example");
                await page.Locator(".toast [data-undo]").Last.ClickAsync();
                await Expect(page.Locator(".facts").First).Not.ToContainTextAsync("placed@guests.example");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Placed Inedit");
                await page.Locator("#profile-book").ClickAsync();
                await Expect(page.Locator(".chosen")).ToContainTextAsync("Placed Inedit");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Whoever_read_on_and_comes_back_sees_the_rows_where_they_were(string engine) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts",
            async page =>
            {
                await page.GetByRole(AriaRole.Button, new() { Name = "Load More" }).ClickAsync();
                await Expect(page.Rows()).ToHaveCountAsync(50);
                var row = page.Rows().Filter(new() { Has = page.Locator("td.last a") }).Last;
                var link = row.Locator("td.last a");
                var id = await row.Locator("a.open").GetAttributeAsync("id");
                await link.ScrollIntoViewIfNeededAsync();
                await page.WaitForFunctionAsync("() => sessionStorage.getItem('places')?.includes('/contacts')");
                await link.ClickAsync();
                await page.At("/bookings/");
                await page.GoBackAsync();
                await Expect(page.Rows()).ToHaveCountAsync(50);
                await Expect(page.Locator($"[id='{id}']")).ToBeInViewportAsync();
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_whole_row_opens_and_every_key_of_the_sheet_works(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Keyed Guest One", "+351962341303");
        await hotel.Booking("Keyed Guest Two", "+351962341304");
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Keyed%20Guest",
            async page =>
            {
                await page.Row("Keyed Guest One").Locator("td.since").ClickAsync();
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Keyed Guest One");
                await Expect(page.Panel()).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);

                await page.Locator("h1").FocusAsync();
                await page.Keyboard.PressAsync("j");
                await Expect(page.Rows().Nth(0).Locator("a.open")).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("j");
                await Expect(page.Rows().Nth(1).Locator("a.open")).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("k");
                await page.Keyboard.PressAsync("e");
                await Expect(page.Locator("#edit-name")).ToHaveValueAsync("Keyed Guest Two");
                await Expect(page.Panel()).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await page.Keyboard.PressAsync("?");
                await Expect(page.Locator("#keys-sheet")).ToBeVisibleAsync();
                await page.Accessible("the sheet of keys");
                await page.Picture("keys-" + engine);
                await page.Keyboard.PressAsync("Escape");
                await page.Keyboard.PressAsync("/");
                await Expect(page.Locator("#q")).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("n");
                await Expect(page.Locator("#q")).ToHaveValueAsync("Keyed Guestn");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Whoever_leaves_early_is_asked_for_dates_and_price_and_is_asked_for_a_review_by_whatsapp(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Early Leaver", "+351962341305", total: 90, daysAhead: -1, status: "InHouse");
        await browser.Visit(
            engine,
            "frontdesk",
            $"/bookings/{booking.Id}",
            async page =>
            {
                await page.Locator("[data-to=Completed]").ClickAsync();
                await Expect(page.Locator("#early")).ToBeVisibleAsync();
                await page.Accessible("an early departure");
                await page.Picture("early-departure-" + engine);
                await page.Locator("#early-change").ClickAsync();
                await Expect(page.Locator(".pill").First).ToHaveTextAsync("Completed");
                await Expect(page.Locator(".booking header .span")).ToContainTextAsync("1 night");
                await page.Locator("#review-link").ClickAsync();
                await Expect(page.Locator("#review-whatsapp"))
                    .ToHaveAttributeAsync("href", new Regex("^https://wa.me/351962341305[?]text=Thank%20you.*review%2F"));
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(page.Locator(".pill").First).ToHaveTextAsync("In house");
                await Expect(page.Locator(".booking header .span")).Not.ToContainTextAsync("1 night");
            }
        );
    }
}
