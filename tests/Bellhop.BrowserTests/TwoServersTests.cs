using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class TwoServersTests(Browser browser)
{
    [Fact]
    public async Task A_change_made_at_one_server_shows_on_an_open_page_of_the_other_and_a_member_kept_out_is_signed_out_there()
    {
        Browser.Demand("postgres");
        await using var one = await Hotel.Open("postgres");
        await using var other = await one.Beside();
        await one.Booking("Seen Twice", "+351962348501");
        await browser.Visit(
            other,
            "frontdesk",
            "/contacts?q=Seen%20Twice",
            async there =>
            {
                await Expect(there.Row("Seen Twice")).ToHaveCountAsync(1);
                await browser.Visit(
                    one,
                    "owner",
                    "/contacts",
                    async here =>
                    {
                        await one.AddByServer("Seen Twice Elsewhere", "+351962348502");
                        await Expect(there.GetByRole(AriaRole.Button, new() { Name = "1 new" })).ToBeVisibleAsync();

                        await here.GotoAsync("/settings/team");
                        await here.Live();
                        await here.Row(one.Email("frontdesk")).Locator("td.acts button").First.ClickAsync();
                        await here.Locator("#member-disable").ClickAsync();
                        await there.At("/sign-in");
                    }
                );
            }
        );
    }
}
