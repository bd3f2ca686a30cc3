using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Who writes in the inbox: what must not be missed about them, and their panel.</summary>
public class InboxGuestTests(Browser browser)
{
    private const string Sideways = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_must_not_be_missed_stands_over_the_thread_in_every_width_and_the_guest_is_one_click_away(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Eats Everything", "Hello", minutesAgo: 5);
        await hotel.Writes("Swells Up", "What is for breakfast?", minutesAgo: 9);
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await page.Locator(".cv").First.ClickAsync();
                var profile = await page.Locator("#open-profile").GetAttributeAsync("href");
                var flags = page.Locator(".th .flag");
                await Expect(flags).ToHaveCountAsync(0);
                await hotel.Note(Guid.Parse(profile!.Split('/')[^1]), "Nuts, even traces of them", kind: "Allergy");
                await Expect(flags).ToHaveTextAsync(["Allergy: Nuts, even traces of them"]);
                await page.ReloadAsync();
                await page.Live();

                var (side, opener) = (page.Locator("#guest-side"), page.Locator(".to-side"));
                foreach (var width in new[] { 1280, 1240, 1000, 768, 375 })
                {
                    await page.SetViewportSizeAsync(width, 800);
                    await Expect(flags).ToBeVisibleAsync();
                    await Expect(flags).ToHaveTextAsync(["Allergy: Nuts, even traces of them"]);
                    (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0, $"{width} px");
                    if (width > 1240)
                    {
                        await Expect(side).ToBeVisibleAsync();
                        await Expect(opener).ToBeHiddenAsync();
                        continue;
                    }

                    await Expect(side).ToBeHiddenAsync();
                    await opener.ClickAsync();
                    await Expect(side.Locator("#open-profile")).ToBeInViewportAsync();
                    await page.Accessible($"the guest over a thread at {width} px");
                    await page.Picture($"inbox-guest-{width}-{engine}");
                    await page.Keyboard.PressAsync("Escape");
                    await Expect(side).ToBeHiddenAsync();
                    await Expect(opener).ToBeFocusedAsync();
                }

                await page.EvaluateAsync("() => { document.documentElement.dir = 'rtl'; }");
                await opener.ClickAsync();
                await Expect(side.Locator("#open-profile")).ToBeInViewportAsync();
                (await page.EvaluateAsync<int>(Sideways)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("inbox-guest-rtl-" + engine);
                await side.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
                await Expect(side).ToBeHiddenAsync();
                await page.EvaluateAsync("() => { document.documentElement.dir = 'ltr'; }");

                await page.SetViewportSizeAsync(1280, 800);
                await page.Locator("#log").FocusAsync();
                await page.Keyboard.PressAsync("j");
                await Expect(page.Locator("#guest-of")).ToHaveTextAsync("Eats Everything");
                await Expect(side.Locator("h2")).ToHaveTextAsync("Eats Everything");
                await Expect(flags).ToHaveCountAsync(0); // another guest's are not theirs
            }
        );
    }
}
