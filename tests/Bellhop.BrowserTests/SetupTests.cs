using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class SetupTests(Browser browser)
{
    private const string Password = "tram over the seven hills 28";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_first_start_leads_to_set_up_which_makes_the_owner_once(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Fresh(engine);
        await browser.Visit(
            hotel,
            null,
            "/",
            async page =>
            {
                page.Url.ShouldEndWith("/setup");
                await page.Accessible("set-up");
                await Fill(page, "Night Boat Inns", "owner@lantern.example", "short");
                await page.Button("Set up").ClickAsync();
                await Expect(page.Locator("#password")).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(page.Locator("#organization")).ToHaveValueAsync("Night Boat Inns"); // what was typed is kept
                await page.Accessible("set-up with a error");
                (await hotel.Organizations()).ShouldBeEmpty();

                await browser.Visit(
                    hotel,
                    null,
                    "/setup",
                    async late =>
                    {
                        await Fill(late, "Second Thoughts", "second@lantern.example", Password);
                        await page.Locator("#password").FillAsync(Password);
                        await page.Button("Set up").ClickAsync();
                        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Done. Sign in");

                        // Whoever had the form open meanwhile comes too late.
                        await late.Button("Set up").ClickAsync();
                        await Expect(late.GetByRole(AriaRole.Heading, new() { Name = "Bellhop is set up already" })).ToBeVisibleAsync();
                    }
                );
                (await hotel.Organizations()).ShouldBe(["Night Boat Inns"]);

                await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
                await page.SignIn("owner", Password);
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "First steps" })).ToBeVisibleAsync();
                await Expect(page.Locator(".first-steps li.done")).ToHaveCountAsync(1);
                await page.Live(); // until then the page has no title for a moment, while the circuit takes its head over
                await page.Accessible("the first day");
                await page.Picture("first-steps-" + engine);
                await page.GetByRole(AriaRole.Link, new() { Name = "Save a first segment" }).ClickAsync();
                await page.At("/contacts/segments$");
                await page.GotoAsync("/contacts");
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No guests yet" })).ToBeVisibleAsync();
                await page.GotoAsync("/setup");
                await Expect(page.Locator("form")).ToHaveCountAsync(0);
            }
        );
        await browser.Visit(
            hotel,
            null,
            "/",
            page =>
            {
                page.Url.ShouldContain("/sign-in");
                return Task.CompletedTask;
            }
        );
    }

    private static async Task Fill(IPage page, string organization, string email, string password)
    {
        await page.Locator("#organization").FillAsync(organization);
        await page.Locator("#property").FillAsync("Night Boat");
        await page.Locator("#country").SelectOptionAsync("PT");
        await page.Locator("#currency").SelectOptionAsync("EUR");
        await page.Locator("#timeZone").SelectOptionAsync("Europe/Lisbon");
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(password);
    }
}
