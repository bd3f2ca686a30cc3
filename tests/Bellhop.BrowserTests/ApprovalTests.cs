using Microsoft.Playwright;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ApprovalTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task An_approval_is_given_by_a_code_of_the_phone_and_by_a_passkey(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another();
        for (var i = 1; i <= 4; i++)
        {
            await hotel.Booking($"Leaving Guest {i}", $"+35196234850{i}");
        }

        var site = $"http://localhost:{new Uri(hotel.Address).Port}";
        await browser.Visit(
            hotel,
            null,
            "/sign-in",
            async page =>
            {
                await PasskeyPageTests.Device(page);
                await page.GotoAsync(site + "/sign-in?return=/settings/account");
                await page.SignIn(hotel.Email("owner"), Hotel.Password);
                await page.At("/settings/account");
                await page.Live();
                await page.Locator("#passkey-name").FillAsync("Desk computer");
                await page.Locator("#passkey-password").FillAsync(Hotel.Password);
                await page.Locator("#passkey-add").ClickAsync();
                await Expect(page.Locator("#passkeys .devices li")).ToHaveCountAsync(1);
                var codes = await SecondFactor(page);

                await page.GotoAsync(site + "/settings/approvals");
                await page.Live();
                await page.Locator("#on-contacts-bulkDelete").CheckAsync();
                await page.Locator("#over-contacts-bulkDelete").FillAsync("1");
                await page.Locator("#rules-save").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("saved");

                await Delete(page, site, 1, 2);
                await page.Locator("#approval-how").SelectOptionAsync("Code");
                await page.Accessible("an approval by a code");
                await page.Picture("approval-code");
                await page.Locator("#approval-proof").FillAsync("000000");
                await page.Locator("#approval-yes").ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await Expect(page.Row("Leaving Guest 1")).ToHaveCountAsync(1);
                await page.Locator("#approval-proof").FillAsync(codes[0]);
                await page.Locator("#approval-yes").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Row("Leaving Guest 1")).ToHaveCountAsync(0);
                await Expect(page.Row("Leaving Guest 3")).ToHaveCountAsync(1);

                await Delete(page, site, 3, 4);
                await page.Locator("#approval-how").SelectOptionAsync("Passkey");
                await Expect(page.Locator("#approval-proof")).ToHaveCountAsync(0);
                await page.Accessible("an approval by a passkey");
                await page.SetViewportSizeAsync(375, 800);
                await page.Picture("approval-passkey-375");
                await page.SetViewportSizeAsync(1280, 900);
                await page.Locator("#approval-yes").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Row("Leaving Guest 3")).ToHaveCountAsync(0);
                (await hotel.Events("approval.given")).ShouldBe(2);
            }
        );
    }

    /// <summary>The phone's app is added; returns the recovery codes.</summary>
    private static async Task<IReadOnlyList<string>> SecondFactor(IPage page)
    {
        await page.Locator("#second-password").FillAsync(Hotel.Password);
        await page.Button("Set it up").ClickAsync();
        var phone = new Totp(Base32Encoding.ToBytes(await page.Locator("#second-factor form code").InnerTextAsync()));
        await page.Locator("#second-code").FillAsync(phone.ComputeTotp());
        await page.Button("Turn it on").ClickAsync();
        await Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
        return await page.Locator(".codes li").AllInnerTextsAsync();
    }

    private static async Task Delete(IPage page, string site, params int[] guests)
    {
        await page.GotoAsync(site + "/contacts?q=Leaving");
        await page.Live();
        foreach (var guest in guests)
        {
            await page.Row($"Leaving Guest {guest}").Locator("input[type=checkbox]").CheckAsync();
        }

        await page.Locator("#bulk-delete").ClickAsync();
        await page.Locator("#ask-yes").ClickAsync();
        await Expect(page.Locator("#approval-by")).ToBeVisibleAsync();
    }
}
