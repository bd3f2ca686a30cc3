using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>In a hotel of their own, with a receiver on loopback.</summary>
public class WebhookPageTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    public static TheoryData<string> Engines => Browser.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_webhook_is_made_tested_read_sent_again_paused_and_deleted(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        using var receiver = new Listener();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/webhooks",
            async page =>
            {
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No webhook yet" })).ToBeVisibleAsync();
                await page.Locator("#add-webhook").ClickAsync();
                await page.Locator("#hook-url").FillAsync("not an address");
                await page.Button("Make webhook").ClickAsync();
                await Expect(page.Locator("#hook-url")).ToHaveAttributeAsync("aria-invalid", "true");
                await Expect(page.Locator("#hook-events")).ToContainTextAsync("Choose at least one");
                await page.Accessible("a webhook being made");
                await page.Picture("webhook-" + engine);
                await page.Locator("#hook-url").FillAsync(receiver.Address);
                await page.Locator("#hook-events [value='contact.created']").CheckAsync();
                await page.Button("Make webhook").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("#once")).ToHaveValueAsync(new Regex("^whsec_"));
                await page.Accessible("webhooks");
                await page.Picture("webhooks-" + engine);

                await page.Button("Change the webhook to " + receiver.Address).ClickAsync();
                await page.Locator("#hook-test").ClickAsync();
                await Expect(page.Panel().Locator(".deliveries .pill")).ToHaveTextAsync("Taken");
                await hotel.Booking("Heard of at once", "+351961230987");
                await Expect(page.Panel().Locator(".deliveries li")).ToHaveCountAsync(2);
                await Expect(page.Panel().Locator(".deliveries .pill").First).ToHaveTextAsync("Taken");
                await page.Panel().GetByText("Body", new() { Exact = true }).First.ClickAsync();
                await Expect(page.Panel().Locator("pre")).ToContainTextAsync("Heard of at once");
                await page.Accessible("deliveries");
                await page.Picture("deliveries-" + engine);
                await page.Panel().GetByText("Send again").First.ClickAsync();
                await Expect(page.Panel().Locator(".deliveries li").First).ToContainTextAsync("2 tries");
                receiver.Calls.ShouldBe(3);
                await page.SetViewportSizeAsync(375, 800);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("deliveries-375-" + engine);
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.Panel()).ToHaveCountAsync(0);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("webhooks-375-" + engine);

                await page.Button("Change the webhook to " + receiver.Address).ClickAsync();
                await page.Locator("#hook-pause").ClickAsync();
                await Expect(page.Row(receiver.Address)).ToContainTextAsync("Paused");
                await page.Button("Change the webhook to " + receiver.Address).ClickAsync();
                await page.Locator("#hook-go").ClickAsync();
                await Expect(page.Row(receiver.Address)).Not.ToContainTextAsync("Paused");
                await page.Button("Change the webhook to " + receiver.Address).ClickAsync();
                await page.Locator("#hook-delete").ClickAsync();
                await page.Locator("#hook-delete-yes").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No webhook yet" })).ToBeVisibleAsync();
            }
        );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_page_reads_from_right_to_left_in_the_dark_and_the_secret_is_changed_there(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        using var receiver = new Listener();
        await browser.Visit(
            hotel,
            "owner",
            "/settings/webhooks?culture=qps-plocm",
            async page =>
            {
                await page.Locator("#add-webhook").ClickAsync();
                await page.Locator("#hook-url").FillAsync(receiver.Address);
                await page.Locator("#hook-events [value='booking.created']").CheckAsync();
                await page.Panel().Locator("button[type=submit].main").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                var first = await page.Locator("#once").InputValueAsync();
                await page.Locator("td.acts .icon").ClickAsync();
                await page.Accessible("a webhook, from right to left");
                await page.Picture("webhook-rtl-dark-" + engine);
                await page.Locator("#hook-rotate").ClickAsync();
                await Expect(page.Panel()).ToHaveCountAsync(0);
                await Expect(page.Locator("#once")).Not.ToHaveValueAsync(first);
                await page.Locator(".list a.address").ClickAsync();
                await Expect(page.Panel()).ToBeVisibleAsync();
                await page.Accessible("no deliveries, from right to left");
                await page.Picture("deliveries-rtl-dark-" + engine);
                await page.ReloadAsync();
                await page.Live();
                await Expect(page.Locator("#once")).ToHaveCountAsync(0);
                (await page.ContentAsync()).ShouldNotContain("whsec_");
            },
            new() { ColorScheme = ColorScheme.Dark }
        );
    }

    /// <summary>Takes everything, and counts it.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly HttpListener _http = new();
        private int _calls;

        public Listener()
        {
            Address = $"http://127.0.0.1:{HotelProcess.FreePort()}/hooks/";
            _http.Prefixes.Add(Address);
            _http.Start();
            _ = Take();
        }

        public string Address { get; }

        public int Calls => Volatile.Read(ref _calls);

        public void Dispose() => _http.Close();

        private async Task Take()
        {
            try
            {
                while (true)
                {
                    var call = await _http.GetContextAsync();
                    Interlocked.Increment(ref _calls);
                    call.Response.Close();
                }
            }
            catch (Exception closed) when (closed is ObjectDisposedException or HttpListenerException)
            {
                // The test is over.
            }
        }
    }
}
