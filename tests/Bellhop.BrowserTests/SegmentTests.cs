using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class SegmentTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_filter_is_saved_as_a_segment_applied_edited_in_groups_explained_and_deleted(string engine)
    {
        var hotel = await browser.Hotel(engine);
        foreach (
            var (name, phone, source, total) in new[]
            {
                ("Segwise Low", "+351962344001", "Expedia", 40),
                ("Segwise High", "+351962344002", "Expedia", 4_000),
                ("Segwise Web", "+351962344003", "Website", 5_000),
            }
        )
        {
            await hotel.Tag((await hotel.Booking(name, phone, source, total)).ContactId!.Value, "Segwise");
        }

        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Segwise&source=Expedia",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(2);
                await page.Locator("#save-segment").ClickAsync();
                await Expect(page.Locator("#segment-name")).ToBeFocusedAsync();
                await page.Button("Save segment").ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("required");
                await page.Locator("#segment-name").FillAsync("From Expedia");
                await page.Locator("#segment-shared").CheckAsync();
                await page.Accessible("save as segment");
                await page.Picture("segment-save-" + engine);
                await page.Button("Save segment").ClickAsync();
                await page.At("segmentId=");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator(".chip")).ToHaveTextAsync("Segment: From Expedia");
                await Expect(page.Rows()).ToHaveCountAsync(2);

                // Applied from the list, by the keyboard.
                await page.GotoAsync("/contacts");
                await page.Live();
                await page.Locator("#segments").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await page.GetByRole(AriaRole.Link, new() { Name = "From Expedia" }).WaitForAsync();
                await page.Accessible("the segments' menu");
                await page.Picture("segment-picker-" + engine);
                await page.Keyboard.PressAsync("Tab");
                await page.Keyboard.PressAsync("Enter");
                await page.At("segmentId=");
                await Expect(page.Rows()).ToHaveCountAsync(2);
                await page.Search("High");
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await Expect(page.Locator(".chip")).ToHaveCountAsync(2);

                await page.Locator("#segments").ClickAsync();
                await page.GetByRole(AriaRole.Link, new() { Name = "All segments" }).ClickAsync();
                await page.At("/contacts/segments");
                await Expect(Line(page, "From Expedia")).ToContainTextAsync("Everybody");
                await Expect(Line(page, "From Expedia").Locator("td.n")).ToHaveTextAsync("2");
                await page.Accessible("segments");
                await page.Picture("segments-" + engine);

                // Nested: of these, those who spent much, or came by the website.
                await page.Button("Edit the segment From Expedia").ClickAsync();
                await Expect(page.Locator(".live")).ToHaveTextAsync("2 guests match now");
                await page.Button("Add group").ClickAsync();
                var inner = page.Locator(".group .group");
                await Expect(inner.Locator("select").First).ToBeFocusedAsync();
                await Expect(inner.Locator("select").First).ToHaveValueAsync("any");
                await Expect(page.Locator(".live")).ToHaveTextAsync("Fill in every condition");
                await inner.Locator(".condition select").First.SelectOptionAsync("Spent");
                await inner.GetByLabel("At least").FillAsync("1000");
                await inner.GetByLabel("At least").PressAsync("Tab");
                await Expect(page.Locator(".live")).ToHaveTextAsync("1 guest matches now");
                await inner.GetByText("Add condition").ClickAsync();
                await inner.Locator(".condition").Nth(1).Locator("select").First.SelectOptionAsync("CreatedWithin");
                await Expect(page.Locator(".live")).ToHaveTextAsync("2 guests match now");
                await inner.Locator(".days input").FillAsync("0");
                await inner.Locator(".days input").PressAsync("Tab");
                await page.Accessible("the editor");
                await page.Picture("segment-editor-" + engine);
                await inner.Locator(".condition").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
                await Expect(inner.Locator(".condition")).ToHaveCountAsync(1);
                await Expect(page.Locator(".live")).ToHaveTextAsync("1 guest matches now");
                await page.Locator("#segment-name").FillAsync("Big from Expedia");
                await page.Button("Save segment").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(Line(page, "Big from Expedia").Locator("td.n")).ToHaveTextAsync("1");

                await page.Button("Why somebody is in Big from Expedia").ClickAsync();
                await page.Locator("#why-guest").FillAsync("Segwise Low");
                await page.Panel().GetByRole(AriaRole.Button, new() { Name = "Segwise Low" }).ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("Segwise Low is not in this segment.");
                await Expect(page.Locator(".rules .holds")).ToHaveCountAsync(2);
                await Expect(page.Locator(".rules .fails")).ToHaveCountAsync(3);
                await page.Accessible("why");
                await page.Picture("segment-why-" + engine);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);

                // The same from the guest's side.
                await page.GotoAsync("/contacts?q=Segwise");
                await page.Live();
                await page.GetByRole(AriaRole.Link, new() { Name = "Segwise High", Exact = true }).ClickAsync();
                await page.Button("Why in Big from Expedia").ClickAsync();
                await Expect(page.Locator("ul.segments .rules .holds")).ToHaveCountAsync(5);
                await page.Locator("#segments-h").ScrollIntoViewIfNeededAsync();
                await page.Accessible("the segments of a guest");
                await page.Picture("profile-segments-" + engine);
                await page.Button("Why in Big from Expedia").ClickAsync();
                await Expect(page.Locator("ul.segments .rules")).ToHaveCountAsync(0);
                await page.Panel().GetByRole(AriaRole.Link, new() { Name = "Big from Expedia" }).ClickAsync();
                await Expect(page.Rows()).ToHaveCountAsync(1);
                await page.GotoAsync("/contacts/segments");
                await page.Live();

                await page.Button("Edit the segment Big from Expedia").ClickAsync();
                await page.Button("Delete segment").ClickAsync();
                await page.Button("Delete segment for good").ClickAsync();
                await Expect(Line(page, "Big from Expedia")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Who_may_only_look_has_segments_of_their_own_on_a_narrow_dark_screen(string engine)
    {
        await browser.Visit(
            engine,
            "viewer",
            "/contacts/segments",
            async page =>
            {
                await page.Button("New segment").ClickAsync();
                await page.Locator("#segment-name").FillAsync("Mine alone");
                await Expect(page.Locator("#segment-shared")).ToHaveCountAsync(0);
                await page.Locator(".condition select").First.SelectOptionAsync("StayBefore");
                for (var depth = 2; depth <= 4; depth++)
                {
                    await page.Locator(".group").Last.Locator("button:has-text('Add group')").ClickAsync();
                    await Expect(page.Locator(".group")).ToHaveCountAsync(depth);
                    await page.Locator(".group").Last.Locator(".condition select").First.SelectOptionAsync("Rating");
                }

                await Expect(page.Locator(".group").Last.Locator("button:has-text('Add group')")).ToHaveCountAsync(0);
                await Expect(page.Locator(".live")).ToContainTextAsync("match");
                await page.Accessible("the editor, 375 px, dark");
                await page.Picture("segment-editor-narrow-dark-" + engine);
                (
                    await page.EvaluateAsync<int>(
                        "() => { const at = document.querySelector('#panel'); return Math.max(at.scrollWidth - "
                            + "at.clientWidth, document.documentElement.scrollWidth - innerWidth); }"
                    )
                ).ShouldBe(0);
                await page.Button("Save segment").ClickAsync();
                await Expect(Line(page, "Mine alone")).ToContainTextAsync("Only you");
                await page.Accessible("segments, 375 px, dark");
                await page.Picture("segments-narrow-dark-" + engine);
            },
            new()
            {
                ColorScheme = ColorScheme.Dark,
                ViewportSize = new() { Width = 375, Height = 800 },
            }
        );
        await browser.Visit(engine, "frontdesk", "/contacts/segments", page => Expect(Line(page, "Mine alone")).ToHaveCountAsync(0));
        await browser.Visit(
            engine,
            "housekeeper",
            "/contacts/segments",
            async page =>
            {
                await Expect(page.Locator("#segment-new")).ToHaveCountAsync(0);
                await page.Accessible("no permission");
            }
        );
    }

    private static ILocator Line(IPage page, string name) =>
        page.Locator(".segment-list tbody tr").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) });
}
