using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class PropertyPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Properties_are_added_and_edited_and_say_how_their_form_is_embedded(string engine)
    {
        // An organisation of its own: a property that was added stays, and the others' tests know which there are.
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(hotel, "owner", "/settings/properties", page => Manage(page, engine));
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Who_may_only_look_sees_the_properties_and_no_button(string engine) =>
        browser.Visit(
            engine,
            "viewer",
            "/settings/properties",
            async page =>
            {
                await Expect(Line(page, "Lantern Annexe")).ToContainTextAsync("EUR");
                await Expect(page.Locator("main button, main input")).ToHaveCountAsync(0);
                var settings = page.GetByRole(AriaRole.Navigation, new() { Name = "Main" })
                    .GetByRole(AriaRole.Link, new() { Name = "Settings" });
                var tabs = page.GetByRole(AriaRole.Navigation, new() { Name = "Settings" });
                await Expect(settings).ToHaveAttributeAsync("aria-current", "page");
                await tabs.GetByRole(AriaRole.Link, new() { Name = "Tags" }).ClickAsync();
                await page.At("/settings/tags$");
                await Expect(tabs.Locator("[aria-current]")).ToHaveTextAsync("Tags");
                await page.Accessible("the tabs of the settings");
                await page.Picture("settings-tabs-" + engine);
                await settings.ClickAsync();
                await page.At("/settings$");
                await Expect(page.Locator(".settings-group a b")).ToHaveTextAsync(["Your account", "Properties", "Tags"]);
            }
        );

    private static async Task Manage(IPage page, string engine)
    {
        await page.Locator("#add-property").ClickAsync();
        await Expect(page.Locator("#property-name")).ToBeFocusedAsync();
        await page.Locator("#property-name").FillAsync("Zenith Loft");
        await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Add property" }).ClickAsync();
        await Expect(page.Locator("#property-zone-more")).Not.ToBeEmptyAsync();
        await page.Locator("#property-country").SelectOptionAsync("DE");
        await page.Locator("#property-currency").SelectOptionAsync("EUR");
        await page.Locator("#property-zone").SelectOptionAsync("Europe/Berlin");
        await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Add property" }).ClickAsync();
        await Expect(page.Panel()).ToHaveCountAsync(0);
        await Expect(Line(page, "Zenith Loft")).ToContainTextAsync("Europe/Berlin");
        await page.Accessible("properties");
        await page.Picture("properties-" + engine);

        await page.Button("Edit the property Zenith Loft").ClickAsync();
        await page.Locator("#property-origins").FillAsync("https://www.example.org\nnot an origin");
        await page.Button("Save").ClickAsync();
        await Expect(page.Locator("#property-origins-more")).ToContainTextAsync("Line 2");
        await page.Locator("#property-origins").FillAsync("https://www.example.org");
        await page.Locator("#property-name").FillAsync("Zenith Loft & Co");
        await Expect(page.Locator("#property-form")).ToHaveValueAsync(new Regex("^http://[^/]+/book/"));
        (await page.Locator("#property-snippet").InputValueAsync()).ShouldContain(
            $"<iframe src=\"{await page.Locator("#property-form").InputValueAsync()}\""
        );
        await page.Accessible("the property's panel");
        await page.Picture("property-panel-" + engine);
        await page.Button("Save").ClickAsync();
        await Expect(page.Panel()).ToHaveCountAsync(0);

        await page.Button("Edit the property Zenith Loft & Co").ClickAsync();
        await Expect(page.Locator("#property-origins")).ToHaveValueAsync("https://www.example.org");
        await Expect(page.Locator("#property-form")).ToHaveValueAsync(new Regex("^http://[^/]+/book/"));
        var form = await page.Context.APIRequest.GetAsync(await page.Locator("#property-form").InputValueAsync());
        form.Status.ShouldBe(200);
        form.Headers["content-security-policy"].ShouldContain("https://www.example.org");
        (await page.Locator("#property-snippet").InputValueAsync()).ShouldContain("Zenith Loft &amp; Co");
        await page.SetViewportSizeAsync(375, 800);
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
        await page.Picture("property-panel-small-" + engine);
    }

    private static ILocator Line(IPage page, string name) =>
        page.Locator(".tag-list tbody tr").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });
}
