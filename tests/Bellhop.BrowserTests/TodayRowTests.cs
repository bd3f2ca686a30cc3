using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What a row of Today says, on the screen and on paper, and how the keyboard goes through it.</summary>
public class TodayRowTests(Browser browser)
{
    private const string Starts = "() => [...document.querySelectorAll('#arrivals .stay')].map(e => e.getBoundingClientRect().left)";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_keyboard_stays_at_the_row_and_a_double_click_is_one_step(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var booking = await hotel.Booking("Aaron Twice", "+351962349108", daysAhead: 0);
        var due = await hotel.Booking("Zoe After", "+351962349109", daysAhead: 3);
        await hotel.Note(due.ContactId!.Value, "Fetch the cake", due: booking.Arrival);
        await hotel.Note(due.ContactId!.Value, "Light the candles", due: booking.Arrival);
        await browser.Visit(
            hotel,
            "owner",
            "/today",
            async page =>
            {
                var row = page.Locator($"#arrivals-{booking.Id}");
                await Expect(row.Locator("a.open")).ToBeVisibleAsync(); // the circuit reads the day again: until then no key moves
                await page.Keyboard.PressAsync("j");
                await Expect(row.Locator("a.open")).ToBeFocusedAsync();
                await row.Locator("[data-to=InHouse]").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(row.Locator("[data-to=Completed]")).ToBeVisibleAsync();
                await Expect(row.Locator("a.open")).ToBeFocusedAsync();

                // The second click comes when the next step is in the first one's place.
                await row.Locator("[data-to=Completed]").DispatchEventAsync("click", new { detail = 2, bubbles = true });
                await page.Locator("#due-mine").ClickAsync();
                await page.Locator("#due-mine").ClickAsync();
                await Expect(row.Locator("[data-to=Completed]")).ToBeVisibleAsync();

                await page.Locator(".due-note input").First.FocusAsync();
                await page.Keyboard.PressAsync("Space");
                await Expect(page.Locator(".due-note")).ToHaveCountAsync(1);
                await Expect(page.Locator(".due-note input")).ToBeFocusedAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_booking_without_a_price_is_not_said_to_be_paid(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var free = await hotel.Booking("Has No Price", "+351962349186", total: 0, daysAhead: 0);
        var owes = await hotel.Booking("Has A Price", "+351962349187", total: 90, daysAhead: 0);
        await browser.Visit(
            hotel,
            "frontdesk",
            "/today",
            async page =>
            {
                await Expect(page.Locator($"#arrivals-{free.Id} .money small")).ToHaveTextAsync("No price yet");
                await Expect(page.Locator($"#arrivals-{owes.Id} .money small")).ToHaveTextAsync("€90.00 to pay");
                foreach (var width in new[] { 1280, 1000, 768 })
                {
                    await page.SetViewportSizeAsync(width, 800);
                    (await page.EvaluateAsync<double[]>(Starts))
                        .Distinct()
                        .Count()
                        .ShouldBe(1, $"the stays of all rows begin at one line at {width} px");
                }
            }
        );
    }

    [Fact]
    public async Task A_long_note_is_cut_to_a_line_on_the_screen_and_whole_on_paper()
    {
        var hotel = await (await browser.Hotel("sqlite")).Another();
        const string Start = "Nuts, sesame and shellfish, even traces; carries an injector";
        var guest = await hotel.Booking("Swells Up", "+351962349188", daysAhead: 0);
        await hotel.Note(guest.ContactId!.Value, Start + " in the left pocket", kind: "Allergy");
        await browser.Visit(
            hotel,
            "frontdesk",
            "/today",
            async page =>
            {
                var flag = page.Locator("#arrivals .flag");
                await Expect(flag).ToHaveAttributeAsync("title", $"Allergy: {Start} in the left pocket");
                (await flag.InnerTextAsync()).ShouldBe($"Allergy: {Start}…");
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                (await flag.InnerTextAsync()).ShouldBe($"Allergy: {Start} in the left pocket");
                await page.Picture("today-print-long-note");
            }
        );
    }
}
