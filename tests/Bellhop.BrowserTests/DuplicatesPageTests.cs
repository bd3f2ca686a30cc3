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
                await Tab(page, "Not the same 1").ClickAsync();
                await Expect(Rows(page)).ToContainTextAsync("frontdesk");
                await page.Accessible("pairs told apart");
                await page.Picture("duplicates-told");
                await page.Button("Ask again: Aurora Vidal and Aurora Falcão").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("Nobody was told apart");
                await Tab(page, "To decide 2").ClickAsync();
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
    public async Task Several_pairs_are_merged_together_stand_among_the_merges_and_are_taken_back(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await Pair(hotel, 11, "Dulce Esperança", "Dulce Varela");
        await Pair(hotel, 12, "Evaristo Gomes", "Evaristo Penha");
        await Pair(hotel, 13, "Feliciana Homem", "Feliciana Sarmento");
        await browser.Visit(
            hotel,
            "frontdesk",
            List,
            async page =>
            {
                await Expect(Rows(page)).ToHaveCountAsync(3);
                await page.GetByLabel("Select Dulce Esperança and Dulce Varela").CheckAsync();
                await Expect(page.Locator(".picked")).ToContainTextAsync("1 pair selected");
                await page.Locator("#s-all").CheckAsync();
                await Expect(page.Locator(".picked")).ToContainTextAsync("3 pairs selected");
                await page.GetByLabel("Select Feliciana Homem and Feliciana Sarmento").UncheckAsync();
                await page.Accessible("pairs selected");
                await page.Picture("duplicates-selected");
                await page.Locator("#merge-pairs").ClickAsync();
                await page.Accessible("several pairs are to be merged");
                await page.Picture("duplicates-together");
                await page.Locator("#ask-yes").ClickAsync();

                var toast = page.Locator(".toast").Last;
                await Expect(toast).ToContainTextAsync("2 pairs merged.");
                await Expect(Rows(page)).ToHaveCountAsync(1);
                await Expect(Rows(page)).ToContainTextAsync("Feliciana");
                (await hotel.Events("contact.merged")).ShouldBe(2);
                await toast.Locator("[data-undo]").ClickAsync();
                await Expect(page.Locator(".toast").Last).ToContainTextAsync("2 merges taken back.");
                await Expect(Rows(page)).ToHaveCountAsync(3);

                // Once more; now by the list of merges, where also one alone can be split.
                await page.Locator("#s-all").CheckAsync();
                await page.Locator("#merge-pairs").ClickAsync();
                await page.Locator("#ask-yes").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("No likely duplicates");
                await Tab(page, "Merged 3").ClickAsync();
                await Expect(Rows(page)).ToHaveCountAsync(3);
                var row = Rows(page).Filter(new() { HasText = "Evaristo Penha" });
                await Expect(row).ToContainTextAsync("frontdesk");
                await Expect(row.GetByRole(AriaRole.Link, new() { Name = "Split Evaristo Penha off Evaristo Gomes" })).ToBeVisibleAsync();
                await Expect(page.Locator(".run")).ToContainTextAsync("3 pairs that you merged together");
                await page.Accessible("merged guests");
                await page.Picture("duplicates-merged");
                await page.SetViewportSizeAsync(375, 900);
                (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("duplicates-merged-375");
                await page.SetViewportSizeAsync(1280, 900);
                await page.Locator("#split-run").ClickAsync();
                await Expect(page.Locator(".toast").Last).ToContainTextAsync("3 merges taken back.");
                await Expect(page.Locator(".state")).ToContainTextAsync("Nobody was merged yet");
                await Expect(Tab(page, "To decide 3")).ToBeVisibleAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task To_choose_a_property_narrows_the_pairs_and_stands_in_the_address(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await Pair(hotel, 14, "Graciete Lobo", "Graciete Mourão");
        await hotel.Booking("Horácio Neves", "+351921488001", email: "horacio.neves@guests.example", annexe: true);
        await hotel.Booking("Horácio Pestana", "+351961488002", email: "horacio.neves@guests.example");
        await browser.Visit(
            hotel,
            "frontdesk",
            List,
            async page =>
            {
                await Expect(Rows(page)).ToHaveCountAsync(2);
                var picker = page.GetByLabel("Property", new() { Exact = true });
                await picker.SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" });
                await Expect(Rows(page)).ToHaveCountAsync(1);
                await Expect(Rows(page)).ToContainTextAsync("Horácio Pestana");
                page.Url.ShouldContain("propertyId=");
                await Tab(page, "Not the same 0").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("Nobody was told apart");
                page.Url.ShouldContain("propertyId=");
                await page.GoBackAsync();
                await page.GoBackAsync();
                await Expect(Rows(page)).ToHaveCountAsync(2);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_rule_that_merges_by_itself_is_switched_on_and_off_among_the_settings(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/organization",
            async page =>
            {
                var rule = page.Locator("#house-merge");
                foreach (var on in new[] { true, false })
                {
                    await Expect(rule).ToBeCheckedAsync(new() { Checked = !on });
                    await rule.SetCheckedAsync(on);
                    await page.Button("Save").First.ClickAsync();
                    await Expect(page.Locator(".toast").Last).ToBeVisibleAsync();
                    await page.ReloadAsync();
                    await page.Live();
                    await Expect(rule).ToBeCheckedAsync(new() { Checked = on });
                }

                await page.Accessible("the rule for duplicates");
            }
        );
        (await hotel.Events("organization.updated")).ShouldBe(2);
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
                await Rows(page).First.Locator("input[type=checkbox]").CheckAsync();
                await Expect(page.Locator("#merge-pairs")).ToBeVisibleAsync();
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

    private static ILocator Tab(IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

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
