using Bellhop.Providers;
using Microsoft.Playwright;
using SkiaSharp;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>Files and templates in conversations, against the providers' stand-in.</summary>
public class MediaPageTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";
    private const string Shown = "img => img.decode().then(() => img.naturalWidth)";

    private const string Templates = """
        {"data":[
            {"id":"1","name":"room_ready","language":"en_GB","status":"APPROVED","category":"UTILITY","parameter_format":"NAMED",
             "components":[{"type":"BODY","text":"Dear {{name}}, your room is ready from {{time}}."}]},
            {"id":"2","name":"arrival_time","language":"ar","status":"APPROVED","category":"UTILITY",
             "components":[{"type":"HEADER","text":"مرحبًا {{1}}"},{"type":"BODY","text":"متى تصل؟"}]},
            {"id":"3","name":"winter_offer","language":"en_GB","status":"PAUSED","category":"MARKETING",
             "components":[{"type":"BODY","text":"Come in winter"}]}
        ]}
        """;

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guests_picture_is_seen_and_answered_with_files(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Sends("Pia Picture", new("terrace.png", "image/png", Picture(900, 600)), "Is this your terrace?", "whatsApp");
        await hotel.Sends(
            "Pia Picture",
            new("<b>plan</b>\u202Efdp.svg", "image/svg+xml", "<svg onload='alert(1)'/>"u8.ToArray()),
            null,
            "whatsApp"
        );
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await page.Locator(".cv").ClickAsync();
                var seen = page.Locator(".m .picture img");
                await Expect(seen).ToHaveCountAsync(1);
                (await seen.EvaluateAsync<int>(Shown)).ShouldBe(900);
                await Expect(page.Locator(".m a.file")).ToHaveCountAsync(2);
                await page.Accessible("a conversation with files");
                await page.Picture("inbox-files-" + engine);

                var input = page.Locator(".attach input");
                await input.SetInputFilesAsync(File("way.png", "image/png", Picture(80, 60)));
                await Expect(page.Locator(".attached li img")).ToHaveCountAsync(1);
                await page.EvaluateAsync(
                    """
                    async () => {
                        const drop = document.querySelector('[data-drop]'), carried = new DataTransfer();
                        carried.items.add(new File(['By the river'], 'house rules.txt', { type: 'text/plain' }));
                        drop.dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
                    }
                    """
                );
                await Expect(page.Locator(".attached li small")).ToHaveCountAsync(2);
                await page.EvaluateAsync(
                    """
                    () => new Promise(done => {
                        const canvas = Object.assign(document.createElement('canvas'), { width: 20, height: 20 });
                        canvas.toBlob(blob => {
                            const carried = new DataTransfer();
                            carried.items.add(new File([blob], 'image.png', { type: 'image/png' }));
                            document.getElementById('reply').dispatchEvent(
                                new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }));
                            done();
                        });
                    })
                    """
                );
                await Expect(page.Locator(".attached li small")).ToHaveCountAsync(3);
                await input.SetInputFilesAsync(File("huge.png", "image/png", new byte[6 * 1024 * 1024]));
                await Expect(page.Locator(".attached .wrong")).ToContainTextAsync("At most 5 MB");
                await page.Accessible("files to send");
                await page.Picture("inbox-attached-" + engine);
                await page.Button("Take huge.png away").ClickAsync();
                await page.Button("Take image.png away").ClickAsync();
                await Expect(page.Locator(".attached li")).ToHaveCountAsync(2);

                // They are kept with the draft.
                await page.Locator("#reply").FillAsync("This is the way");
                await page.WaitForTimeoutAsync(1500);
                await page.ReloadAsync();
                await page.Live();
                await Expect(page.Locator(".attached li")).ToHaveCountAsync(2);
                await Expect(page.Locator("#reply")).ToHaveValueAsync("This is the way");
                await page.SetViewportSizeAsync(375, 780);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("inbox-attached-375-" + engine);
                await page.SetViewportSizeAsync(1400, 900);
                await page.Locator("#reply").FocusAsync();
                await page.Keyboard.PressAsync("Control+Enter");
                await Expect(page.Locator(".m.us .picture img")).ToHaveCountAsync(1);
                await Expect(page.Locator(".m.us a.file").Last).ToContainTextAsync("house rules.txt");
                await Expect(page.Locator(".attached li")).ToHaveCountAsync(0);
                await Expect(page.Locator(".m.us .tick").Last).ToContainTextAsync("Delivered");
                var got = Hotel.Providers.Got(hotel.Account("whatsApp"));
                got.Select(g => (g.Type, g.Text)).ShouldBe([("image", "This is the way"), ("document", null)]);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_could_not_be_fetched_says_so_and_is_fetched_again(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        var file = await hotel.Sends("Fay Failed", new("late.png", "image/png", Picture(90, 60)), failing: 1000);
        await hotel.GivesUpFetching(file);
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await page.Locator(".cv").ClickAsync();
                await Expect(page.Locator(".m .file")).ToContainTextAsync("could not be fetched");
                await page.Accessible("a file that could not be fetched");
                await page.Picture("inbox-not-fetched-" + engine);
                Hotel.Providers.FailingFiles[file] = 0;
                await page.Button("Try again to fetch it").ClickAsync();
                await Expect(page.Locator(".m .picture img")).ToHaveCountAsync(1);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task The_window_closes_while_one_looks_and_a_template_goes_out(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.HasTemplates(Templates);
        await hotel.Writes("Tess Template", "Until when is the desk open?", "whatsApp", minutesAgo: 24 * 60, secondsLater: 25);
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await page.Locator(".cv").ClickAsync();
                await Expect(page.Locator("#reply")).ToBeVisibleAsync();
                await Expect(page.Locator("#over")).ToContainTextAsync("time for free answers is over", new() { Timeout = 60_000 });
                await Expect(page.Locator("#reply")).ToHaveCountAsync(0);
                await Expect(page.Locator(".tpl-list button bdi")).ToHaveTextAsync(["arrival_time", "room_ready", "winter_offer"]);
                await Expect(page.Locator(".tpl-list button").Last).ToBeDisabledAsync();
                await Expect(page.Locator(".tpl-list button").Last).ToContainTextAsync("paused by WhatsApp");

                await page.Locator(".tpl-list button", new() { HasText = "room_ready" }).ClickAsync();
                await Expect(page.Locator("#blank-name")).ToHaveValueAsync("Tess Template");
                await page.Locator("#send-template").ClickAsync();
                await Expect(page.Locator("#blank-time-more")).Not.ToBeEmptyAsync();
                await Expect(page.Locator("#blank-time")).ToHaveAttributeAsync("aria-invalid", "true");
                await page.Locator("#blank-time").FillAsync("3 pm");
                await Expect(page.Locator("#blank-time-more")).ToBeEmptyAsync(); // it goes as soon as the blank is filled
                await Expect(page.Locator("#blank-time[aria-invalid]")).ToHaveCountAsync(0);
                await Expect(page.Locator(".tpl-problem")).ToBeEmptyAsync();
                await Expect(page.Locator(".tpl-shown")).ToHaveTextAsync("Dear Tess Template, your room is ready from 3 pm.");
                await page.Accessible("a template being filled in");
                await page.Picture("inbox-template-" + engine);
                await page.SetViewportSizeAsync(375, 780);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("inbox-template-375-" + engine);
                await page.SetViewportSizeAsync(1400, 900);
                await page.Locator("#send-template").ClickAsync();
                await Expect(page.Locator(".m.us .typed").Last).ToHaveTextAsync("Dear Tess Template, your room is ready from 3 pm.");
                await Expect(page.Locator(".m.us .tick").Last).ToContainTextAsync("Delivered");
                Hotel.Providers.Got(hotel.Account("whatsApp")).ShouldHaveSingleItem().Text.ShouldBe("template room_ready");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_guest_is_answered_from_the_profile_with_the_same_composer(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Dora Drawer", "Is there a kitchen?", "whatsApp");
        await browser.Visit(
            hotel,
            "frontdesk",
            "/contacts?q=Dora",
            async page =>
            {
                await page.GetByRole(AriaRole.Link, new() { Name = "Dora Drawer", Exact = true }).ClickAsync();
                var composer = page.Locator(".drawer-composer");
                await page.Locator("[id^=answer-]").ClickAsync();
                await Expect(composer.Locator("#reply")).ToBeVisibleAsync();
                await composer.Locator(".attach input").SetInputFilesAsync(File("kitchen.png", "image/png", Picture(80, 60)));
                await Expect(composer.Locator(".attached li img")).ToHaveCountAsync(1);
                await composer.Locator("#reply").FillAsync("There is, on the second floor");
                await composer.Locator("#reply").ScrollIntoViewIfNeededAsync();
                await page.Accessible("the composer in a profile");
                await page.Picture("drawer-composer-" + engine);
                await page.SetViewportSizeAsync(375, 780);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("drawer-composer-375-" + engine);
                await composer.Locator("#reply").FocusAsync();
                await page.Keyboard.PressAsync("Control+Enter");
                await Expect(page.Locator("ul.talks")).ToContainTextAsync("There is, on the second floor");
                await Expect(composer.Locator(".attached li")).ToHaveCountAsync(0);
                var account = hotel.Account("whatsApp");
                for (var left = 400; left > 0 && Hotel.Providers.Got(account).Count == 0; left--)
                {
                    await Task.Delay(50);
                }

                Hotel.Providers.Got(account).Select(g => (g.Type, g.Text)).ShouldBe([("image", "There is, on the second floor")]);
            }
        );
    }

    private static FilePayload File(string name, string type, byte[] content) =>
        new()
        {
            Name = name,
            MimeType = type,
            Buffer = content,
        };

    private static byte[] Picture(int width, int height)
    {
        using var picture = new SKBitmap(width, height);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.SteelBlue);
        using var sun = new SKPaint { Color = SKColors.Gold, IsAntialias = true };
        canvas.DrawCircle(width * 0.7f, height * 0.3f, height * 0.15f, sun);
        using var image = SKImage.FromBitmap(picture);
        using var data = image.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}
