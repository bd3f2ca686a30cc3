using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>A day at the desk.</summary>
public class TodayTests(Browser browser)
{
    private const string Cut =
        "() => { const dialog = document.querySelector('dialog[open]'); return dialog.scrollWidth - dialog.clientWidth; }";

    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Today_comes_first_and_a_guest_is_checked_in_with_one_click_which_can_be_taken_back(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var guest = (await hotel.Booking("Nut Allergic", "+351962349101", daysAhead: 0)).ContactId!.Value;
        await hotel.Note(guest, "Nuts, even traces of them", "allergy");
        await hotel.Tag(guest, "VIP");
        await browser.Visit(
            engine,
            "frontdesk",
            "/",
            async page =>
            {
                await page.At("/today$");
                var row = page.Locator("#arrivals li").Filter(new() { Has = page.Locator("b", new() { HasText = "Nut Allergic" }) });
                await Expect(row.Locator(".flag")).ToHaveTextAsync(["Allergy: Nuts, even traces of them", "VIP"]);
                await Expect(row).ToContainTextAsync("First stay");
                await Expect(row).ToContainTextAsync("€120.00 to pay");
                await page.Accessible("a day at the desk");
                await page.Picture("today-light-" + engine);

                await row.GetByRole(AriaRole.Button, new() { Name = "Check in: Nut Allergic" }).ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("Nut Allergic is checked in");
                await Expect(row.Locator("[data-to=Completed]")).ToBeVisibleAsync();
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(row.Locator("[data-to=InHouse]")).ToBeVisibleAsync();
                await Expect(row.Locator("[data-to=NoShow]")).ToHaveCountAsync(0); // until the midnight after the day of arrival
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_the_last_shift_left_to_do_is_handed_over_and_done(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Night Shift", "+351962349107");
        await hotel.Note(booking.ContactId!.Value, "Call the taxi at six", due: booking.Arrival.AddDays(-8));
        await browser.Visit(
            engine,
            "frontdesk",
            "/today",
            async page =>
            {
                var note = page.Locator(".due-note").Filter(new() { HasText = "Call the taxi at six" });
                await Expect(note).ToContainTextAsync("Night Shift");
                await page.Accessible("a day with notes that are due");
                await note.Locator("input").ClickAsync(); // what is done goes at once: there is nothing left to look at
                await Expect(note).ToHaveCountAsync(0);
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(note).ToHaveCountAsync(1);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await note.ScrollIntoViewIfNeededAsync();
                await page.Picture("today-due-375-" + engine);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_stay_is_extended_by_a_night_at_the_same_price_and_what_changed_since_is_not_taken_back(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Stays Longer", "+351962349102", total: 90, daysAhead: -1, status: "InHouse");
        await browser.Visit(
            engine,
            "frontdesk",
            "/today",
            async page =>
            {
                var row = page.Locator($"#inHouse-{booking.Id}");
                await row.Locator("[data-extend]").ClickAsync();
                await Expect(page.Locator("#extend-total")).ToBeFocusedAsync();
                await Expect(page.Locator("#extend-total")).ToHaveValueAsync("135.00");
                await page.Accessible("one night more");
                await page.Picture("today-extend-" + engine);
                await page.Locator("#extend-total").FillAsync("");
                await page.Locator("#extend-do").ClickAsync();
                await Expect(page.Locator("#extend-total")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Locator("#extend-total").FillAsync("130.5");
                await page.Locator("#extend-do").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(row).ToContainTextAsync("€130.50");
                await Expect(row).ToContainTextAsync("3 nights");

                await hotel.Reprice(booking.Id, 140);
                await Expect(row).ToContainTextAsync("€140.00");
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(page.Locator(".toast.bad")).ToBeVisibleAsync();
                await Expect(row).ToContainTextAsync("3 nights");

                // Whoever leaves early is asked for dates and price here too.
                await row.Locator("[data-to=Completed]").ClickAsync();
                await Expect(page.Locator("#early-change")).ToBeFocusedAsync();
                await Expect(page.Locator("#early-change")).ToHaveTextAsync("Leave today for €46.67");
                (await page.EvaluateAsync<int>(Cut)).ShouldBe(0);
                await page.Accessible("an early departure on its row");
                await page.Picture("today-early-" + engine);
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".toast")).ToContainTextAsync(["Stays Longer is checked out"]);
                await Expect(row).ToHaveCountAsync(0);
                var left = page.Locator($"#departures-{booking.Id}");
                await Expect(left).ToContainTextAsync("€46.67");
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(left).ToHaveCountAsync(0);
                await Expect(row).ToContainTextAsync("€140.00");
                await Expect(row).ToContainTextAsync("3 nights");
            }
        );
    }

    [Fact]
    public async Task Who_is_not_shown_yet_is_on_the_paper_too()
    {
        var hotel = await (await browser.Hotel("sqlite")).Another();
        foreach (var number in Enumerable.Range(0, 27))
        {
            await hotel.Booking($"Paper {number}", $"+3519623492{number:00}", daysAhead: 0);
        }

        await browser.Visit(
            hotel,
            "owner",
            "/today",
            async page =>
            {
                await page.EvaluateAsync(
                    "() => { window.print = () => window.printed = document.querySelectorAll('#arrivals li').length; }"
                );
                await Expect(page.Locator("#arrivals li")).ToHaveCountAsync(25);
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                await Expect(page.Locator("#arrivals .more .btn")).ToBeVisibleAsync(); // paper printed past the button says what it lacks
                await page.EmulateMediaAsync(new() { Media = Media.Screen });
                await page.Locator("#print").ClickAsync();
                await page.WaitForFunctionAsync("() => window.printed === 27");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_request_is_accepted_and_its_guest_confirmed_each_by_its_own_button(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.StrangersBooking("Asks Nicely", "+351962349103", "asks@nicely.example");
        await browser.Visit(
            engine,
            "frontdesk",
            "/today",
            async page =>
            {
                var row = page.Locator($"#requests-{booking.Id}");
                await row.Locator("[data-confirm]").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("Asks Nicely is confirmed");
                await Expect(row.Locator("[data-confirm]")).ToHaveCountAsync(0);
                await row.Locator("[data-to=Confirmed]").ClickAsync();
                await Expect(row).ToHaveCountAsync(0);
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(row).ToHaveCountAsync(1);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task An_open_day_follows_what_others_do_and_another_day_is_a_link(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var late = await hotel.Booking("Never Came", "+351962349104", daysAhead: -1, status: "Confirmed");
        await browser.Visit(
            engine,
            "viewer",
            "/today",
            async page =>
            {
                await Expect(page.Locator($"#inHouse-{late.Id}")).ToContainTextAsync("expected since");
                await Expect(page.Locator("[data-to]")).ToHaveCountAsync(0); // whoever may only look has no buttons
                var comes = await hotel.Booking("Comes Meanwhile", "+351962349105", daysAhead: 0);
                await Expect(page.Locator($"#arrivals-{comes.Id}")).ToBeVisibleAsync();
                await hotel.Cancel(comes.Id);
                await Expect(page.Locator($"#arrivals-{comes.Id}")).ToHaveCountAsync(0);

                await page.Locator("a[rel=prev]").ClickAsync();
                await page.At("date=");
                await Expect(page.Locator($"#arrivals-{late.Id}")).ToBeVisibleAsync();
            }
        );
        await browser.Visit(
            engine,
            "frontdesk",
            "/today",
            async page =>
            {
                await page.Locator($"#inHouse-{late.Id} [data-to=NoShow]").ClickAsync();
                await Expect(page.Locator($"#inHouse-{late.Id}")).ToHaveCountAsync(0);
                await page.GotoAsync($"/bookings/{late.Id}");
                await Expect(page.Locator(".booking .flag")).ToContainTextAsync(["No-show"]);
                await page.GotoAsync("/bookings?panel=new");
                await page.Live();
                await page.Locator("#find-guest").FillAsync("Never Came");
                await Expect(page.Locator("#found-guests .flag")).ToHaveTextAsync("No-show");
                await page.GotoAsync($"/contacts/{late.ContactId}");
                await Expect(page.Panel().Locator(".flag")).ToContainTextAsync(["No-show"]);
                await page.GotoAsync("/contacts?q=Never%20Came");
                await Expect(page.Row("Never Came").Locator(".flag")).ToHaveTextAsync("No-show");
                await page.GotoAsync("/contacts?inHouse=true");
                await Expect(page.Row("Never Came")).ToHaveCountAsync(0);
            }
        );
    }

    [Fact]
    public async Task The_day_fits_a_phone_from_either_side_and_in_the_dark_and_on_paper()
    {
        const string Engine = "sqlite";
        var hotel = await browser.Hotel(Engine);
        var guest = await hotel.Booking("Bartholomea Konstantinopolitanskaya of the Day", "+351962349106", total: 9_876_543, daysAhead: 0);
        await hotel.Note(guest.ContactId!.Value, new string('x', 300), pinned: true);
        await browser.Visit(
            Engine,
            "frontdesk",
            "/today?culture=qps-plocm",
            async page =>
            {
                await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
                await page.Picture("today-rtl-dark");
                await page.Accessible("a day from right to left, in the dark");
                foreach (var width in new[] { 1280, 1100, 900, 768, 600, 375 })
                {
                    await page.SetViewportSizeAsync(width, 800);
                    (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0, $"{width} px");
                }

                await page.Picture("today-rtl-375");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
        await browser.Visit(
            Engine,
            "frontdesk",
            "/today",
            async page =>
            {
                await page.SetViewportSizeAsync(375, 800);
                await page.Picture("today-375");
                await page.SetViewportSizeAsync(1000, 800);
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                await Expect(page.Locator(".side")).ToBeHiddenAsync();
                await Expect(page.Locator(".day-list .do .btn").First).ToBeHiddenAsync();
                await page.Picture("today-print");
            }
        );
    }
}
