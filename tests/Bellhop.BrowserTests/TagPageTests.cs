using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class TagPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Tags_are_made_coloured_merged_and_deleted_and_the_list_is_filtered_by_them(string engine)
    {
        var hotel = await browser.Hotel(engine);
        foreach (
            var (name, phone, tag) in new[]
            {
                ("Tagged One", "+351962346001", "Early bird"),
                ("Tagged Two", "+351962346002", "Earlybird"),
                ("Tagged Three", "+351962346003", "Night owl"),
            }
        )
        {
            await hotel.Tag((await hotel.Booking(name, phone)).ContactId!.Value, tag);
        }

        await browser.Visit(
            engine,
            "frontdesk",
            "/settings/tags",
            async page =>
            {
                await page.GetByLabel("New tag").FillAsync("night OWL");
                await page.Button("Add tag").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("already");
                await page.GetByLabel("New tag").FillAsync("Wedding");
                await page.Button("Add tag").ClickAsync();
                await Expect(Line(page, "Wedding")).ToContainTextAsync("0");

                await page.Button("Edit the tag Early bird").ClickAsync();
                await Expect(page.Locator("#tag-name")).ToBeFocusedAsync();
                await page.Accessible("the tag's panel");
                await page.Picture("tag-panel-" + engine);
                await page.Locator("#tag-name").FillAsync("Early riser");
                await page.Locator("label:has(.t-Teal) input").CheckAsync();
                await page.Button("Save").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(Line(page, "Early riser").Locator(".t-Teal")).ToHaveCountAsync(1);

                await page.Button("Edit the tag Earlybird").ClickAsync();
                await page.Locator("#tag-into").SelectOptionAsync(new SelectOptionValue { Label = "Early riser" });
                await page.Button("Merge").ClickAsync();
                await Expect(Line(page, "Earlybird")).ToHaveCountAsync(0);
                await Expect(Line(page, "Early riser")).ToContainTextAsync("2");
                await page.Accessible("tags");
                await page.Picture("tags-" + engine);

                await page.GetByLabel("2 guests with the tag Early riser").ClickAsync();
                await Expect(page.Rows()).ToHaveCountAsync(2);
                await Expect(page.Row("Tagged Two")).ToContainTextAsync("Early riser");
                await Expect(page.Locator(".chip")).ToContainTextAsync("Early riser");
                await page.Picture("contacts-tagged-" + engine);

                await page.Locator("#filters").ClickAsync();
                await page.Panel().Locator(".tagged label:has-text('Night owl') input").CheckAsync();
                await page.Accessible("filters with tags");
                await page.Picture("filters-tags-" + engine);
                await page.Button("Show guests").ClickAsync();
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await page.Locator("#filters").ClickAsync();
                await page.Locator("#f-tags").SelectOptionAsync("all");
                await page.Button("Show guests").ClickAsync();
                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();

                await page.GotoAsync("/settings/tags");
                await page.Live();
                await page.Button("Edit the tag Early riser").ClickAsync();
                await page.Button("Delete tag").ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToContainTextAsync("2 guests");
                await page.Button("Delete for good").ClickAsync();
                await Expect(Line(page, "Early riser")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Who_may_only_look_sees_the_tags_and_no_button(string engine)
    {
        var hotel = await browser.Hotel(engine);
        await hotel.Tag((await hotel.Booking("Tagged Four", "+351962346004")).ContactId!.Value, "Seen <b>only");
        await browser.Visit(
            engine,
            "viewer",
            "/settings/tags",
            async page =>
            {
                await Expect(Line(page, "Seen <b>only")).ToContainTextAsync("1");
                await Expect(page.Locator("main button, main input")).ToHaveCountAsync(0);
                await page.Accessible("tags, 375 px, dark");
                await page.Picture("tags-narrow-dark-" + engine);
            },
            new()
            {
                ColorScheme = ColorScheme.Dark,
                ViewportSize = new() { Width = 375, Height = 800 },
            }
        );
    }

    private static ILocator Line(IPage page, string name) =>
        page.Locator(".tag-list tbody tr").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });
}
