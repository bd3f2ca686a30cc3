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
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts",
            async page =>
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
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task An_open_list_says_how_many_match_and_how_many_came_meanwhile(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Arriving First", "+351962347731", status: "Pending", daysAhead: 410);
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings?q=arriving&status=Pending",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await Expect(page.Locator(".matches")).ToHaveTextAsync("1 booking");
                await hotel.Booking("Arriving Confirmed", "+351962347732", daysAhead: 411);
                await hotel.Booking("Arriving Second", "+351962347733", status: "Pending", daysAhead: 412);
                await Expect(page.Button("1 new")).ToBeVisibleAsync();
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await page.Accessible("bookings with new ones");
                await page.Picture("bookings-news-" + engine);
                await page.Button("1 new").ClickAsync();
                await Expect(page.Row("Arriving Second")).ToBeVisibleAsync();
                await Expect(page.Locator(".matches")).ToHaveTextAsync("2 bookings");
                await Expect(page.Locator(".news")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_with_a_long_address_and_no_phone_fits_a_phone(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking(
            "Maximiliane Langgestreckt",
            null,
            daysAhead: 430,
            email: "maximiliane.von.langgestreckt-hinterwaldner@guesthouse-reservations.example.org"
        );
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings?q=langgestreckt",
            async page =>
            {
                await page.SetViewportSizeAsync(375, 800);
                await Expect(page.Row("Maximiliane Langgestreckt")).ToContainTextAsync("@guesthouse");
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
                await page.Picture("bookings-long-375-" + engine);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_list_fits_a_phone_is_mirrored_and_comes_from_the_resources(string engine)
    {
        await browser.Visit(
            engine,
            "owner",
            "/bookings?culture=qps-plocm",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(25);
                await page.Picture("bookings-rtl-dark-" + engine);
                await page.Accessible("bookings, dark, right to left");
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
                await page.Picture("bookings-rtl-375-" + engine);
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
        await browser.Visit(
            engine,
            "viewer",
            "/bookings?culture=en-GB",
            async page =>
            {
                await page.SetViewportSizeAsync(375, 800);
                await Expect(page.Rows()).ToHaveCountAsync(25);
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBe(0);
                await page.Picture("bookings-375-" + engine);
            }
        );
        await browser.Visit(
            engine,
            "housekeeper",
            "/bookings",
            async page =>
            {
                await Expect(page.GetByText("View bookings")).ToBeVisibleAsync();
                await page.Accessible("no permission for bookings");
            }
        );
    }
}
