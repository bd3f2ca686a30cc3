using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class BookingsPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Bookings_are_found_filtered_and_opened_and_the_address_says_all_of_it(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Joaquim Listado", "+351962347713", status: "Pending", daysAhead: 400);
        await browser.Visit(engine, "frontdesk", "/contacts", async page =>
        {
            await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Bookings" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Bookings" })).ToBeVisibleAsync();
            await Expect(page.Rows()).ToHaveCountAsync(25);
            await page.Button("Load More (25)").ClickAsync();
            await Expect(page.Rows()).ToHaveCountAsync(50);
            await page.Accessible("bookings");
            await page.Picture("bookings-" + engine);

            await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search bookings" }).FillAsync("joaquim LISTADO");
            await page.At("q=");
            await Expect(page.Rows()).ToHaveCountAsync(1);
            await page.Locator("#filters").ClickAsync();
            await page.Panel().GetByLabel("Pending").CheckAsync();
            await page.Accessible("filters of bookings");
            await page.Picture("bookings-filters-" + engine);
            await page.Button("Show bookings").ClickAsync();
            await Expect(page.Locator(".chip")).ToHaveCountAsync(2);
            await Expect(page.Row("Joaquim Listado")).ToContainTextAsync("Pending");
            page.Url.ShouldContain("status=Pending");
            await page.ReloadAsync();
            await page.Live();
            await Expect(page.Rows()).ToHaveCountAsync(1);
            await page.GetByLabel("Property").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" });
            await Expect(page.GetByText("No booking matches")).ToBeVisibleAsync();
            await page.Accessible("no booking");
            await page.GoBackAsync();
            await page.Row("Joaquim Listado").GetByRole(AriaRole.Link).ClickAsync();
            await page.At("/bookings/" + booking.Id);
            await Expect(page.Locator(".booking")).ToContainTextAsync("Joaquim Listado");
        });
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_list_fits_a_phone_is_mirrored_and_comes_from_the_resources(string engine)
    {
        await browser.Visit(engine, "owner", "/bookings?culture=qps-plocm", async page =>
        {
            await Expect(page.Rows()).ToHaveCountAsync(25);
            await page.Picture("bookings-rtl-dark-" + engine);
            await page.Accessible("bookings, dark, right to left");
            await page.SetViewportSizeAsync(375, 800);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
            await page.Picture("bookings-rtl-375-" + engine);
        }, new() { ColorScheme = ColorScheme.Dark });
        await browser.Visit(engine, "viewer", "/bookings?culture=en-GB", async page =>
        {
            await page.SetViewportSizeAsync(375, 800);
            await Expect(page.Rows()).ToHaveCountAsync(25);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
            await page.Picture("bookings-375-" + engine);
        });
        await browser.Visit(engine, "housekeeper", "/bookings", async page =>
        {
            await Expect(page.GetByText("View bookings")).ToBeVisibleAsync();
            await page.Accessible("no permission for bookings");
        });
    }
}
