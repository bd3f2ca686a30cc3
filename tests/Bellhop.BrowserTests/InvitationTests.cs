using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class InvitationTests(Browser browser)
{
    public static TheoryData<string> Engines => Browser.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Somebody_new_joins_the_team_by_their_link_and_the_link_is_over(string engine)
    {
        var hotel = await browser.Hotel(engine);
        var link = await hotel.Invite("rui@lantern.example", "Viewer");
        await browser.Visit(
            engine,
            null,
            link,
            async page =>
            {
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Join Lantern House" })).ToBeVisibleAsync();
                await Expect(page.GetByText("rui@lantern.example")).ToBeVisibleAsync();
                await page.Accessible("an invitation");
                await page.Picture("invitation-" + engine);
                await page.GetByLabel("Your name").FillAsync("Rui <b>Costa</b>");
                await page.GetByLabel("Choose a password").FillAsync("short");
                await page.Button("Join").ClickAsync();
                await Expect(page.Locator("#password")).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(page.Locator("#name")).ToHaveValueAsync("Rui <b>Costa</b>");
                await page.Accessible("an invitation with an error");

                await page.GetByLabel("Choose a password").FillAsync(Hotel.Password);
                await page.Button("Join").ClickAsync();
                await page.WaitForURLAsync(url => !url.Contains("/invite/", StringComparison.Ordinal));
                if (page.Url.Contains("sign-in", StringComparison.Ordinal))
                {
                    await page.SignIn("rui", Hotel.Password);
                }

                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Today" })).ToBeVisibleAsync();
                await page.GotoAsync(link);
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "This invitation is over" })).ToBeVisibleAsync();
                await page.Accessible("an invitation that is over");
            },
            new()
            {
                ViewportSize = new() { Width = 375, Height = 760 },
            }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_has_an_account_signs_in_to_join(string engine)
    {
        var link = await (await browser.Hotel(engine)).Invite("viewer@lantern.example", "Viewer");
        await browser.Visit(
            engine,
            null,
            link,
            async page =>
            {
                await Expect(page.Locator("form")).ToHaveCountAsync(0);
                await page.GetByRole(AriaRole.Link, new() { Name = "Sign in to join" }).ClickAsync();
                await page.SignIn("viewer", Hotel.Password);
                await page.At("/invite/");
                await page.Button("Join").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Today" })).ToBeVisibleAsync();
            }
        );
    }
}
