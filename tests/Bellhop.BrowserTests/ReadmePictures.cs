using Microsoft.Playwright;

namespace Bellhop.BrowserTests;

/// <summary>The pictures in the README, made by <c>eng/pictures</c> and in no other run.</summary>
public class ReadmePictures(Browser browser)
{
    private const string Folder = "docs/pictures";

    [Fact(Explicit = true)]
    public async Task The_readme_shows_the_demos_guests_in_light_and_dark()
    {
        await using var hotel = await Hotel.OpenDemo();
        foreach (var (colours, look) in new[] { (ColorScheme.Light, "light"), (ColorScheme.Dark, "dark") })
        {
            var screen = new BrowserNewContextOptions
            {
                ColorScheme = colours,
                DeviceScaleFactor = 1,
                ViewportSize = new() { Width = 1280, Height = 800 },
            };
            await browser.Visit(hotel, "owner", "/contacts?sort=-totalSpent", page => Show(page, "contacts"), screen);
            await browser.Visit(
                hotel,
                "owner",
                "/contacts?sort=-totalSpent",
                async page =>
                {
                    await page.Rows().First.GetByRole(AriaRole.Link).First.ClickAsync();
                    await page.Panel().Locator("h2").First.WaitForAsync();
                    await Show(page, "profile");
                },
                screen
            );
            await browser.Visit(hotel, "owner", "/reports", page => Show(page, "reports"), screen);

            async Task Show(IPage page, string what)
            {
                await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                await page.Keep($"{what}-{look}", Folder);
            }
        }
    }
}
