using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Two guests who are one are merged by hand, and split again.</summary>
public class MergePageTests(Browser browser)
{
    private const string Sideways = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Two_guests_are_merged_value_by_value_and_the_merge_is_taken_back(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var older = (await hotel.Booking("Marguerite Oldham", "+351913821301", total: 300)).ContactId!.Value;
        var newer = (await hotel.Booking("Maggie Oldham", "+351913821302", email: "maggie@oldham.example")).ContactId!.Value;
        await hotel.Note(newer, "Strawberries", kind: "Allergy");
        await hotel.Tag(older, "VIP");
        await hotel.Consents(older);
        await browser.Visit(
            engine,
            "owner",
            "/contacts/" + older,
            async page =>
            {
                await page.Locator("#profile-merge").ClickAsync();
                await page.Accessible("choosing the other guest");
                await page.Picture("merge-choose");
                await page.Locator("#find-guest").FillAsync("Marguerite Oldham");
                await page.Locator("#found-guests").GetByRole(AriaRole.Option).First.ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("itself");
                await page.Locator("#find-guest").FillAsync("Maggie Oldham");
                await page.Locator("#found-guests").GetByRole(AriaRole.Option).First.ClickAsync();
                await page.At($"with={newer}");
                await Expect(page.Locator(".vs thead .role").First).ToHaveTextAsync("Kept record");
                await Expect(page.Locator(".vs thead")).ToContainTextAsync("the older one");
                await Expect(page.Locator(".after")).ToContainTextAsync("2 bookings");
                await Expect(page.Locator(".after")).ToContainTextAsync("€420.00 spent in all");
                await page.GetByRole(AriaRole.Radio, new() { Name = "Maggie Oldham", Exact = true }).CheckAsync();
                await Expect(page.Locator(".after li").First).ToContainTextAsync("One guest, Maggie Oldham.");
                await page.Accessible("two guests side by side");
                await page.Picture("merge");

                await page.Locator("#merge").ClickAsync();
                await page.At($"/contacts/{older}$");
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Maggie Oldham");
                await Expect(page.Locator(".toast")).ToContainTextAsync("Maggie Oldham is one guest now");
                await Expect(page.Locator(".toast [data-undo]")).ToBeInViewportAsync();
                await Expect(page.Panel().Locator(".strip")).ToContainTextAsync("€420.00");
                await Expect(page.Panel().Locator("#merges-h")).ToHaveCountAsync(1);
                await page.Picture("merged-profile");
                await page.Accessible("the profile of a merged guest");

                // The other's address leads here, and is forgotten by no split: Undo gives it back.
                await page.GotoAsync("/contacts/" + newer);
                await page.At($"/contacts/{older}$");
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Maggie Oldham");
                await page.GotoAsync("/contacts/" + newer + "/merge");
                await page.At($"/contacts/{older}$");
                await page.GotoAsync("/contacts?edit=" + newer);
                await page.At($"edit={older}$");
                await Expect(page.Locator("#edit-name")).ToHaveValueAsync("Maggie Oldham");
            }
        );
        (await hotel.Events("contact.merged")).ShouldBeGreaterThan(0);
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Undo_over_the_open_profile_gives_both_guests_back(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var older = (await hotel.Booking("Undone Merger", "+351913821303")).ContactId!.Value;
        var newer = (await hotel.Booking("Undone Mergers", "+351913821304")).ContactId!.Value;
        await browser.Visit(
            engine,
            "frontdesk",
            $"/contacts/{newer}/merge?with={older}",
            async page =>
            {
                // The keyboard alone: to the name, to the other's, all of one side, merge.
                await Expect(page.Locator(".vs thead")).ToContainTextAsync("the older one");
                await page.Keyboard.PressAsync("ArrowDown");
                await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Undone Merger", Exact = true })).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("2");
                await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "Undone Mergers" })).ToBeCheckedAsync();
                await Expect(page.Locator(".vs td.taken")).ToHaveCountAsync(2);
                await page.Keyboard.PressAsync("m");
                await page.At($"/contacts/{older}$");
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Undone Mergers");
                await page.Locator(".toast [data-undo]").ClickAsync();
                await page.At($"/contacts/{older}/merge");
                await Expect(page.Locator(".toast")).ToContainTextAsync("Undone:");
                await Expect(page.Locator(".vs thead .link").First).ToHaveTextAsync("Undone Merger");

                await page.GotoAsync("/contacts/" + newer);
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Undone Mergers");
                page.Url.ShouldEndWith(newer.ToString());
                await page.GotoAsync("/contacts/" + older);
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Undone Merger");
                await Expect(page.Panel().Locator("#merges-h")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_split_asks_whose_the_things_are_and_the_old_link_opens_the_second_guest_again(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var older = (await hotel.Booking("Split Senior", "+351913821305")).ContactId!.Value;
        var newer = (await hotel.Booking("Split Junior", "+351913821306")).ContactId!.Value;
        var third = (await hotel.Booking("Split Third", "+351913821307")).ContactId!.Value;
        var merge = await hotel.Merge(older, newer);
        await hotel.Booking("Split Junior", "+351913821306", daysAhead: 40);
        await hotel.Note(older, "Wants the room with the balcony");
        var later = await hotel.Merge(older, third);
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts/" + newer,
            async page =>
            {
                await page.At($"/contacts/{older}$");
                await Expect(page.Locator(".merges li")).ToHaveCountAsync(2);
                await Expect(page.Locator(".timeline").GetByRole(AriaRole.Link, new() { NameRegex = new("^Split the merge") }))
                    .ToHaveCountAsync(2);
                await page.Locator(".merges a").Last.ClickAsync();
                await page.At($"/contacts/merges/{merge}$");
                await Expect(page.Locator(".split-later")).ToContainTextAsync("merged again since");
                await Expect(page.Locator("#split")).ToHaveCountAsync(0);
                await page.Accessible("merged further");
                await page.Picture("split-further");
                await page.GetByRole(AriaRole.Link, new() { Name = "See the later merge" }).ClickAsync();
                await page.At($"/contacts/merges/{later}$");
                await page.Locator("#split").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("Split Third is a guest of their own again");

                await page.GotoAsync($"/contacts/merges/{merge}");
                await page.Live();
                await Expect(page.Locator(".deal tbody tr")).ToHaveCountAsync(2);
                await Expect(page.Locator(".deal tbody tr").First.GetByRole(AriaRole.Radio).Last).ToBeCheckedAsync();
                await Expect(page.Locator("#split")).ToBeDisabledAsync();
                await Expect(page.Locator("#split-why")).ToHaveTextAsync("Choose for 1 thing first.");
                await page.Accessible("a split with something undecided");
                await page.Picture("split");
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("split-375");
                await page.Locator(".deal tbody tr").Last.GetByRole(AriaRole.Radio).Last.CheckAsync();
                await Expect(page.Locator(".split .pre .panel").Last).ToContainTextAsync("2 bookings · 1 note");
                await page.Locator("#split").ClickAsync();
                await page.At($"/contacts/{older}$");
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Split Senior");

                // The browser took the old address to the kept guest before; now it is the second guest's own again.
                await page.Locator(".toast").GetByRole(AriaRole.Link).ClickAsync();
                await page.At($"/contacts/{newer}$");
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Split Junior");
                await Expect(page.Panel()).ToContainTextAsync("Wants the room with the balcony");
                await page.GotoAsync("/contacts/" + newer);
                await page.At($"/contacts/{newer}$");
                await page.GotoAsync($"/contacts/merges/{merge}");
                await Expect(page.Locator(".state")).ToBeVisibleAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Who_may_not_merge_is_shown_no_button_and_is_told_why(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var one = (await hotel.Booking("Only Looked At", "+351913821308")).ContactId!.Value;
        var other = (await hotel.Booking("Only Looked At Too", "+351913821309")).ContactId!.Value;
        var merge = await hotel.Merge(one, (await hotel.Booking("Only Looked Third", "+351913821310")).ContactId!.Value);
        await browser.Visit(
            engine,
            "viewer",
            "/contacts/" + one,
            async page =>
            {
                await Expect(page.Panel().Locator("#merges-h")).ToHaveCountAsync(1);
                await Expect(page.Locator("#profile-merge")).ToHaveCountAsync(0);
                await Expect(page.Panel().GetByRole(AriaRole.Link, new() { NameRegex = new("^Split") })).ToHaveCountAsync(0);
                foreach (var path in new[] { $"/contacts/{one}/merge", $"/contacts/{one}/merge?with={other}", $"/contacts/merges/{merge}" })
                {
                    await page.GotoAsync(path);
                    await Expect(page.Locator(".state")).ToContainTextAsync("Add and edit contacts");
                    await Expect(page.Locator("#merge, #split, #find-guest")).ToHaveCountAsync(0);
                }
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_merge_asks_for_an_approval_where_the_organisation_says_so_and_tells_what_changed_meanwhile(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        var older = (await hotel.Booking("Approved Senior", "+351913821321")).ContactId!.Value;
        var newer = (await hotel.Booking("Approved Junior", "+351913821322")).ContactId!.Value;
        await browser.Visit(
            hotel,
            "owner",
            "/settings/approvals",
            async page =>
            {
                await page.Locator("#on-contacts-merge").CheckAsync();
                await page.Locator("#over-contacts-merge").FillAsync("1");
                await page.Locator("#rules-save").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("saved");

                await page.GotoAsync($"/contacts/{older}/merge?with={newer}");
                await page.Live();
                await hotel.Tag(newer, "Arrived meanwhile");
                await Expect(page.Locator(".merge-news")).ToContainTextAsync("Look once more");
                await Expect(page.Locator(".vs")).ToContainTextAsync("Arrived meanwhile");
                await page.Locator("#merge").ClickAsync();
                await page.Locator("#approval-how").SelectOptionAsync("Password");
                await page.Locator("#approval-proof").FillAsync(Hotel.Password);
                await page.Accessible("a merge that asks for an approval");
                await page.Locator("#approval-yes").ClickAsync();
                await page.At($"/contacts/{older}$");
                await Expect(page.Locator(".toast").Last).ToContainTextAsync("Approved Senior is one guest now");
            }
        );
        (await hotel.Events("approval.given")).ShouldBe(1);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark, "en")]
    [InlineData(375, ColorScheme.Light, "en")]
    [InlineData(375, ColorScheme.Dark, "qps-plocm")]
    [InlineData(1280, ColorScheme.Light, "qps-plocm")]
    public async Task The_pages_fit_every_screen_in_both_colours_and_directions(int width, ColorScheme colours, string culture)
    {
        var hotel = await browser.Hotel("sqlite");
        var (one, other) = (
            (await hotel.Booking("Wilhelmina Konstantinopolitanskaya-Featherstonehaugh", "+351913821311")).ContactId!.Value,
            (await hotel.Booking("شهد القحطاني", "+966551234567", email: "shahad.alqahtani@a-long-domain.example")).ContactId!.Value
        );
        if (width == 1280 && colours == ColorScheme.Dark)
        {
            await hotel.Consents(one);
        }

        var look = $"{width}-{colours}-{culture}";
        await browser.Visit(
            "sqlite",
            "owner",
            $"/contacts/{one}/merge?with={other}&culture={culture}",
            async page =>
            {
                foreach (
                    var (path, name) in new[]
                    {
                        ($"/contacts/{one}/merge?with={other}", "merge"),
                        ($"/contacts/{one}/merge", "merge-choose"),
                    }
                )
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    await page.Locator("h2").First.WaitForAsync();
                    (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0, path);
                    await page.Accessible($"{path}, {look}");
                    if (culture != "en")
                    {
                        (await page.EvaluateAsync<string[]>(AppearanceTests.Untranslated)).ShouldBeEmpty(path);
                    }

                    await page.Picture($"{name}-{look}");
                }
            },
            new()
            {
                ColorScheme = colours,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
    }
}
