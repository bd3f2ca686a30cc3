using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>In a hotel of their own, since members, roles and keys stay.</summary>
public class TeamPageTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    public static TheoryData<string> Engines => Browser.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_role_is_made_somebody_is_invited_to_it_disabled_and_removed(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        await browser.Visit(
            hotel,
            "owner",
            "/settings/roles",
            async page =>
            {
                await page.Button("New role").ClickAsync();
                await page.Locator("#role-name").FillAsync("Night desk");
                await page.Button("Make role").ClickAsync();
                await Expect(page.Panel().GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
                await page.Locator("#role-permissions [value='bookings.manage']").CheckAsync();
                await Expect(page.Locator("#role-permissions [value='bookings.view']")).ToBeCheckedAsync();
                await Expect(page.Locator("#role-permissions [value='bookings.view']")).ToBeDisabledAsync();
                await page.Accessible("a role");
                await page.Picture("role-" + engine);
                await page.Button("Make role").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Night desk" })).ToBeVisibleAsync();
                await page.Accessible("roles");
                await page.Picture("roles-" + engine);

                await page.GetByRole(AriaRole.Link, new() { Name = "Team", Exact = true }).ClickAsync();
                await page.Locator("#invite").ClickAsync();
                await page.Locator("#invite-email").FillAsync("not an address");
                await page.Button("Make the invitation").ClickAsync();
                await Expect(page.Locator("#invite-email")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Locator("#invite-email").FillAsync("rui@lantern.example");
                await page.Locator("#invite-role").SelectOptionAsync("Night desk");
                await page.Accessible("an invitation being written");
                await page.Button("Make the invitation").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("#once")).ToHaveValueAsync(new Regex("^http://[^/]+/invite/"));
                await Expect(page.Row("rui@lantern.example")).ToContainTextAsync("Invited");
                await page.Accessible("the team");
                await page.Picture("team-" + engine);
                var link = await page.Locator("#once").InputValueAsync();

                await Join(hotel, link);

                await page.ReloadAsync();
                await page.Live();
                await Expect(page.Locator("#once")).ToHaveCountAsync(0);
                await page.Button("Edit the member Rui Costa").ClickAsync();
                await page.Locator("#member-role").SelectOptionAsync("Viewer");
                await page.Picture("member-" + engine);
                await page.Accessible("a member");
                await page.Button("Save").ClickAsync();
                await Expect(page.Row("Rui Costa")).ToContainTextAsync("Viewer");
                await page.Button("Edit the member Rui Costa").ClickAsync();
                await page.Locator("#member-disable").ClickAsync();
                await Expect(page.Row("Rui Costa")).ToContainTextAsync("Disabled");
                await page.Button("Edit the member Rui Costa").ClickAsync();
                await page.Locator("#member-remove").ClickAsync();
                await page.Locator("#member-remove-yes").ClickAsync();
                await Expect(page.Row("Rui Costa")).ToHaveCountAsync(0);

                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("team-375-" + engine);
                await page.GetByRole(AriaRole.Link, new() { Name = "Roles", Exact = true }).ClickAsync();
                await Expect(page.Locator(".role-list")).ToBeVisibleAsync();
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("roles-375-" + engine);
                await page.Button("Edit the role Night desk").ClickAsync();
                await page.Locator("#role-delete").ClickAsync();
                await page.Locator("#role-delete-yes").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Night desk" })).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_key_is_shown_once_rotated_and_revoked(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        await browser.Visit(
            hotel,
            "owner",
            "/settings/keys?culture=qps-plocm",
            async page =>
            {
                await page.Locator("#add-key").ClickAsync();
                await page.Locator("#key-name").FillAsync("Website");
                await page.Locator("#key-permissions [value='bookings.manage']").CheckAsync();
                await page.Picture("key-rtl-dark-" + engine);
                await page.Accessible("a key being made, from right to left");
                await page.Panel().Locator("button[type=submit].main").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                var first = await page.Locator("#once").InputValueAsync();
                first.ShouldStartWith("bh_");
                await page.Accessible("keys");
                await page.Picture("keys-rtl-dark-" + engine);

                await page.Locator("td.acts .icon").ClickAsync();
                await page.Locator("#key-overlap").SelectOptionAsync("0");
                await page.Panel().Locator("form button[type=submit]").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("#once")).Not.ToHaveValueAsync(first);

                await page.ReloadAsync();
                await page.Live();
                await Expect(page.Locator("#once")).ToHaveCountAsync(0);
                (await page.ContentAsync()).ShouldNotContain("bh_");
                await page.Locator("td.acts .icon").ClickAsync();
                await page.Locator("#key-revoke").ClickAsync();
                await page.Locator("#key-revoke-yes").ClickAsync();
                await Expect(page.Locator("table.team-list")).ToHaveCountAsync(0);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Accessible("no key");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public Task Who_may_not_see_the_team_has_no_tab_and_is_told_in_words(string engine) =>
        browser.Visit(
            engine,
            "viewer",
            "/settings/team",
            async page =>
            {
                await Expect(page.Locator("main .state")).ToBeVisibleAsync();
                await Expect(page.Locator("main table")).ToHaveCountAsync(0);
                await page.GotoAsync("/settings/tags");
                await page.Live();
                await Expect(page.Locator(".tabs a")).ToHaveTextAsync(["Your account", "Properties", "Tags"]);
            }
        );

    private Task Join(Hotel hotel, string link) =>
        browser.Visit(
            hotel,
            null,
            link,
            async page =>
            {
                await page.GetByLabel("Your name").FillAsync("Rui Costa");
                await page.GetByLabel("Choose a password").FillAsync(Hotel.Password);
                await page.Button("Join").ClickAsync();
                await page.WaitForURLAsync(url => !url.Contains("/invite/", StringComparison.Ordinal));
            }
        );
}
