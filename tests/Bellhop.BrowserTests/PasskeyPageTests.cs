using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class PasskeyPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_person_adds_a_passkey_signs_in_with_it_and_removes_it(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var site = $"http://localhost:{new Uri(hotel.Address).Port}";
        await browser.Visit(
            hotel,
            null,
            "/sign-in",
            async page =>
            {
                await Expect(page.Locator("#passkey-form")).ToBeHiddenAsync(); // an IP address has no passkeys
                await Device(page);
                await page.GotoAsync(site + "/sign-in?return=/settings/account");
                await Enter(page, hotel);
                await page.Live();

                await page.Locator("#passkey-name").FillAsync("Desk computer");
                await page.Locator("#passkey-password").FillAsync("not the password");
                await page.Locator("#passkey-add").ClickAsync();
                await Expect(page.Locator("#passkeys [role=alert]")).ToContainTextAsync("not your password");
                await page.Locator("#passkey-password").FillAsync(Hotel.Password);
                await page.Locator("#passkey-add").ClickAsync();
                await Expect(page.Locator("#passkeys .devices li")).ToContainTextAsync("Desk computer");
                await Expect(page.GetByText("A passkey counts as a second factor")).ToBeVisibleAsync();
                await page.Accessible("an account with a passkey");
                foreach (var width in new[] { 1280, 375 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    await page.Locator("#passkeys").ScrollIntoViewIfNeededAsync();
                    await page.Picture($"passkeys-{width}");
                }

                await page.SetViewportSizeAsync(1280, 900);
                await page.Locator("header .account-menu summary").ClickAsync();
                await page.Button("Sign out").ClickAsync();
                await page.At("/sign-in");
                await page.Accessible("signing in with a passkey");
                await page.Picture("sign-in-passkey");
                await page.Locator("#passkey-sign-in").ClickAsync();
                await page.At("/(contacts|today)");
                await page.GotoAsync(site + "/settings/account");
                await page.Live();

                await page.Button("Rename the passkey Desk computer").ClickAsync();
                await page.Locator("#passkey-change").FillAsync("Reception");
                await page.Locator("#passkey-change-yes").ClickAsync();
                await page.Button("Remove the passkey Reception").ClickAsync();
                await page.Accessible("a passkey being removed");
                await page.Picture("passkey-removal");
                await page.Locator("#passkey-change").FillAsync(Hotel.Password);
                await page.Locator("#passkey-change-yes").ClickAsync();
                await Expect(page.Locator("#passkeys .devices li")).ToHaveCountAsync(0);
            }
        );
    }

    /// <summary>A device beside the browser that keeps passkeys and always finds its owner before it.</summary>
    internal static async Task Device(IPage page)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new()
            {
                ["options"] = new Dictionary<string, object>
                {
                    ["protocol"] = "ctap2",
                    ["transport"] = "internal",
                    ["hasResidentKey"] = true,
                    ["hasUserVerification"] = true,
                    ["isUserVerified"] = true,
                    ["automaticPresenceSimulation"] = true,
                },
            }
        );
    }

    private static async Task Enter(IPage page, Hotel hotel)
    {
        await page.GetByLabel("Email").FillAsync(hotel.Email("owner"));
        await page.GetByLabel("Password").FillAsync(Hotel.Password);
        await page.Button("Sign in").ClickAsync();
        await page.At("/settings/account");
    }
}
