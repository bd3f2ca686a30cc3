using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Pairs of guests who may be one, on their own page and in the profile.</summary>
public class DuplicatesPageTests(Browser browser)
{
    private const string Sideways = "() => document.documentElement.scrollWidth - innerWidth";
    private const string List = "/contacts/duplicates";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Pairs_are_told_apart_asked_for_again_and_merged_from_the_list(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "frontdesk",
            "/contacts",
            async page =>
            {
                await page.Locator("#duplicates").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("No likely duplicates");
                await page.Accessible("no pairs");
                await Pair(hotel, 1, "Aurora Vidal", "Aurora Falcão");
                await Pair(hotel, 2, "Bernardo Rocha", "Bernardo Quintas");
                await page.ReloadAsync();
                await page.Live();
                await Expect(Rows(page)).ToHaveCountAsync(2);
                await Expect(Rows(page).Filter(new() { HasText = "Aurora" })).ToContainTextAsync("Same e-mail address");
                await page.Accessible("pairs to decide");
                await page.Picture("duplicates");

                await page.Button("Not the same person: Aurora Vidal and Aurora Falcão").ClickAsync();
                await Expect(Rows(page)).ToHaveCountAsync(1);
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(Rows(page)).ToHaveCountAsync(2);
                await page.Button("Not the same person: Aurora Vidal and Aurora Falcão").ClickAsync();
                await Expect(Rows(page)).ToHaveCountAsync(1);
                await page.GetByRole(AriaRole.Link, new() { Name = "Not the same", Exact = true }).ClickAsync();
                await Expect(Rows(page)).ToContainTextAsync("frontdesk");
                await page.Accessible("pairs told apart");
                await page.Picture("duplicates-told");
                await page.Button("Ask again: Aurora Vidal and Aurora Falcão").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("Nobody was told apart");
                await page.GetByRole(AriaRole.Link, new() { Name = "To decide" }).ClickAsync();
                await Expect(Rows(page)).ToHaveCountAsync(2);

                // Side by side: the next pair by J, not the same by N, and the list again.
                await page.GetByRole(AriaRole.Link, new() { Name = "Compare Aurora Vidal and Aurora Falcão" }).ClickAsync();
                await Expect(page.Locator(".after .reasons")).ToContainTextAsync("Same e-mail address");
                await page.Accessible("a listed pair side by side");
                await page.Picture("merge-pair");
                await page.Keyboard.PressAsync("j");
                await Expect(page.Locator(".vs thead")).ToContainTextAsync("Bernardo Rocha");
                await Expect(page.Locator("#not-same")).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("n");
                await page.At(List + "$");
                await Expect(page.Locator(".toast").Last).ToContainTextAsync("Bernardo Rocha and Bernardo Quintas");
                await Expect(Rows(page)).ToHaveCountAsync(1);
                await page.GetByRole(AriaRole.Link, new() { Name = "Compare Aurora Vidal and Aurora Falcão" }).ClickAsync();
                await page.Locator("#merge").ClickAsync();
                await Expect(page.Panel().Locator("#guest-name")).ToHaveTextAsync("Aurora Vidal");
                await page.GotoAsync(List);
                await Expect(page.Locator(".state")).ToContainTextAsync("No likely duplicates");
            }
        );
        (await hotel.Events("contact.merged")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_profile_lists_who_else_may_be_the_guest(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var one = await Pair(hotel, 3, "Cecília Moura", "Cecília Abrantes");
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts/" + one,
            async page =>
            {
                var part = page.Panel().Locator(".duplicates");
                await Expect(part).ToContainTextAsync("Cecília Abrantes");
                await part.ScrollIntoViewIfNeededAsync();
                await page.Accessible("a profile with likely duplicates");
                await page.Picture("profile-duplicates");
                await page.Button("Not the same person as Cecília Abrantes").ClickAsync();
                await Expect(part).ToHaveCountAsync(0);
                await page.Locator(".toast [data-undo]").ClickAsync();
                await Expect(part).ToContainTextAsync("Cecília Abrantes");
                await page.GetByRole(AriaRole.Link, new() { Name = "Merge with Cecília Abrantes" }).ClickAsync();
                await page.At($"/contacts/{one}/merge");
                await Expect(page.Locator("#not-same")).ToBeVisibleAsync();
            }
        );
        await browser.Visit(
            engine,
            "viewer",
            "/contacts/" + one,
            async page =>
            {
                await Expect(page.Panel().Locator("#identities-h")).ToBeVisibleAsync();
                await Expect(page.Locator("#duplicates-h, #duplicates")).ToHaveCountAsync(0);
                await page.GotoAsync(List);
                await Expect(page.Locator(".state")).ToContainTextAsync("Add and edit contacts");
                await page.Accessible("no permission for pairs");
            }
        );
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark, "en")]
    [InlineData(375, ColorScheme.Light, "en")]
    [InlineData(375, ColorScheme.Dark, "qps-plocm")]
    public async Task The_list_fits_every_screen_in_both_colours_and_directions(int width, ColorScheme colours, string culture)
    {
        await using var hotel = await (await browser.Hotel("sqlite")).Another();
        for (var i = 0; i < 27; i++)
        {
            await Pair(hotel, 100 + i, $"Wilhelmina Featherstonehaugh-{i} One", $"Wilhelmina Featherstonehaugh-{i} Two");
        }

        await browser.Visit(
            hotel,
            "owner",
            $"{List}?culture={culture}",
            async page =>
            {
                await Expect(Rows(page)).ToHaveCountAsync(25);
                (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0);
                await page.Accessible($"pairs, {width}, {colours}, {culture}");
                await page.Picture($"duplicates-{width}-{colours}-{culture}");
                if (culture != "en")
                {
                    (await page.EvaluateAsync<string[]>(AppearanceTests.Untranslated)).ShouldBeEmpty();
                }

                // The app compares them itself, and guests who are as alike as these make more pairs than the 27.
                await page.Locator(".more button").ClickAsync();
                await Expect(Rows(page).Nth(26)).ToBeVisibleAsync();
            },
            new()
            {
                ColorScheme = colours,
                ViewportSize = new() { Width = width, Height = 900 },
            }
        );
    }

    private static ILocator Rows(IPage page) => page.Locator("table.pairs tbody tr");

    /// <summary>Two guests with one address and a phone each, who are like no other pair. Returns the older one.</summary>
    private static async Task<Guid> Pair(Hotel hotel, int number, string one, string other)
    {
        var email = $"{one.Replace(' ', '.').ToLowerInvariant()}@guests.example";
        var older = await hotel.Booking(one, $"+35192{number * 1_234_577 % 10_000_000:0000000}", email: email);
        await hotel.Booking(other, $"+35196{number * 7_654_321 % 10_000_000:0000000}", email: email);
        return older.ContactId!.Value;
    }
}
