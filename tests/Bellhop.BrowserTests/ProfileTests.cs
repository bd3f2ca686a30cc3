using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ProfileTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_opens_from_the_list_with_everything_known_and_staff_act_on_it(string engine)
    {
        var hotel = await browser.Hotel(engine);
        Guid guest = default;
        foreach (var (days, status) in new[] { (-40, "Completed"), (-1, "InHouse"), (30, "Confirmed"), (-90, "Cancelled") })
        {
            guest = (
                await hotel.Booking("Profiled Guest", "+351962347001", status == "InHouse" ? "BookingCom" : "Website", 250, days, status)
            )
                .ContactId!
                .Value;
        }

        await hotel.Consents(guest);

        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?q=Profiled",
            async page =>
            {
                await page.GetByRole(AriaRole.Link, new() { Name = "Profiled Guest", Exact = true }).ClickAsync();
                var panel = page.Panel();
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Profiled Guest");
                page.Url.ShouldContain("/contacts/");
                page.Url.ShouldContain("q=Profiled");
                await Expect(page.Locator(".strip")).ToContainTextAsync("€750.00");
                await Expect(page.Locator(".facts").First).ToContainTextAsync("In house");
                await Expect(page.Locator(".consents p"))
                    .ToHaveTextAsync([
                        new Regex("^Email: opted in.*since .* · Import"),
                        new Regex("^WhatsApp: opted out.*since .* · WhatsApp$"),
                    ]);
                await Expect(page.Locator("ul.history li")).ToHaveCountAsync(4);
                await Expect(page.Locator("ul.timeline li")).ToHaveCountAsync(4);
                await Expect(page.Locator("ul.identities li")).ToContainTextAsync("Came with a booking (Website)");
                await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "WhatsApp", Exact = true }))
                    .ToHaveAttributeAsync("href", "https://wa.me/351962347001");
                await Expect(panel.GetByRole(AriaRole.Link, new() { Name = "Email", Exact = true })).ToHaveCountAsync(0);

                await page.Locator("#add-tag").FillAsync("Chess player");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".labels")).ToContainTextAsync("Chess player");
                await Expect(page.Locator("ul.timeline li").First).ToContainTextAsync("changed tags");

                await page.Button("Add note").ClickAsync();
                await page.Locator("#note-text").FillAsync("Paid with 4111 1111 1111 1111");
                await page.Button("Save note").ClickAsync();
                await Expect(panel.GetByRole(AriaRole.Alert).Filter(new() { HasText = "payment card" })).ToBeVisibleAsync();
                await page.Accessible("a note being written");
                await page.Locator("#note-text").FillAsync("Allergic to walnuts <b>");
                await page.Locator("#note-kind").SelectOptionAsync("allergy");
                await page.Locator("label.tick input").CheckAsync();
                await page.Button("Save note").ClickAsync();
                await Expect(page.Locator("ul.notes li")).ToContainTextAsync("Allergic to walnuts <b>");
                await Expect(page.Locator("ul.notes li")).ToContainTextAsync("pinned");
                await page.Accessible("the profile");
                await page.Picture("profile-" + engine);
                await page.Locator("#identities-h").ScrollIntoViewIfNeededAsync();
                await page.Picture("profile-end-" + engine);

                await page.Button("Edit").Last.ClickAsync();
                await page.Locator("#note-text").FillAsync("Allergic to walnuts and bees");
                await page.Button("Save note").ClickAsync();
                await Expect(page.Locator("ul.notes li")).ToContainTextAsync("and bees");
                await page.Button("Delete").ClickAsync();
                await page.Button("Delete for good").ClickAsync();
                await Expect(page.Locator("ul.notes li")).ToHaveCountAsync(0);
                await page.Button("Remove the tag Chess player").ClickAsync();
                await Expect(page.Locator(".labels .tag")).ToHaveCountAsync(0);

                await page.Keyboard.PressAsync("Escape");
                await Expect(panel).ToHaveCountAsync(0);
                await page.At("/contacts\\?q=Profiled$");
                await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Profiled Guest", Exact = true })).ToBeFocusedAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_became_of_a_booking_is_told_in_the_timeline_and_leads_to_it(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Timewise Guest", "+351962347301");
        await hotel.Cancel(booking.Id);
        await browser.Visit(
            engine,
            "viewer",
            $"/contacts/{booking.ContactId}",
            async page =>
            {
                var timeline = page.Locator("ul.timeline li");
                await Expect(timeline).ToHaveCountAsync(2);
                await Expect(timeline.First).ToContainTextAsync("Bellhop changed status of a booking");
                await page.Accessible("a timeline with a change");
                await timeline.First.GetByRole(AriaRole.Link, new() { Name = "Lantern Hostel" }).ClickAsync();
                await page.At($"/bookings/{booking.Id}$");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task From_one_guest_to_the_next_by_keyboard_and_by_their_own_address(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var first = await hotel.Booking("Stepwise Anna", "+351962347101");
        await hotel.Booking("Stepwise Berta", "+351962347102");
        await browser.Visit(
            engine,
            "viewer",
            $"/contacts/{first.ContactId}?q=Stepwise&sort=name",
            async page =>
            {
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Stepwise Anna");
                await Expect(page.Locator(".consents")).ToHaveCountAsync(0);
                await Expect(page.Button("Previous guest")).ToBeDisabledAsync();
                await page.Keyboard.PressAsync("Alt+ArrowDown");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Stepwise Berta");
                await Expect(page.Locator("ul.identities li")).ToContainTextAsync("962 347 102");
                await Expect(page.Button("Next guest")).ToBeDisabledAsync();
                await page.Keyboard.PressAsync("Alt+ArrowUp");
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Stepwise Anna");

                // Who may only look sees no button that changes anything.
                await Expect(page.Locator("#add-tag, #add-note, #profile-edit")).ToHaveCountAsync(0);
                await page.Locator("ul.history a").First.ClickAsync();
                await page.GetByRole(AriaRole.Link, new() { Name = "Open profile" }).ClickAsync();
                await Expect(page.Locator("#guest-name")).ToHaveTextAsync("Stepwise Anna");
                await page.GotoAsync($"/contacts/{Guid.CreateVersion7()}");
                await page.Live();
                await Expect(page.Panel()).ToContainTextAsync("There is nothing under this address");
                await page.Accessible("a profile that is not there");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_profile_fits_a_narrow_screen_and_reads_from_right_to_left(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var guest = (await hotel.Booking("Narrow Guest", "+351962347201")).ContactId!.Value;
        await hotel.Tag(guest, "Narrow tag");
        await hotel.Consents(guest);
        await browser.Visit(
            engine,
            "owner",
            $"/contacts/{guest}",
            async page =>
            {
                await Expect(page.Locator("ul.identities li")).ToHaveCountAsync(1);
                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
                (
                    await page.EvaluateAsync<bool>(
                        "(() => { const p = document.querySelector('#panel'); return p.scrollWidth <= p.clientWidth; })()"
                    )
                ).ShouldBeTrue();
                await page.Accessible("the profile, 375 px, dark");
                await page.Picture("profile-narrow-dark-" + engine);
            },
            new()
            {
                ColorScheme = ColorScheme.Dark,
                ViewportSize = new() { Width = 375, Height = 900 },
            }
        );
        await browser.Visit(
            engine,
            "owner",
            $"/contacts/{guest}?culture=qps-plocm",
            async page =>
            {
                await page.GotoAsync($"/contacts/{guest}");
                await page.Live();
                await Expect(page.Locator("ul.identities li")).ToHaveCountAsync(1);
                await page.Accessible("the profile, right to left");
                await page.Picture("profile-rtl-" + engine);
            }
        );
    }
}
