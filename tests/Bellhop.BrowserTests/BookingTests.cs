using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class BookingTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_walk_in_is_booked_for_a_guest_found_by_keyboard_and_checked_in_and_out(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Żaneta Wałęsa", "+48512347101");
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings",
            async page =>
            {
                await page.Locator("#new-booking").ClickAsync();
                var find = page.GetByRole(AriaRole.Combobox, new() { Name = "Find a guest" });
                await Expect(find).ToBeFocusedAsync();
                await find.FillAsync("zaneta wal");
                await Expect(page.Locator("#found-guests [role=option]")).ToHaveCountAsync(1);
                await page.Accessible("the look-up");
                await page.Picture("new-booking-lookup-" + engine);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Locator("#found-guests [role=option]")).ToHaveCountAsync(0);
                await Expect(page.Panel()).ToHaveCountAsync(1);
                await find.FillAsync("zaneta");
                await Expect(page.Locator("#found-guests [role=option]")).ToHaveCountAsync(1);
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(find).ToHaveAttributeAsync("aria-activedescendant", new System.Text.RegularExpressions.Regex("^g-"));
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".chosen")).ToContainTextAsync("Żaneta Wałęsa");
                await Expect(page.Button("Another guest")).ToBeFocusedAsync();

                await page.Button("Make booking").ClickAsync();
                await Expect(page.Locator("#new-property")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Locator("#new-property").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" });
                await page.Button("Make booking").ClickAsync();
                await Expect(page.Locator("#new-total")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Accessible("what is wrong with a new booking");
                await page.Locator("#new-total").FillAsync("84.5");
                await page.Locator("#new-notes").FillAsync("Wants a quiet room");
                await page.Button("Make booking").ClickAsync();
                await page.At("/bookings/");
                await page.Live();
                await Expect(page.Locator(".booking")).ToContainTextAsync("Żaneta Wałęsa");
                await Expect(page.Locator(".booking")).ToContainTextAsync("€84.50");

                await Expect(page.Button("Check out")).ToHaveCountAsync(0);
                await page.Button("Check in").ClickAsync();
                await Expect(page.Locator(".booking header .pill")).ToHaveTextAsync("In house");
                await page.Button("Check out").ClickAsync();
                await Expect(page.Locator(".booking header .pill")).ToHaveTextAsync("Completed");
                await Expect(page.Locator("ul.history li")).ToHaveCountAsync(3);
                await Expect(page.Locator("ul.history li").First).ToContainTextAsync("became Completed");
                await page.Accessible("a booking with its history");
                await page.Picture("booking-history-" + engine);
                await page.GetByRole(AriaRole.Link, new() { Name = "Open profile" }).ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("Żaneta Wałęsa");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_request_accepted_on_its_page_is_taken_back_and_the_keyboard_stays_there(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.StrangersBooking("Asks Again", "+351962347713", "asks@again.example");
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings/" + booking.Id,
            async page =>
            {
                var status = page.Locator(".booking header .pill");
                await page.Locator("[data-to=Confirmed]").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(status).ToHaveTextAsync("Confirmed");
                await Expect(page.Locator("#edit-booking")).ToBeFocusedAsync();
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(status).ToHaveTextAsync("Pending");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_a_channel_sent_and_could_not_be_kept_stands_on_its_booking(string engine)
    {
        var booking = await (await browser.Hotel(engine)).Booking(new string('N', 300), null, email: "ana at example.org");
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings/" + booking.Id,
            async page =>
            {
                var lines = page.Locator("#booking-warnings li");
                await Expect(lines).ToHaveCountAsync(2);
                await Expect(lines.First).ToContainTextAsync("Name: longer than");
                await Expect(lines.Last).ToContainTextAsync("E-mail: not an e-mail address");
                await page.Accessible("a booking with what could not be kept");
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBe(0);
                await page.Picture("booking-warnings-" + engine);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Of_two_who_change_one_booking_the_second_is_told_and_keeps_what_they_typed(string engine)
    {
        var booking = await (await browser.Hotel(engine)).Booking("Twice Booked", "+351962347711", daysAhead: 0);
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings/" + booking.Id,
            async first =>
            {
                await browser.Visit(
                    engine,
                    "owner",
                    $"/bookings/{booking.Id}?panel=edit",
                    async second =>
                    {
                        await Expect(second.Locator("#edit-total")).ToHaveValueAsync("120.00");
                        await first.Button("Edit").ClickAsync();
                        await first.Locator("#edit-departure").FillAsync($"{booking.Departure.AddDays(2):yyyy-MM-dd}");
                        await first.Button("Save").ClickAsync();
                        await Expect(first.Panel()).ToHaveCountAsync(0);
                        await Expect(first.Locator(".booking .span")).ToContainTextAsync("4 nights");

                        await second.Locator("#edit-total").FillAsync("99");
                        await second.Button("Save").ClickAsync();
                        await Expect(second.Panel().GetByRole(AriaRole.Alert)).ToContainTextAsync("Someone changed this booking");
                        await Expect(second.Locator("#edit-total")).ToHaveValueAsync("99");
                        await Expect(second.Locator("#edit-departure")).ToHaveValueAsync($"{booking.Departure.AddDays(2):yyyy-MM-dd}");
                        await second.Accessible("the second editor is told");
                        await second.Picture("booking-second-" + engine);
                        await second.Button("Save").ClickAsync();
                        await Expect(second.Panel()).ToHaveCountAsync(0);
                        await Expect(second.Locator(".booking .sum")).ToHaveTextAsync("€99.00");
                        await Expect(second.Locator(".booking .span")).ToContainTextAsync("4 nights");

                        // A step that no longer follows is refused with the reason, and the page shows what is there now.
                        await second.Button("Cancel booking").ClickAsync();
                        await Expect(second.Locator(".booking header .pill")).ToHaveTextAsync("Cancelled");
                        await first.Button("Check in").ClickAsync();
                        await Expect(first.Locator(".booking").GetByRole(AriaRole.Alert)).ToContainTextAsync("cannot become");
                        await Expect(first.Locator(".booking header .pill")).ToHaveTextAsync("Cancelled");
                        await Expect(first.Button("Check in")).ToHaveCountAsync(0);
                    }
                );
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_panels_fit_a_phone_in_the_dark_from_right_to_left(string engine)
    {
        var booking = await (await browser.Hotel(engine)).Booking("Escura Direita", "+351962347712", daysAhead: 5);
        await browser.Visit(
            engine,
            "owner",
            "/bookings?panel=new&culture=qps-plocm",
            async page =>
            {
                await page.Panel().WaitForAsync();
                await page.Picture("new-booking-rtl-dark-" + engine);
                await page.Accessible("a new booking, dark, right to left");
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBe(0);
                await page.Picture("new-booking-375-" + engine);
                await page.GotoAsync("/bookings/" + booking.Id);
                await page.Live();
                await Expect(page.Locator("ul.history li")).ToHaveCountAsync(1);
                (await page.EvaluateAsync<int>(Wide)).ShouldBe(0);
                await page.Picture("booking-rtl-375-" + engine);
                await page.Accessible("a booking, dark, right to left");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_books_on_the_hosted_form_and_staff_confirm(string engine)
    {
        var property = (await (await browser.Hotel(engine)).Booking("Form Neighbour", "+351962347401")).Property.Id;
        string? reference = null;
        await browser.Visit(
            engine,
            null,
            $"/book/{property}",
            async page =>
            {
                await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Book at Lantern Hostel");
                await page.Accessible("the hosted form");
                await page.Picture("book-" + engine);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBe(0);
                await page.GetByLabel("Your name").FillAsync("Formosa Reservada");
                await page.GetByLabel("Email").FillAsync("formosa@guests.example");
                await page.GetByLabel("Arrival").FillAsync($"{DateTime.UtcNow.AddDays(40):yyyy-MM-dd}");
                await page.Button("Send booking").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await page.WaitForTimeoutAsync(3200);
                await page.Button("Send booking").ClickAsync();
                await Expect(page.Locator("#departure")).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Formosa Reservada");
                await page.Accessible("what is wrong with the form");
                await page.Picture("book-wrong-375-" + engine);
                await page.GetByLabel("Departure").FillAsync($"{DateTime.UtcNow.AddDays(43):yyyy-MM-dd}");
                await page.Button("Send booking").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Thank you");
                await page.Accessible("thank you");
                await page.Picture("book-thanks-375-" + engine);
                reference = await page.Locator("#reference").InnerTextAsync();
                (await page.Context.CookiesAsync()).ShouldBeEmpty();
            }
        );
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings?q=" + reference,
            async page =>
            {
                await Expect(page.Row("Formosa Reservada")).ToContainTextAsync("Pending");
                await page.Row("Formosa Reservada").GetByRole(AriaRole.Link).ClickAsync();
                await page.Button("Confirm").ClickAsync();
                await Expect(page.Locator(".booking header .pill")).ToHaveTextAsync("Confirmed");
            }
        );
        await browser.Visit(
            engine,
            null,
            $"/book/{property}?culture=qps-plocm",
            async page =>
            {
                await page.Picture("book-rtl-dark-" + engine);
                await page.Accessible("the hosted form, dark, right to left");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_a_stranger_typed_is_shown_as_unproven_until_staff_confirm_the_guest(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Olga Known", "+351962347751", daysAhead: 5);
        var booking = await hotel.StrangersBooking("Olga Known", "+351962347751", "olga.new@example.org");
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings/" + booking.Id,
            async page =>
            {
                await Expect(page.Locator(".claims")).ToContainTextAsync("not proven");
                await page.Accessible("a booking that a stranger typed");
                await page.Picture("booking-claimed-" + engine);
                await page.Button("Confirm guest").ClickAsync();
                await Expect(page.Locator(".claims")).ToHaveCountAsync(0);
                await page.GotoAsync("/contacts?q=olga.new@example.org");
                await page.Live();
                await Expect(page.Row("Olga Known")).ToHaveCountAsync(1);
            }
        );
    }
}
