using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class ContactWritingTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task A_guest_is_added_by_hand_and_a_known_phone_opens_the_one_there_is(string engine) =>
        browser.Visit(
            engine,
            "frontdesk",
            "/contacts",
            async page =>
            {
                async Task Add(string phone, string name)
                {
                    await page.Locator("#import").ClickAsync();
                    await page.Locator("#add-phone").FillAsync(phone);
                    await page.Locator("#add-name").FillAsync(name);
                    await page.Locator("#add-group").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Hostel" });
                    await page.Button("Add Contact").ClickAsync();
                }

                await Add("961 234 567", "Brígida Mãos");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Row("Brígida Mãos")).ToContainTextAsync("961 234 567");

                await Add("+351 961 23 45 67", "Somebody Else");
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToContainTextAsync("already");
                await page.Button("Open existing").ClickAsync();
                await Expect(page.Locator("#edit-name")).ToHaveValueAsync("Brígida Mãos");
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task What_is_wrong_with_a_phone_is_said_at_the_field(string engine) =>
        browser.Visit(
            engine,
            "frontdesk",
            "/contacts?panel=import",
            async page =>
            {
                await page.Locator("#add-phone").FillAsync("12");
                await page.Locator("#add-group").SelectOptionAsync(new SelectOptionValue { Label = "Lantern Hostel" });
                await page.Button("Add Contact").ClickAsync();
                await Expect(page.Locator("#add-phone")).ToBeFocusedAsync();
                await Expect(page.Panel()).ToContainTextAsync("A phone number that can exist");
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_name_is_corrected_in_its_row(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Wrong Namme", "+351962345001");
        await browser.Visit(
            engine,
            "frontdesk",
            "/contacts?q=Wrong%20Namme",
            async page =>
            {
                await page.Row("Wrong Namme").HoverAsync();
                await page.Button("Edit Wrong Namme").ClickAsync();
                await page.Locator("#edit-name").FillAsync("Right <b>Name</b>");
                await page.Button("Save").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await page.Search("Right");
                await Expect(page.Row("Right <b>Name</b>")).ToHaveCountAsync(1);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_is_deleted_after_being_asked_what_is_lost(string engine)
    {
        await (await browser.Hotel(engine)).Booking("Gone Tomorrow", "+351962345002");
        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Gone%20Tomorrow",
            async page =>
            {
                await page.Row("Gone Tomorrow").HoverAsync();
                await page.Button("Delete Gone Tomorrow").ClickAsync();
                await Expect(page.Panel()).ToContainTextAsync("Gone for good");
                await Expect(page.Panel()).ToContainTextAsync("past bookings");
                await Expect(page.Button("Cancel")).ToBeFocusedAsync();
                await page.Button("Cancel").ClickAsync();
                await Expect(page.Row("Gone Tomorrow")).ToHaveCountAsync(1);

                await page.Row("Gone Tomorrow").HoverAsync();
                await page.Button("Delete Gone Tomorrow").ClickAsync();
                await page.Button("Delete for good").ClickAsync();
                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task Who_may_only_look_sees_no_button_that_changes_anything(string engine) =>
        browser.Visit(
            engine,
            "viewer",
            "/contacts",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(25);
                await Expect(page.Locator("button[id^=e-], button[id^=d-], #import, table input[type=checkbox]")).ToHaveCountAsync(0);
                await page.GotoAsync("/contacts?panel=import");
                await page.Live();
                await Expect(page.Panel()).ToHaveCountAsync(0);
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Several_guests_are_selected_and_deleted_at_once(string engine)
    {
        var hotel = await browser.Hotel(engine);
        foreach (var i in Enumerable.Range(1, 3))
        {
            await hotel.Booking($"Bulkwise {i}", $"+35196234510{i}");
        }

        await browser.Visit(
            engine,
            "owner",
            "/contacts?q=Bulkwise",
            async page =>
            {
                await Expect(page.Rows()).ToHaveCountAsync(3);
                await page.GetByLabel("Select all shown").CheckAsync();
                await Expect(page.GetByText("3 selected")).ToBeVisibleAsync();
                await page.Button("Delete 3").ClickAsync();
                await page.Button("Delete for good").ClickAsync();
                await Expect(page.GetByText("Nobody matches")).ToBeVisibleAsync();
            }
        );
    }
}
