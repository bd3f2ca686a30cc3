using Microsoft.Playwright;
using OtpNet;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>In a hotel of their own, since an account stays as it was left.</summary>
public class AccountPageTests(Browser browser)
{
    private const string Fresh = "nine herons by the weir";
    private const string Sideways = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_person_changes_their_name_and_password_and_signs_in_with_a_code_from_then_on(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        var codes = new List<string>();
        await browser.Visit(
            hotel,
            "owner",
            "/contacts",
            async page =>
            {
                await page.Locator("header .account-menu summary").ClickAsync();
                await page.GetByRole(AriaRole.Link, new() { Name = "Your account" }).ClickAsync();
                await page.At("/settings/account$");
                await page.Accessible("the account");
                await page.Locator("#my-name").FillAsync("Ana S.");
                await page.Button("Save").ClickAsync();
                await Expect(page.Locator("header .account-menu summary bdi")).ToBeVisibleAsync();

                await page.Locator("#old-password").FillAsync("not the password");
                await page.Locator("#new-password").FillAsync("password1234");
                await page.Button("Change password").ClickAsync();
                await Expect(page.Locator("#new-password")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Locator("#new-password").FillAsync(Fresh);
                await page.Button("Change password").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("not your password");
                await page.Locator("#old-password").FillAsync(Hotel.Password);
                await page.Button("Change password").ClickAsync();
                await Expect(page.GetByText("Your password is changed").First).ToBeVisibleAsync();
                await Expect(page.GetByText("This device")).ToBeVisibleAsync();

                await page.Locator("#second-password").FillAsync(Fresh);
                await page.Button("Set it up").ClickAsync();
                await Expect(page.Locator("svg.qr")).ToBeVisibleAsync();
                await page.Accessible("a second factor being set up");
                await page.Locator("#second-factor").ScrollIntoViewIfNeededAsync();
                await page.Picture("second-factor-" + engine);
                var phone = new Totp(Base32Encoding.ToBytes(await page.Locator("#second-factor form code").InnerTextAsync()));
                await page.Locator("#second-code").FillAsync(phone.ComputeTotp());
                await page.Button("Turn it on").ClickAsync();
                await Expect(page.Locator(".codes li")).ToHaveCountAsync(10);
                codes.AddRange(await page.Locator(".codes li").AllInnerTextsAsync());
                await page.Accessible("recovery codes");
                await page.Button("I have kept them").ClickAsync();
                await Expect(page.GetByText("Recovery codes left: 10")).ToBeVisibleAsync();
                foreach (var width in new[] { 1280, 375 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0, $"{width} px");
                    await page.EvaluateAsync("() => scrollTo(0, 0)");
                    await page.Picture($"account-{width}-{engine}");
                }
            }
        );
        await browser.Visit(
            hotel,
            null,
            "/sign-in?return=/contacts",
            async page =>
            {
                await page.SignIn(hotel.Email("owner"), Fresh);
                await page.At("/sign-in/code");
                await page.Accessible("the second step");
                await page.Picture("sign-in-code-" + engine);
                await page.Locator("#code").FillAsync("000000");
                await page.Button("Sign in").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
                await page.Locator("#code").FillAsync(codes[0]);
                await page.Button("Sign in").ClickAsync();
                await page.At("/contacts$");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }

    [Fact]
    public async Task The_account_fits_from_right_to_left_in_the_dark_and_the_pages_of_mails_say_when_a_link_is_over()
    {
        await browser.Visit(
            "sqlite",
            "viewer",
            "/settings/account?culture=qps-plocm",
            async page =>
            {
                await Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
                foreach (var width in new[] { 1280, 375 })
                {
                    await page.SetViewportSizeAsync(width, 900);
                    (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0, $"{width} px");
                    await page.Accessible($"the account from right to left at {width} px");
                    await page.Picture($"account-rtl-dark-{width}");
                }
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
        await browser.Visit(
            "sqlite",
            null,
            "/recover",
            async page =>
            {
                await Expect(page.GetByText("bellhop reset-password")).ToBeVisibleAsync();
                await page.Accessible("a forgotten password");
                await page.Picture("recover");
                foreach (var path in new[] { "/recover/over", "/confirm-email/over" })
                {
                    await page.GotoAsync(path);
                    await Expect(page.GetByText("This link is over")).ToBeVisibleAsync();
                    await page.Accessible(path);
                }
            }
        );
    }
}
