using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ManyGuestsTests(Browser browser)
{
    private static readonly string[] Export = ["#export"],
        Tag = ["thead input", "#bulk-tag"],
        Picked = ["thead input"];

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Selected_guests_are_tagged_and_it_is_undone(string engine)
    {
        var hotel = await browser.Hotel(engine);
        foreach (var i in Enumerable.Range(1, 3))
        {
            await hotel.Booking($"Tagwise {i}", $"+35196234310{i}");
        }

        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?q=Tagwise",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await page.GetByLabel("Select all shown").CheckAsync();
                await page.Button("Tag").ClickAsync();
                await Expect(page.Locator("#bulk-what")).ToBeFocusedAsync();
                await page.Locator("#bulk-what").FillAsync("Pilgrim <b>");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Rows().Filter(new() { HasText = "Pilgrim <b>" })).ToHaveCountAsync(3);
                await page.Button("Undo").ClickAsync();
                await Expect(page.Rows().Filter(new() { HasText = "Pilgrim <b>" })).ToHaveCountAsync(0);

                await page.GetByLabel("Select all shown").CheckAsync();
                await page.Button("Assign").ClickAsync();
                await page.Locator("#bulk-what").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" });
                await page.Locator("#bulk-do").ClickAsync();
                await Expect(page.GetByText("3 guests assigned.").First).ToBeVisibleAsync();
                await Expect(page.Locator("#bulk-delete, #bulk-export")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_the_filter_shows_is_downloaded_as_a_file(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Booking("Filewise, \"One\"", "+351962343201");
        await hotel.Booking("Filewise Two", "+351962343202");
        await hotel.Export("Filewise");
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Filewise",
            async page =>
            {
                await page.Locator("#export").ClickAsync();
                await Expect(page.Locator("#export-go")).ToBeFocusedAsync();
                (await Download(page, page.GetByRole(AriaRole.Link, new() { Name = "Download 2 guests" }).First))
                    .Split("\r\n")
                    .Order(StringComparer.Ordinal)
                    .ShouldBe(["", "\"Filewise, \"\"One\"\"\"", "Filewise Two", "name"]);
                await Expect(page.Panel()).ToContainTextAsync("2 guests will be in the file.");
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "None" }).ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Button, new() { Name = "Download" })).ToBeDisabledAsync();
                await page.Panel().GetByLabel("Name").CheckAsync();
                await page.Panel().GetByLabel("Phone").CheckAsync();
                var text = await Download(page);
                text.Split("\r\n")
                    .Order(StringComparer.Ordinal)
                    .ShouldBe(["", "\"Filewise, \"\"One\"\"\",'+351962343201", "Filewise Two,'+351962343202", "name,phone"]);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);

                await page.Row("Filewise Two").GetByRole(AriaRole.Checkbox).CheckAsync();
                await page.Locator("#bulk-export").ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("1 guest will be in the file.");
                (await Download(page)).Split("\r\n").Length.ShouldBe(3);
            }
        );
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?panel=export",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(25);
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("#export")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task More_than_a_hundred_are_deleted_only_after_their_number_is_typed(string engine)
    {
        await (await browser.Hotel(engine)).Crowd("Deletewise", 101);
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Deletewise",
            async page =>
            {
                await page.GetByLabel("Select all shown").CheckAsync();
                await page.Button("Select all 101 matching").ClickAsync();
                await page.Button("Delete 101").ClickAsync();
                var sure = page.Button("Delete for good");
                await Expect(sure).ToBeDisabledAsync();
                await page.GetByLabel("Type 101 to confirm").FillAsync("100");
                await Expect(sure).ToBeDisabledAsync();
                await page.GetByLabel("Type 101 to confirm").FillAsync("101");
                await page.Accessible("the question");
                await page.Picture($"delete-many-{engine}");
                await sure.ClickAsync();
                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
            }
        );
    }

    public static TheoryData<string, ColorScheme, int, string> Looks =>
        new()
        {
            { "sqlite", ColorScheme.Light, 1280, "en-GB" },
            { "sqlite", ColorScheme.Dark, 1280, "en-GB" },
            { "sqlite", ColorScheme.Light, 375, "en-GB" },
            { "postgres", ColorScheme.Light, 1280, "qps-plocm" },
        };

    [Theory, MemberData(nameof(Looks))]
    public Task Panels_and_bars_are_drawn_well_for_everybody(string engine, ColorScheme colours, int width, string language) =>
        browser.Visit(
            engine,
            "owner",
            "/contacts",
            async page =>
            {
                foreach (var (steps, what) in new[] { (Export, "export"), (Picked, "picked"), (Tag, "tag") })
                {
                    await page.GotoAsync("/contacts?culture=" + language);
                    await page.Live();
                    foreach (var step in steps)
                    {
                        await page.Locator(step).First.ClickAsync();
                    }

                    if (what != "picked")
                    {
                        await Expect(page.Panel()).ToHaveCountAsync(1);
                    }

                    await page.Accessible(what);
                    (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(
                        0,
                        what
                    );
                    await page.Picture($"many-{what}-{colours}-{width}-{language}");
                }
            },
            new()
            {
                ColorScheme = colours,
                ViewportSize = new() { Width = width, Height = 860 },
            }
        );

    private static async Task<string> Download(IPage page, ILocator? by = null)
    {
        var file = await page.RunAndWaitForDownloadAsync(() => (by ?? page.Locator("#export-go")).ClickAsync());
        file.SuggestedFilename.ShouldStartWith("contacts-");
        await using var stream = await file.CreateReadStreamAsync();
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
