using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>In an organisation of their own: what is set stays.</summary>
public class SettingsTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    // One red pixel: the smallest picture that a browser draws.
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    public static TheoryData<string> Engines => Browser.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_organisation_its_look_its_hours_and_its_rates_are_set_in_one_place(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/settings",
            async page =>
            {
                await page.Accessible("where settings begin");
                await page.Picture("settings-" + engine);
                await page.Locator(".settings-group a[href='/settings/organization']").ClickAsync();
                await Organisation(page, engine);
                await Hours(page, engine);
                await Rates(page, engine);
                foreach (var path in new[] { "/settings", "/settings/organization", "/settings/rates", "/settings/approvals" })
                {
                    await page.GotoAsync(path);
                    await page.Live();
                    await page.SetViewportSizeAsync(375, 800);
                    (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0, path);
                    await page.Picture(path[1..].Replace('/', '-') + "-small-" + engine);
                }
            }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Many_guests_go_only_after_a_colleague_approved_it_and_a_role_is_seen_through_its_eyes(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Booking("First Guest", "+351962348401");
        await hotel.Booking("Second Guest", "+351962348402");
        await browser.Visit(
            hotel,
            "owner",
            "/settings/approvals",
            async page =>
            {
                await page.Locator("#on-contacts-bulkDelete").CheckAsync();
                await page.Locator("#over-contacts-bulkDelete").FillAsync("1");
                await page.Locator("#rules-save").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("saved");
                await page.Locator("#pin-new").FillAsync("482915");
                await page.Locator("#pin-password").FillAsync(hotel.TeamPassword);
                await page.Locator("#pin-save").ClickAsync();
                await Expect(page.Locator(".toast").Filter(new() { HasText = "PIN" })).ToBeVisibleAsync();
                await page.Accessible("approvals");
                await page.Picture("approvals-" + engine);

                await page.GotoAsync("/contacts?q=Guest");
                await page.Live();
                await page.Row("First Guest").Locator("input[type=checkbox]").CheckAsync();
                await page.Row("Second Guest").Locator("input[type=checkbox]").CheckAsync();
                await page.Locator("#bulk-delete").ClickAsync();
                await page.Locator("#ask-yes").ClickAsync();
                await Expect(page.Locator("#approval-by")).ToBeVisibleAsync();
                await page.Accessible("an approval");
                await page.Picture("approval-" + engine);
                await page.Locator("#approval-proof").FillAsync("000000");
                await page.Locator("#approval-yes").ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await page.Locator("#approval-proof").FillAsync("482915");
                await page.Locator("#approval-yes").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Row("First Guest")).ToHaveCountAsync(0);
                await Expect(page.Row("Second Guest")).ToHaveCountAsync(0);

                await page.GotoAsync("/settings/roles");
                await page.Live();
                await page.GetByRole(AriaRole.Link, new() { Name = "Front desk", Exact = true }).ClickAsync();
                await page.At("/settings/roles\\?role=");
                string[] seen = ["Today", "Contacts", "Bookings", "Inbox", "Loyalty", "Reviews", "Settings"];
                await Expect(page.Locator(".role-sees li")).ToHaveTextAsync(seen);
                await Expect(page.Locator("#role-misses")).ToContainTextAsync(new Regex("Export.*Delete"));
                await page.Accessible("what a role sees");
                await page.Picture("role-sees-" + engine);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("role-sees-small-" + engine);
            }
        );
    }

    private static async Task Organisation(IPage page, string engine)
    {
        await Expect(page.Locator("#house-name")).Not.ToBeEmptyAsync();
        if (await page.Locator("#house-address").GetAttributeAsync("readonly") is null)
        {
            await page.Locator("#house-address").FillAsync("nowhere");
            await page.Button("Save").ClickAsync();
            await Expect(page.Locator("#house-address")).ToHaveAttributeAsync("aria-invalid", "true");
            await page.Locator("#house-address").FillAsync("https://desk.example.org");
        }

        await page.Button("Save").ClickAsync();
        await Expect(page.Locator(".toast").First).ToBeVisibleAsync();
        await page.Locator("#look-logo")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "a.txt",
                    MimeType = "text/plain",
                    Buffer = Encoding.UTF8.GetBytes("no picture"),
                }
            );
        await Expect(page.Locator(".settings-two").GetByRole(AriaRole.Alert)).ToContainTextAsync("PNG");
        await page.Locator("#look-logo")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "a.png",
                    MimeType = "image/png",
                    Buffer = Convert.FromBase64String(Picture),
                }
            );
        await Expect(page.Locator(".logo-shown")).ToBeVisibleAsync();
        await page.Locator("#look-accent").FillAsync("#0a7ea4");
        await page.Locator("#look-accent-save").ClickAsync();
        await Expect(page.Locator("#look-accent-none")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.Live();
        await Expect(page.Locator(".brand img")).ToBeVisibleAsync();
        await page.Accessible("the organisation");
        await page.Picture("organisation-" + engine);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.Accessible("the organisation in the dark");
        await page.Picture("organisation-dark-" + engine);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static async Task Hours(IPage page, string engine)
    {
        await page.GotoAsync("/settings/properties");
        await page.Live();
        await page.Locator(".tag-list .acts button").First.ClickAsync();
        await page.Locator("#property-hours-0").FillAsync("8:00-12:00, 14:00-x");
        await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("#property-hours-more")).ToContainTextAsync("08:00-22:00");
        await page.Locator("#property-hours-0").FillAsync("8:00-12:00, 14:00-22:00");
        await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Every day as on Monday" }).ClickAsync();
        await Expect(page.Locator("#property-hours-6")).ToHaveValueAsync("8:00-12:00, 14:00-22:00");
        await page.Accessible("opening hours");
        await page.Picture("hours-" + engine);
        await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Panel()).ToHaveCountAsync(0);
        await page.Locator(".tag-list .acts button").First.ClickAsync();
        await Expect(page.Locator("#property-hours-6")).ToHaveValueAsync("08:00-12:00, 14:00-22:00");
        await Expect(page.Locator("#property-name")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Panel()).ToHaveCountAsync(0);
    }

    private static async Task Rates(IPage page, string engine)
    {
        await page.GotoAsync("/settings/rates");
        await page.Live();
        await page.Locator("#rate-from").SelectOptionAsync("JPY");
        await page.Locator("#rate-value").FillAsync("0,0061");
        await page.Button("Set the rate").ClickAsync();
        await Expect(page.Row("JPY → EUR")).ToContainTextAsync("0.0061");
        var yesterday = DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var file = Encoding.UTF8.GetBytes($"Date,THB,\n{yesterday},38.25,\n");
        await page.Locator("#ecb-file")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "e.csv",
                    MimeType = "text/csv",
                    Buffer = file,
                }
            );
        await Expect(page.Locator("#ecb-take")).ToHaveTextAsync("Take 2 rates");
        await page.Accessible("rates, a file looked at");
        await page.Picture("rates-" + engine);
        await page.Locator("#ecb-take").ClickAsync();
        await Expect(page.Row("EUR → THB")).ToContainTextAsync("38.25");
        await page.Button($"Delete the rate from JPY to EUR of {await page.Row("JPY → EUR").Locator("td").First.InnerTextAsync()}")
            .ClickAsync();
        await Expect(page.Row("JPY → EUR")).ToHaveCountAsync(0);
    }
}
