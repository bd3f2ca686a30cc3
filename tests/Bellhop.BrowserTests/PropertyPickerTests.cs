using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class PropertyPickerTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task To_choose_a_property_narrows_cards_and_list_stands_in_the_address_and_Back_widens_them(string engine)
    {
        await using var hotel = await (await browser.Hotel(engine)).Another(); // its cards count everyone there
        await hotel.Booking("Pickwise Hostel", "+351962349001", total: 100);
        await hotel.Booking("Pickwise Both", "+351962349002", total: 200);
        await hotel.Booking("Pickwise Both", "+351962349002", total: 300, annexe: true);
        await hotel.Booking("Pickwise Annexe", "+351962349003", total: 400, annexe: true);
        await browser.Visit(
            hotel,
            "viewer",
            "/contacts?q=Pickwise&sort=name",
            async page =>
            {
                var picker = page.GetByLabel("Property", new() { Exact = true });
                var total = page.Locator(".cards .card strong").First;
                await Expect(picker.Locator("option")).ToHaveTextAsync(["All properties", "Lantern Annexe", "Lantern Hostel"]);
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await Expect(page.Row("Pickwise Both")).ToContainTextAsync("€500.00");
                var everyone = int.Parse(await total.InnerTextAsync());

                await picker.SelectOptionAsync(new SelectOptionValue { Label = "Lantern Annexe" });

                await Expect(page.Rows()).ToHaveCountAsync(2);
                await Expect(page.Row("Pickwise Hostel")).ToHaveCountAsync(0);
                await Expect(page.Row("Pickwise Both")).ToContainTextAsync("€300.00"); // of each guest only what happened there
                await Expect(total).ToHaveTextAsync("2");
                await Expect(page.Locator(".cards .card em").First).ToHaveTextAsync("everyone known here");
                var annexe = await picker.InputValueAsync();
                page.Url.ShouldContain("propertyId=" + annexe);
                page.Url.ShouldContain("q=Pickwise");
                page.Url.ShouldContain("sort=name");

                // The link alone shows a colleague the same; another choice takes the place of the first.
                await browser.Visit(
                    hotel,
                    "owner",
                    new Uri(page.Url).PathAndQuery,
                    async colleague =>
                    {
                        await Expect(colleague.Rows()).ToHaveCountAsync(2);
                        await Expect(colleague.GetByLabel("Property", new() { Exact = true })).ToHaveValueAsync(annexe);
                    }
                );
                await picker.SelectOptionAsync(new SelectOptionValue { Label = "Lantern Hostel" });
                await Expect(page.Row("Pickwise Both")).ToContainTextAsync("€200.00");
                await Expect(page.Row("Pickwise Annexe")).ToHaveCountAsync(0);

                await page.GoBackAsync();
                await Expect(page.Row("Pickwise Both")).ToContainTextAsync("€300.00");
                await Expect(picker).ToHaveValueAsync(annexe);
                await page.GoBackAsync();
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await Expect(picker).ToHaveValueAsync("");
                await Expect(total).ToHaveTextAsync(everyone.ToString());
            }
        );
    }
}
