using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>The shared inbox.</summary>
public class InboxTests(Browser browser)
{
    private const string Wide = "() => document.documentElement.scrollWidth - innerWidth";

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Who_waits_longest_comes_first_and_all_is_done_by_the_keyboard(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Short Wait", "Is there a lift?", minutesAgo: 5);
        await hotel.Writes("Long Wait", "Can I come at noon?", minutesAgo: 90);
        await hotel.Writes("Long Wait", "And is breakfast in?", minutesAgo: 60);
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await Expect(page.Locator(".cv b")).ToHaveTextAsync(["Long Wait", "Short Wait"]);
                await Expect(page.Locator(".cv").First).ToContainTextAsync("waits 1 h");
                await Expect(page.Locator("nav .count")).ToContainTextAsync("2");
                await page.Accessible("the inbox");
                await page.Picture("inbox-list-" + engine);

                await page.Keyboard.PressAsync("j");
                await page.At("/inbox/[0-9a-f-]{36}$");
                await Expect(page.Locator("#guest-of")).ToBeFocusedAsync();
                await Expect(page.Locator(".log .m .typed")).ToHaveTextAsync(["Can I come at noon?", "And is breakfast in?"]);
                await page.Accessible("a conversation");
                await page.Keyboard.PressAsync("c");
                await Expect(page.Locator("#comment")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync("Room is ready at eleven, e and s stay letters here");
                await page.Keyboard.PressAsync("Control+Enter");
                await Expect(page.Locator(".log .m.priv .typed")).ToHaveTextAsync("Room is ready at eleven, e and s stay letters here");
                await Expect(page.Locator("#comment")).ToHaveValueAsync("");
                await Expect(page.Locator(".cv").First).ToContainTextAsync("waits 1 h"); // a comment answers nobody
                await page.Picture("inbox-thread-" + engine);

                await page.Locator("#log").FocusAsync();
                await page.Keyboard.PressAsync("a");
                await Expect(page.Locator(".assign")).ToBeFocusedAsync();
                await page.Locator(".assign").SelectOptionAsync(new SelectOptionValue { Label = "frontdesk" });
                await Expect(page.Locator(".toast")).ToContainTextAsync(["Assigned to frontdesk"]);
                await Expect(page.Locator(".cv").First).ToContainTextAsync("frontdesk");

                await page.Locator("#log").FocusAsync();
                await page.Keyboard.PressAsync("s");
                await page.Keyboard.PressAsync("Enter"); // for an hour
                await Expect(page.Locator(".cv b")).ToHaveTextAsync(["Short Wait"]);
                await page.Locator("#log").FocusAsync();
                await page.Keyboard.PressAsync("Control+z");
                await Expect(page.Locator(".cv b")).ToHaveTextAsync(["Long Wait", "Short Wait"]);
                await page.Locator("#log").FocusAsync();
                await page.Keyboard.PressAsync("e");
                await Expect(page.Locator(".cv b")).ToHaveTextAsync(["Short Wait"]);
                await Expect(page.Locator(".hd .pill")).ToHaveTextAsync("closed");
                await Expect(page.Locator("nav .count")).ToContainTextAsync("1");

                await page.Keyboard.PressAsync("/");
                await page.Keyboard.TypeAsync("breakfast");
                await page.At("q=breakfast");
                await Expect(page.Locator(".cv b")).ToHaveTextAsync(["Long Wait"]); // a search finds what is closed
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Two_windows_see_each_other_and_what_a_guest_writes(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Seen By Two", "Hello");
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async first =>
            {
                await first.Locator(".cv").ClickAsync();
                await Expect(first.Locator(".log .m")).ToHaveCountAsync(1);
                await browser.Visit(
                    hotel,
                    "owner",
                    new Uri(first.Url).AbsolutePath,
                    async second =>
                    {
                        await second.Locator("#log").FocusAsync();
                        await second.Keyboard.PressAsync("c");
                        await second.Locator("#comment").FillAsync("I call them");
                        await second.Keyboard.PressAsync("Control+Enter");
                        await Expect(first.Locator(".log .m.priv .typed")).ToHaveTextAsync("I call them");
                        // Providers tell whole seconds: what is later than its receipt counts from the receipt, and so after the comment.
                        await hotel.Writes("Seen By Two", "Still there?", minutesAgo: -1);
                        await Expect(first.Locator(".log .m .typed").Last).ToHaveTextAsync("Still there?");
                        await Expect(second.Locator(".log .m .typed").Last).ToHaveTextAsync("Still there?");
                        await second.Locator("#close-it").ClickAsync();
                        await Expect(first.Locator(".hd .pill")).ToHaveTextAsync("closed");
                        await Expect(first.Locator(".cv")).ToHaveCountAsync(0);
                        await hotel.Writes("Seen By Two", "One more thing");
                        await Expect(first.Locator(".cv")).ToHaveCountAsync(1); // it opens again
                    }
                );
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_reply_is_kept_while_it_is_written_and_held_back_once_where_a_colleague_answered(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Gets Answers", "When is breakfast?");
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await page.Locator(".cv").ClickAsync();
                await Expect(page.Locator(".log .m")).ToHaveCountAsync(1);
                await page.Keyboard.PressAsync("r");
                await Expect(page.Locator("#reply")).ToBeFocusedAsync();
                await page.Keyboard.TypeAsync("From half past ");
                var path = new Uri(page.Url).AbsolutePath;
                await browser.Visit(
                    hotel,
                    "owner",
                    path,
                    async second =>
                    {
                        await Expect(second.Locator(".near")).ToContainTextAsync("frontdesk is writing");
                        await second.Accessible("a conversation in which a colleague writes");
                        await second.Picture("inbox-near-" + engine);
                        await second.Locator("#reply").FillAsync("From seven");
                        await second.Keyboard.PressAsync("Control+Enter");
                        await Expect(second.Locator("#reply")).ToHaveValueAsync("");
                        await Expect(second.Locator(".log .m.us .typed")).ToHaveTextAsync("From seven");
                    }
                );
                await Expect(page.Locator(".log .m.us .typed")).ToHaveTextAsync("From seven");
                await page.Keyboard.TypeAsync("seven");
                await page.Keyboard.PressAsync("Control+Enter");
                await Expect(page.Locator("#composer-problem")).ToContainTextAsync("answered meanwhile");
                await page.Accessible("a reply that was held back");
                await page.Picture("inbox-held-back-" + engine);

                // What is typed is on the server: it is there after the page was left.
                await page.WaitForTimeoutAsync(1500);
                await page.GotoAsync(path);
                await page.Live();
                await Expect(page.Locator("#reply")).ToHaveValueAsync("From half past seven");
                await page.Locator("#reply").FocusAsync();
                await page.Keyboard.PressAsync("Control+Enter");
                await Expect(page.Locator(".log .m.us .typed")).ToHaveTextAsync(["From seven", "From half past seven"]);
                await Expect(page.Locator("#reply")).ToHaveValueAsync("");
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_saved_reply_goes_in_at_the_cursor_filled_for_the_guest(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("Paul Placeholder", "Where are you?");
        await browser.Visit(
            hotel,
            "owner",
            "/settings/replies",
            async page =>
            {
                await Expect(page.Locator(".state")).ToContainTextAsync("No saved replies yet");
                await page.Locator("#new-reply").ClickAsync();
                await Expect(page.Locator("#reply-name")).ToBeFocusedAsync();
                await page.Accessible("a new saved reply");
                await page.Picture("saved-reply-" + engine);
                await page.Locator("#reply-name").FillAsync("The way");
                await page.Locator("#reply-text").FillAsync("{gast}");
                await page.Locator(".side-panel .foot .main").ClickAsync();
                await Expect(page.Locator("#reply-text")).ToBeFocusedAsync();
                await Expect(page.Locator("#reply-text-more")).ToContainTextAsync("There is no placeholder {gast}");
                await page.Locator("#reply-text").FillAsync("{guest}, we are at {property}. Room {room}.");
                await page.Locator(".side-panel .foot .main").ClickAsync();
                await Expect(page.Rows()).ToContainTextAsync(["The way"]);
                await page.Accessible("saved replies");
                await page.Picture("saved-replies-" + engine);

                await page.GotoAsync("/inbox");
                await page.Live();
                await page.Locator(".cv").ClickAsync();
                await page.Locator("#reply").FillAsync("Dear ");
                await page.Locator("#log").FocusAsync();
                await page.Keyboard.PressAsync("#");
                await Expect(page.Locator(".saved .sheet input")).ToBeFocusedAsync();
                await page.Locator(".saved .sheet button").ClickAsync();
                await Expect(page.Locator("#reply")).ToHaveValueAsync("Dear Paul Placeholder, we are at Lantern Hostel. Room {room}.");
                await page.Locator("#reply").FocusAsync();
                await page.Keyboard.PressAsync("Control+Enter");
                await Expect(page.Locator("#composer-problem")).ToContainTextAsync("Fill in {room} first");
                await Expect(page.Locator(".log .m.us")).ToHaveCountAsync(0);
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task On_a_telephone_list_and_thread_are_two_screens(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await hotel.Writes("شهد القحطاني", "هل يمكن تسجيل الوصول المبكر غدًا؟", "whatsApp", 3);
        await hotel.Writes("Tiny Screen", "See https://map.example/way. \u202Eevil\u202C javascript:alert(1)", minutesAgo: 8);
        await browser.Visit(
            hotel,
            "frontdesk",
            "/inbox",
            async page =>
            {
                await Expect(page.Locator(".cv")).ToHaveCountAsync(2);
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await Expect(page.Locator(".th")).ToBeHiddenAsync();
                await page.Accessible("the inbox at 375 px");
                await page.Picture("inbox-375-" + engine);
                await page.Locator(".cv").First.ClickAsync();
                await Expect(page.Locator(".cvs-list")).ToBeHiddenAsync();
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                var link = page.Locator(".m .link");
                await Expect(link).ToHaveAttributeAsync("href", "https://map.example/way");
                await Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
                await Expect(page.Locator(".m .host")).ToHaveTextAsync("(map.example)");
                await page.Accessible("a conversation at 375 px");
                await page.Picture("inbox-thread-375-dark-" + engine);
                await page.Locator(".back-to").ClickAsync();
                await Expect(page.Locator(".cv").First).ToBeFocusedAsync();
                await page.Locator(".cv").Last.ClickAsync();
                await page.EvaluateAsync("() => { document.documentElement.dir = 'rtl'; }");
                (await page.EvaluateAsync<int>(Wide)).ShouldBeLessThanOrEqualTo(0);
                await page.Picture("inbox-thread-375-rtl-" + engine);
            },
            new()
            {
                ViewportSize = new() { Width = 375, Height = 780 },
                ColorScheme = ColorScheme.Dark,
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task Whoever_may_only_read_is_told_so_and_an_empty_inbox_says_what_fills_it(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "owner",
            "/inbox",
            async page =>
            {
                await Expect(page.Locator(".cvs .none")).ToContainTextAsync("No channel yet");
                await Expect(page.Locator(".cvs .none a")).ToHaveTextAsync("Open Connections");
                await page.Accessible("an inbox without a channel");
                await hotel.Writes("Only Read", "Anybody?");
                await Expect(page.Locator(".cv")).ToHaveCountAsync(1);
            }
        );
        await browser.Visit(
            hotel,
            "viewer",
            "/inbox?tab=closed",
            async page =>
            {
                await Expect(page.Locator(".cvs .none")).ToContainTextAsync("Nothing has been closed yet");
                await page.GotoAsync("/inbox");
                await page.Locator(".cv").ClickAsync();
                await Expect(page.Locator(".reads")).ToContainTextAsync("You can read, not reply");
                await Expect(page.Locator("#close-it, .assign, .say")).ToHaveCountAsync(0);
                await page.Accessible("a conversation that may only be read");
            }
        );
        await browser.Visit(
            hotel,
            "housekeeper",
            "/inbox",
            page => Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("You cannot see this")
        );
    }
}
