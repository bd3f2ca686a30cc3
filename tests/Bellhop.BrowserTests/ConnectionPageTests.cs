using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>The page of the connections to providers.</summary>
public class ConnectionPageTests(Browser browser)
{
    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_channel_is_connected_step_by_step_and_its_secrets_are_never_seen_again(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/connections",
            async page =>
            {
                await Expect(page.Locator(".state")).ToContainTextAsync("No channel yet");
                await page.Locator("#add-connection").ClickAsync();
                await Expect(page.Locator("#connection-name")).ToBeFocusedAsync();
                await page.Accessible("the first step");
                await page.Picture("connection-1-" + engine);
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#connection-name")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Keyboard.TypeAsync("Our number");
                await page.Keyboard.PressAsync("Enter");
                var id = page.GetByLabel("Phone number id");
                await id.FillAsync("1055555");
                await page.Locator("#app-secret").FillAsync("app-secret-of-ours");
                await page.Locator("#access-token").FillAsync("access-token-of-ours");
                await page.Accessible("the second step");
                await page.Picture("connection-2-" + engine);
                await page.Locator(".side-panel .foot .main").ClickAsync();
                await Expect(page.Locator(".once input").First)
                    .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/webhooks/meta/"));
                (await page.Locator(".once input").Last.InputValueAsync()).Length.ShouldBe(32);
                await page.Accessible("the third step");
                await page.Picture("connection-3-" + engine);
                await page.Locator(".side-panel .foot .main").ClickAsync();

                await Expect(page.Rows()).ToContainTextAsync(["Our number"]);
                await Expect(page.Locator(".pill")).ToHaveTextAsync("works");
                await page.Accessible("connections");
                await page.Rows().GetByRole(AriaRole.Link).ClickAsync();
                await Expect(page.Locator("#pause")).ToBeFocusedAsync();
                await page.Accessible("a connection");
                await page.Picture("connection-" + engine);
                (await page.ContentAsync()).ShouldNotContain("-of-ours");
                await page.Locator("#test").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync("does not work, see why");
                await Expect(page.Locator("#health .checks li"))
                    .ToContainTextAsync(["Our access: good", "The account · 1055555: The provider does not know it"]);
                await Expect(page.Locator(".side-panel .pill")).ToHaveTextAsync("does not work");
                await page.Accessible("a tested connection");
                await page.Picture("connection-tested-" + engine);
                await page.Locator("#pause").ClickAsync();
                await Expect(page.Locator(".side-panel .pill")).ToHaveTextAsync("paused");
                await page.Locator("#rotate-appSecret").FillAsync("another");
                await page.Locator("#rotate").ClickAsync();
                await Expect(page.Locator(".toast")).ToContainTextAsync(["does not work", "is paused", "has its new secrets"]);
                await page.Locator("#delete").ClickAsync();
                await page.Locator("#delete-yes").ClickAsync();
                await Expect(page.Locator(".state")).ToContainTextAsync("No channel yet");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_could_not_be_read_says_why_and_is_read_again_on_a_telephone_too(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Comes Later", "Hello", "whatsApp", account: "another-number");
        await browser.Visit(
            hotel,
            "owner",
            "/settings/connections",
            async page =>
            {
                await Expect(page.Locator(".pill")).ToHaveTextAsync("something is parked");
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
                await page.Rows().GetByRole(AriaRole.Link).ClickAsync();
                await Expect(page.Locator("ul.parked li")).ToContainTextAsync("No account of this connection has the id");
                await page.Locator("#add-account").ClickAsync();
                await Expect(page.GetByLabel("Phone number id")).ToHaveCountAsync(2);
                await page.GetByLabel("Phone number id").Last.FillAsync("another-number");
                await page.Locator("#save-accounts").ClickAsync();
                await Expect(page.Locator(".toast").First).ToContainTextAsync("are saved");
                await page.Locator("ul.parked .text").ClickAsync();
                await Expect(page.Locator("ul.parked li")).ToHaveCountAsync(0);
                await page.Accessible("a connection at 375 px");
                await page.Picture("connection-375-dark-" + engine);
                await page.GotoAsync("/inbox");
                await Expect(page.Locator(".cv")).ToContainTextAsync("Comes Later");
            },
            new()
            {
                ViewportSize = new() { Width = 375, Height = 800 },
                ColorScheme = ColorScheme.Dark,
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Templates_say_whether_they_can_be_sent_and_what_guests_think_and_are_read_again(string engine)
    {
        const string Ready =
            """{"id":"1","name":"room_ready","language":"en_GB","status":"APPROVED","category":"UTILITY","components":[]}""";
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.HasTemplates($$"""{"data":[{{Ready}}]}""");
        hotel.ProviderHas(
            $$"""
            {"data":[{{Ready}},
                {"id":"2","name":"winter_offer","language":"pt_BR","status":"PAUSED","category":"MARKETING",
                 "quality_score":{"score":"RED"},"components":[]}
            ]}
            """
        );
        await browser.Visit(
            hotel,
            "owner",
            "/settings/connections",
            async page =>
            {
                await page.Rows().GetByRole(AriaRole.Link).ClickAsync();
                var templates = page.Locator("ul.templates li");
                await Expect(templates).ToHaveCountAsync(1);
                await Expect(templates).ToContainTextAsync("room_ready");
                await Expect(templates.Locator(".pill")).ToHaveTextAsync("approved");
                await page.Locator("#refresh-templates").ClickAsync();
                await Expect(templates).ToHaveCountAsync(2);
                await Expect(page.GetByText("2 templates were read.")).ToBeVisibleAsync();
                await Expect(templates.Last).ToContainTextAsync("Portuguese (BR) · advertising");
                await Expect(templates.Last).ToContainTextAsync("paused by WhatsApp");
                await Expect(templates.Last).ToContainTextAsync("many guests complained");
                await page.Accessible("a connection's templates");
                await page.Picture("connection-templates-" + engine);
                hotel.ProviderHas("""{"error":{"message":"Unsupported get request","code":100}}""");
                await page.Locator("#refresh-templates").ClickAsync();
                await Expect(page.Locator(".part .note.bad")).ToBeVisibleAsync();
                await Expect(templates).ToHaveCountAsync(2);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_channel_manager_is_connected_and_a_message_is_tried(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/connections",
            async page =>
            {
                await page.Locator("#add-connection").ClickAsync();
                await page.GetByRole(AriaRole.Radio, new() { Name = "Channel manager" }).CheckAsync();
                await page.Locator("#connection-name").FillAsync("Our channel manager");
                await page.Keyboard.PressAsync("Enter");
                var secret = await page.Locator("#shared-secret").InputValueAsync();
                secret.Length.ShouldBe(32);
                await page.Accessible("what a channel manager needs");
                await page.Picture("manager-2-" + engine);
                await page.Locator(".side-panel .foot .main").ClickAsync();
                await Expect(page.Locator(".once input").First)
                    .ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/webhooks/channel-manager/"));
                await Expect(page.Locator(".once input").Last).ToHaveValueAsync(secret);
                await page.Accessible("what the channel manager is told");
                var hook = new Uri(await page.Locator(".once input").First.InputValueAsync());
                await page.Locator(".side-panel .foot .main").ClickAsync();

                await Send(hook, secret, "{\"bookings\":[{\"externalId\":\"R-1\",\"status\":\"Nonsense\"}]}");
                await page.Rows().GetByRole(AriaRole.Link).ClickAsync();
                await Expect(page.Locator(".traffic tbody tr")).ToHaveCountAsync(1);
                await Expect(page.Locator("ul.parked li")).ToHaveCountAsync(1);
                await page.Locator("#try").ClickAsync();
                await Expect(page.Locator("#tried li")).ToContainTextAsync("Would be taken:");
                await page.Locator("#try-message").FillAsync("no message at all");
                await page.Locator("#try").ClickAsync();
                await Expect(page.Locator("#try-message")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Locator("#try-message").FillAsync("");
                await page.Locator("#try-form").SelectOptionAsync("channex");
                await page.Locator("#try").ClickAsync();
                await Expect(page.Locator("#tried li")).ToContainTextAsync("BDC-SAMPLE");
                await page.Locator("#tried summary").Last.ClickAsync();
                await page.Accessible("a channel manager's connection");
                await page.Picture("manager-" + engine);
                await page.Locator("#tried").ScrollIntoViewIfNeededAsync();
                await page.Picture("manager-tried-" + engine);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth")).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("manager-375-" + engine);
            }
        );
    }

    private static async Task Send(Uri hook, string secret, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, hook)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", secret);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
