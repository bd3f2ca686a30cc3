using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ReviewTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Staff_send_a_link_the_guest_rates_the_stay_and_everybody_sees_it(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Reviewing Guest", "+351962347721", daysAhead: -30);
        var link = "";
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings/" + booking.Id,
            async page =>
            {
                await page.Button("Copy review link").ClickAsync();
                await Expect(page.Locator("#review-address"))
                    .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^http.*/review/.+"));
                link = await page.Locator("#review-address").InputValueAsync();
                await page.Button("Add review").ClickAsync();
                await page.Accessible("a review being written");
                await page.Button("Save review").ClickAsync();
                await Expect(page.Locator(".review-form .error")).ToHaveTextAsync("Choose how many stars they give.");
                await page.GetByRole(AriaRole.Radio, new() { Name = "2 of 5 stars" }).CheckAsync();
                await page.Locator("#review-comment").FillAsync("Noisy street <b>");
                await page.Picture("review-form-" + engine);
                await page.Button("Save review").ClickAsync();
                await Expect(page.Locator("ul.reviews li")).ToContainTextAsync("Noisy street <b>");
                await Expect(page.Locator("#add-review")).ToBeFocusedAsync();
                await page.Accessible("a booking with reviews");
                await page.Picture("booking-reviews-" + engine);
            }
        );

        await Rate(engine, new Uri(link).PathAndQuery);
        await browser.Visit(
            engine,
            "frontdesk",
            "/reviews",
            async page =>
            {
                await Expect(page.Locator("ul.review-rows li").First).ToContainTextAsync("Wonderful roof");
                await page.Accessible("the reviews");
                await page.Picture("reviews-" + engine);
                await page.GetByRole(AriaRole.Link, new() { Name = "2 of 5 stars" }).ClickAsync();
                await Expect(page.Locator("ul.review-rows li").First).ToContainTextAsync("Noisy street");
                await Expect(page.Locator("ul.review-rows")).Not.ToContainTextAsync("Wonderful roof");
                page.Url.ShouldContain("stars=2");
                await page.GetByRole(AriaRole.Link, new() { Name = "Reviewing Guest" }).First.ClickAsync();
                await Expect(page.Locator(".strip")).ToContainTextAsync("5");
                await Expect(page.Locator(".strip")).ToContainTextAsync("3.5 on average of 2");
                await page.Locator("#reviews-h").ScrollIntoViewIfNeededAsync();
                await page.Picture("profile-reviews-" + engine);
                await page.Accessible("the profile with reviews");
                await page.Locator("#add-review").ClickAsync();
                await page.GetByRole(AriaRole.Radio, new() { Name = "4 of 5 stars" }).CheckAsync();
                await page.Button("Save review").ClickAsync();
                await Expect(page.Locator("ul.reviews li")).ToHaveCountAsync(3);
                await Expect(page.Locator(".strip")).ToContainTextAsync("3.7 on average of 3");
            }
        );
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Reviewing&minRating=4",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await Expect(page.Locator(".chips")).ToContainTextAsync("4 stars or more");
                await Expect(page.Rows().First.Locator(".rating")).ToContainTextAsync("4");
            }
        );
        await browser.Visit(
            engine,
            "owner",
            "/contacts?panel=filters&q=Reviewing",
            async page =>
            {
                await page.GetByLabel("Rating").SelectOptionAsync("5");
                await page.Button("Show guests").ClickAsync();
                await page.At("minRating=5");
                await Expect(page.Rows()).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_review_is_deleted_after_a_question(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Unreviewed Ursula", "+351962347741", daysAhead: -40);
        await browser.Visit(
            engine,
            "frontdesk",
            "/bookings/" + booking.Id,
            async page =>
            {
                await page.Locator("#add-review").ClickAsync();
                await page.GetByRole(AriaRole.Radio, new() { Name = "2 of 5 stars" }).CheckAsync();
                await page.GetByLabel("In the guest's words").FillAsync("Typed by mistake");
                await page.Button("Save review").ClickAsync();
                await Expect(page.Locator(".review")).ToContainTextAsync("Typed by mistake");
                await page.Button("Delete review").ClickAsync();
                await Expect(page.Locator(".review")).ToContainTextAsync("Delete this review for good?");
                await page.Accessible("a review about to be deleted");
                await page.Picture("review-delete-" + engine);
                await page.Button("Yes, delete it").ClickAsync();
                await Expect(page.Locator(".review")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_pages_fit_small_screens_in_the_dark_and_from_right_to_left(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var booking = await hotel.Booking("Wilhelmina Konstantinopolitanskaya-Featherstonehaugh", "+351962347722", daysAhead: -31);
        var link = "";
        var phone = new ViewportSize { Width = 375, Height = 800 };
        await browser.Visit(
            engine,
            "owner",
            $"/bookings/{booking.Id}?culture=qps-plocm",
            async page =>
            {
                await page.Locator("#review-link").ClickAsync();
                link = await page.Locator("#review-address").InputValueAsync();
                foreach (var path in new[] { "/bookings/" + booking.Id, "/reviews", "/reports" })
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(
                        0,
                        path
                    );
                    await page.Accessible(path + ", small, dark, right to left");
                    await page.Picture($"small-rtl-{path.Split('/')[1]}-{engine}");
                }
            },
            new() { ColorScheme = ColorScheme.Dark, ViewportSize = phone }
        );
        await Public(
            engine,
            new Uri(link).PathAndQuery + "?culture=qps-plocm",
            async page =>
            {
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
                await page.Accessible("rating, small, dark, right to left");
                await page.Picture("small-rtl-rate-" + engine);
            },
            new() { ColorScheme = ColorScheme.Dark, ViewportSize = phone }
        );
    }

    private async Task Rate(string engine, string link) =>
        await Public(
            engine,
            link,
            async page =>
            {
                await Expect(page.Locator("main")).Not.ToContainTextAsync("Reviewing");
                await page.Accessible("rating a stay");
                await page.Button("Send").ClickAsync();
                await Expect(page.Locator(".error")).ToHaveTextAsync("Choose how many stars you give.");
                await page.GetByRole(AriaRole.Radio, new() { Name = "5 of 5 stars" }).CheckAsync();
                await page.Locator("#comment").FillAsync("Wonderful roof");
                await page.Picture("rate-" + engine);
                await page.Button("Send").ClickAsync();
                await Expect(page.Locator("h1")).ToHaveTextAsync("Thank you");
                await page.Accessible("a stay rated");
                await page.ReloadAsync();
                await Expect(page.Locator("h1")).ToHaveTextAsync("Thank you");
                (await page.Context.CookiesAsync()).ShouldBeEmpty();
            }
        );

    // A page without a circuit is live when it is there.
    private Task Public(string engine, string path, Func<IPage, Task> doing, BrowserNewContextOptions? options = null) =>
        browser.Visit(engine, null, path, doing, options);
}
