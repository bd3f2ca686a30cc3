using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class AuditPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_happened_is_said_in_words_filtered_by_address_and_shows_before_and_after(string engine)
    {
        // Other tests fill the log of the hotel that all share.
        var hotel = await (await browser.Hotel(engine)).Another();
        var booking = await hotel.Booking("Audited Guest", "+351962347790", daysAhead: 5);
        await browser.Visit(
            hotel,
            "owner",
            "/bookings/" + booking.Id,
            async page =>
            {
                await page.Button("Edit").ClickAsync();
                await page.Locator("#edit-total").FillAsync("99");
                await page.Button("Save").ClickAsync();
                await Expect(page.Locator(".booking .sum")).ToHaveTextAsync("€99.00");

                await page.GotoAsync($"/settings/audit?entityId={booking.Id}");
                await page.Live();
                await Expect(page.Rows()).ToHaveCountAsync(2);
                await Expect(page.Rows().First).ToContainTextAsync("changed a booking");
                await page.Rows().First.GetByText("Before and after").ClickAsync();
                await Expect(page.Rows().First).ToContainTextAsync("99");
                await page.Accessible("the audit log");
                await page.Picture("audit-" + engine);

                await page.GetByLabel("Show").SelectOptionAsync("true");
                await page.Button("Show").ClickAsync();
                await page.At("refused=true");
                await Expect(page.GetByText("Nothing happened that fits these filters.")).ToBeVisibleAsync();
                await page.GetByRole(AriaRole.Link, new() { Name = "Clear filters" }).ClickAsync();
                await page.At("/settings/audit$");
                await Expect(page.Row("made a booking").First).ToBeVisibleAsync();
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("audit-375-" + engine);
            }
        );
    }
}
