using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class LoyaltyPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_programme_is_saved_and_its_sentence_follows_what_is_typed(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/loyalty",
            async page =>
            {
                await page.Accessible("the choice of a programme");
                await page.Picture("loyalty-pick-" + engine);
                await page.GetByRole(AriaRole.Link, new() { Name = "Lantern Hostel" }).ClickAsync();
                await Expect(page.GetByText("No programme here yet")).ToBeVisibleAsync();
                await page.Button("Save").ClickAsync();
                await Expect(page.Locator("#loyalty-name")).ToBeFocusedAsync();

                await page.Locator("#loyalty-name").FillAsync("Lantern Keepers 🏮");
                await page.Locator("#loyalty-rate").FillAsync("2");
                await page.Locator("#loyalty-welcome").FillAsync("100");
                await Expect(page.Locator("#loyalty-said"))
                    .ToHaveTextAsync(
                        "A guest who spends €100.00 collects 200 points, worth €2.00 off a later stay. Points may pay up to 50% of a "
                            + "bill. A newcomer starts with 100."
                    );
                await page.Locator("#loyalty-Gold").FillAsync("400");
                await page.Keyboard.PressAsync("Tab");
                await Expect(page.Locator(".programme-sum dd").Last).ToHaveTextAsync("–");
                await page.Button("Save").ClickAsync();
                await Expect(page.Locator("#loyalty-tiers-more")).ToContainTextAsync("above the tier before");
                await page.Accessible("a programme with an error");
                await page.Picture("loyalty-error-" + engine);
                await page.Locator("#loyalty-Gold").FillAsync("1200");
                await page.Button("Save").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("is saved");
                await Expect(page.Locator(".cards")).ToContainTextAsync("Points outstanding");
                await page.Accessible("a programme");
                await page.Picture("loyalty-" + engine);

                await page.Locator("#loyalty-rate").FillAsync("3");
                await page.Locator("#loyalty-discard").ClickAsync();
                await Expect(page.Locator("#loyalty-rate")).ToHaveValueAsync("2");
                await page.GetByRole(AriaRole.Link, new() { Name = "Members" }).ClickAsync();
                await Expect(page.GetByText("No members yet")).ToBeVisibleAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Members_join_redeem_and_are_adjusted_in_their_ledger(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var place = await hotel.Programme("Lantern Keepers");
        var stay = await hotel.Booking("Quirina Lighthouse", "+351962347001", total: 90, status: "Confirmed");
        await hotel.Booking("Zdzisława Foghorn", "+351962347002", status: "Completed");
        await browser.Visit(
            hotel,
            "owner",
            $"/loyalty?propertyId={place}&tab=members",
            async page =>
            {
                foreach (var (typed, name) in new[] { ("Quirina", "Quirina Lighthouse"), ("Foghorn", "Zdzisława Foghorn") })
                {
                    await page.Locator("#add-member").ClickAsync();
                    await page.Locator("#find-guest").FillAsync(typed);
                    await page.GetByRole(AriaRole.Option, new() { Name = name }).ClickAsync();
                    await Expect(page.Row(name)).ToContainTextAsync("Bronze");
                    await Expect(page.Panel()).ToHaveCountAsync(0);
                }

                await page.Accessible("members");
                await page.Picture("loyalty-members-" + engine);
                await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search members" }).FillAsync("foghorn");
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await page.GetByRole(AriaRole.Link, new() { Name = "Gold" }).ClickAsync();
                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
                await page.GotoAsync($"/loyalty?propertyId={place}&tab=members");
                await page.Live();

                await page.GetByRole(AriaRole.Link, new() { Name = "Quirina Lighthouse" }).ClickAsync();
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Adjust…" }).ClickAsync();
                await page.Locator("#points-number").FillAsync("450");
                await page.Locator("#points-save").ClickAsync();
                await Expect(page.Locator("#points-reason")).ToBeFocusedAsync();
                await page.Locator("#points-reason").FillAsync("Two cold showers in a row, sorry");
                await page.Locator("#points-save").ClickAsync();
                await Expect(page.Panel().Locator(".strip")).ToContainTextAsync("550");
                await Expect(page.Panel().Locator(".strip")).ToContainTextAsync("Silver");

                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Redeem", Exact = true }).ClickAsync();
                await page.Locator("#points-number").FillAsync("600");
                await page.Locator("#points-save").ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToContainTextAsync("Not enough points");
                await page.Locator("#points-number").FillAsync("50");
                await page.Accessible("redeeming");
                await page.Picture("loyalty-redeem-" + engine);
                await page.Locator("#points-save").ClickAsync();
                await Expect(page.Panel().Locator(".strip")).ToContainTextAsync("500");
                await Expect(page.Panel().Locator(".ledger tbody tr")).ToHaveCountAsync(3);
                await page.Accessible("a ledger");
                await page.Picture("loyalty-ledger-" + engine);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Row("Quirina Lighthouse")).ToContainTextAsync("500");

                await page.GotoAsync("/bookings/" + stay.Id);
                await page.Live();
                await Expect(page.Locator(".booking-points")).ToContainTextAsync("Up to 4,500 points");
                await page.Locator("#booking-redeem").ClickAsync();
                await Expect(page.Locator("#points-number")).ToHaveValueAsync("500");
                await page.Locator("#points-number").FillAsync("200");
                await page.Locator("#points-save").ClickAsync();
                await Expect(page.Locator("#booking-left")).ToContainTextAsync("€88.00");
                await page.Accessible("a booking with points");
                await page.Picture("loyalty-booking-" + engine);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_profile_and_the_list_of_guests_show_tier_and_points(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Programme("Lantern Keepers");
        var stay = await hotel.Booking("Thaddeus Beacon", "+351962347003");
        await browser.Visit(
            hotel,
            "owner",
            "/contacts/" + stay.ContactId,
            async page =>
            {
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Add to Lantern Keepers, Lantern Hostel" }).ClickAsync();
                await Expect(page.Panel().Locator(".facts .crown")).ToContainTextAsync("Bronze");
                await Expect(page.Panel().Locator(".guest-points")).ToContainTextAsync("400 to Silver");
                await page.Panel().Locator(".guest-points").ScrollIntoViewIfNeededAsync();
                await page.Accessible("a member's profile");
                await page.Picture("loyalty-profile-" + engine);

                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Membership…" }).ClickAsync();
                await page.Locator("#membership-tier").SelectOptionAsync("Gold");
                await page.Locator("#membership-save").ClickAsync();
                await Expect(page.Panel().Locator(".facts .crown")).ToContainTextAsync("Gold");

                await page.GotoAsync("/contacts?panel=filters");
                await page.Live();
                await page.Panel().GetByLabel("Gold").CheckAsync();
                await page.Accessible("filters with tiers");
                await page.Button("Show guests").ClickAsync();
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await Expect(page.Row("Thaddeus Beacon")).ToBeVisibleAsync();
                await Expect(page.Locator(".chip")).ToContainTextAsync("Gold");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Many_guests_join_at_once_from_the_list_and_who_is_a_member_already_stays_one(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var place = await hotel.Programme("Lantern Keepers");
        await hotel.Member("Balthazar Moorings", "+351962347101");
        await hotel.Booking("Clementina Moorings", "+351962347102");
        await hotel.Booking("Dagobert Moorings", "+351962347103");
        await hotel.Booking("Eulalia Quayside", "+351962347104");
        await browser.Visit(
            hotel,
            "owner",
            "/contacts?q=Moorings",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await page.GetByLabel("Select all shown").CheckAsync();
                await page.Locator("#bulk-enrol").ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("Add 3 guests to a loyalty programme");
                await Expect(page.Locator("#bulk-what")).ToHaveValueAsync(place.ToString());
                await Expect(page.Locator("#bulk-what option:checked")).ToHaveTextAsync("Lantern Keepers (Lantern Hostel)");
                await page.Accessible("adding many guests to a programme");
                await page.Picture("loyalty-many-" + engine);
                await page.SetViewportSizeAsync(375, 800);
                await Fits(page);
                await page.Picture("loyalty-many-narrow-" + engine);
                await page.SetViewportSizeAsync(1280, 900);
                await page.Locator("#bulk-do").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("2 guests are new members.");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator(".picked")).ToHaveCountAsync(0);

                await page.GotoAsync($"/loyalty?propertyId={place}&tab=members");
                await page.Live();
                await Expect(page.Rows()).ToHaveCountAsync(3);
                foreach (var name in new[] { "Balthazar Moorings", "Clementina Moorings", "Dagobert Moorings" })
                {
                    // The welcome bonus, once.
                    await Expect(page.Row(name).GetByText("100", new() { Exact = true })).ToBeVisibleAsync();
                }
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Who_may_only_look_sees_the_programme_and_no_button_and_a_narrow_screen_holds_it(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var place = await hotel.Programme("Lantern Keepers");
        await hotel.Member("Ottilie Lodestar", "+351962347004");
        await browser.Visit(
            hotel,
            "viewer",
            $"/loyalty?propertyId={place}",
            async page =>
            {
                await Expect(page.GetByText("You may look at the programme, but not change it.")).ToBeVisibleAsync();
                await Expect(page.Locator("#loyalty-save")).ToHaveCountAsync(0);
                await Expect(page.Locator("#loyalty-name")).ToBeDisabledAsync();
                await page.Accessible("a programme, 375 px, dark");
                await page.Picture("loyalty-narrow-dark-" + engine);
                await Fits(page);
                await page.GotoAsync($"/loyalty?propertyId={place}&tab=members");
                await page.Live();
                await Expect(page.Row("Ottilie Lodestar").GetByText("100", new() { Exact = true })).ToBeVisibleAsync();
                await Expect(page.Locator("#add-member")).ToHaveCountAsync(0);
                await page.Accessible("members, 375 px, dark");
                await page.Picture("loyalty-members-narrow-dark-" + engine);
                await Fits(page);
                await page.GetByRole(AriaRole.Link, new() { Name = "Ottilie Lodestar" }).ClickAsync();
                await page.Panel().Locator(".ledger").WaitForAsync();
                await page.Accessible("a ledger, 375 px, dark");
                await page.Picture("loyalty-ledger-narrow-dark-" + engine);
                await page.GotoAsync($"/loyalty?propertyId={place}&culture=qps-plocm");
                await page.Live();
                await page.Picture("loyalty-narrow-rtl-" + engine);
                await page.SetViewportSizeAsync(1280, 900);
                await page.Picture("loyalty-rtl-dark-" + engine);
                await page.Accessible("a programme from right to left");
            },
            new()
            {
                ColorScheme = ColorScheme.Dark,
                ViewportSize = new() { Width = 375, Height = 800 },
            }
        );
    }

    private static async Task Fits(IPage page) =>
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
}
