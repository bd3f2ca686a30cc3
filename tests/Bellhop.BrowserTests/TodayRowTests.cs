using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What a row of Today says, on the screen and on paper.</summary>
public class TodayRowTests(Browser browser)
{
    private const string Starts = "() => [...document.querySelectorAll('#arrivals .stay')].map(e => e.getBoundingClientRect().left)";

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
