using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

public class SignInTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task A_wrong_password_is_refused_in_words_and_a_right_one_leads_where_one_wanted_to_go(string engine) =>
        browser.Visit(
            engine,
            null,
            "/contacts?sort=name",
            async page =>
            {
                await page.At("/sign-in");
                await page.SignIn("owner", "not the password at all");
                await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("not right");

                await page.SignIn("owner", Hotel.Password);
                await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Heading, new() { Name = "Contacts" })).ToBeVisibleAsync();
                page.Url.ShouldEndWith("/contacts?sort=name");
            }
        );

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public Task A_role_without_the_right_to_view_contacts_reads_why_there_is_no_list(string engine) =>
        browser.Visit(
            engine,
            "housekeeper",
            "/contacts",
            async page =>
            {
                await Expect(page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("You need the permission");
                await Expect(page.Rows()).ToHaveCountAsync(0);
                await Expect(page.GetByText("Total Contacts")).ToHaveCountAsync(0);
            }
        );
}
