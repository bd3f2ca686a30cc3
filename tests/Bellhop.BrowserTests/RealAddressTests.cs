using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>The desk asks guests for their real address.</summary>
public class RealAddressTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_behind_a_booking_site_is_asked_by_tablet_paper_or_WhatsApp(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Booking("Ana Tablet", "+351962349201", "BookingCom", daysAhead: 0, email: "a1@guest.booking.com");
        var paper = await hotel.Booking("Rui Paper", "+351962349202", "BookingCom", daysAhead: 0, email: "b2@guest.booking.com");
        await hotel.Booking("Laura Known", "+351962349203", "BookingCom", daysAhead: 0, email: "laura@example.com");
        var path = "";
        await browser.Visit(
            hotel,
            "frontdesk",
            "/today",
            async page =>
            {
                var rows = page.Locator(".relay-guest");
                await Expect(rows).ToHaveCountAsync(2);
                await Expect(rows.First.Locator(".wa"))
                    .ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^https://wa.me/35196234920[12]\\?text=Hello"));
                await page.Locator(".relay-guests").ScrollIntoViewIfNeededAsync();
                await page.Accessible("a day with guests who are asked");
                await page.Picture("relay-" + engine);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Locator(".relay-guests").ScrollIntoViewIfNeededAsync();
                await page.Picture("relay-375-" + engine);
                await page.SetViewportSizeAsync(1280, 800);

                await page.GetByRole(AriaRole.Link, new() { Name = "Form on this device: Ana Tablet" }).ClickAsync();
                await page.Locator("[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
                await Expect(page.Locator("main")).Not.ToContainTextAsync("Rui");
                await page.Locator("#real-email").FillAsync("a1@guest.booking.com");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#real-email")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Accessible("the form for the guest");
                await page.Picture("relay-form-" + engine);
                await page.Locator("#real-email").FillAsync("ana@example.com");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("section[role=status]")).ToContainTextAsync("Thank you");

                await page.GotoAsync(hotel.Address + "/today");
                await Expect(page.Locator(".relay-guest")).ToHaveCountAsync(1);
                await page.GotoAsync($"{hotel.Address}/bookings/{paper.Id}/address?printed=true");
                await page.Locator("#make-code").ClickAsync();
                await Expect(page.Locator("#address-code")).ToBeVisibleAsync();
                await Expect(page.Locator(".qr")).ToBeVisibleAsync();
                await page.Accessible("the slip with a code");
                await page.Picture("relay-slip-" + engine);
                path = "/address?code=" + await page.Locator("#address-code").InnerTextAsync();
                await page.GotoAsync(hotel.Address + "/contacts?relayOnly=true");
                await Expect(page.Rows()).ToContainTextAsync(["Rui Paper"]);
            }
        );

        await browser.Visit(
            hotel,
            null,
            path,
            async guest =>
            {
                await guest.SetViewportSizeAsync(375, 700);
                await guest.Locator("#email").FillAsync("nobody");
                await guest.Keyboard.PressAsync("Enter");
                await Expect(guest.Locator(".error")).ToBeVisibleAsync();
                await guest.Accessible("the page of a code");
                await guest.Picture("relay-guest-dark-375-" + engine);
                (await guest.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await guest.Locator("#email").FillAsync("rui@example.com");
                await guest.Keyboard.PressAsync("Enter");
                await Expect(guest.Locator("[role=status]")).ToContainTextAsync("Thank you");
                await guest.GotoAsync(hotel.Address + path);
                await Expect(guest.Locator("[role=alert]")).ToContainTextAsync("was used already");
                await guest.Accessible("a code that was used");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }
}
