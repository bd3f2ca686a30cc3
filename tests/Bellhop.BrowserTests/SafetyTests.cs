using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Bellhop.Features.Team;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Bellhop.BrowserTests;

/// <summary>What a page gives away, and what it can be made to do.</summary>
public class SafetyTests(Browser browser)
{
    /// <summary>What only an exception says.</summary>
    private static readonly string[] Insides =
    [
        "   at Bellhop",
        "   at System",
        "Exception",
        "SQLite Error",
        "tags_lost",
        "no such table",
        "42P01",
    ];

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task What_nobody_foresaw_shows_a_number_and_no_stack_on_a_page_or_its_circuit(string engine)
    {
        Browser.Demand(engine);
        await using var hotel = await Hotel.Open(engine);
        await browser.Visit(
            hotel,
            "owner",
            "/settings/tags",
            async page =>
            {
                var received = new ConcurrentQueue<string>();
                page.WebSocket += (_, socket) =>
                    socket.FrameReceived += (_, frame) => received.Enqueue(frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []));
                await page.ReloadAsync();
                await page.Live();
                await hotel.LoseTags();

                await page.GetByLabel("New tag").FillAsync("Wedding");
                await page.Button("Add tag").ClickAsync();
                await Expect(page.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
                var clicked = await page.ContentAsync();
                var answer = await page.GotoAsync("/settings/tags");
                await page.Live();
                await Expect(page.Locator(".state")).ToContainTextAsync(new Regex("[0-9a-f]{12}"));
                await page.Accessible("a page that failed");
                await page.Picture("page-failed");

                answer!.Status.ShouldBe(500);
                received.ShouldNotBeEmpty();
                foreach (var shown in (string[])[clicked, await answer.TextAsync(), await page.ContentAsync(), .. received])
                {
                    Insides.Where(inside => shown.Contains(inside, StringComparison.Ordinal)).ShouldBeEmpty();
                }
            }
        );
    }

    [Theory, MemberData(nameof(Browser.Engines), MemberType = typeof(Browser))]
    public async Task A_forged_event_of_a_button_that_is_hidden_by_now_changes_nothing(string engine)
    {
        var hotel = await (await browser.Hotel(engine)).Another();
        await browser.Visit(
            hotel,
            "frontdesk",
            "/settings/tags",
            async page =>
            {
                // The click is kept back on its way, as somebody would who sends it when they like.
                Action? send = null;
                var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await page.RouteWebSocketAsync(
                    new Regex("_blazor"),
                    socket =>
                    {
                        var server = socket.ConnectToServer();
                        socket.OnMessage(frame =>
                        {
                            var isClick = Encoding.UTF8.GetString(frame.Binary ?? []).Contains("\"submit\"", StringComparison.Ordinal);
                            if (isClick)
                            {
                                send = () => server.Send(frame.Binary!);
                                kept.TrySetResult();
                            }
                            else if (frame.Binary is { } bytes)
                            {
                                server.Send(bytes);
                            }
                            else
                            {
                                server.Send(frame.Text!);
                            }
                        });
                    }
                );
                await page.ReloadAsync();
                await page.Live();
                await page.GetByLabel("New tag").FillAsync("Wedding");
                await page.Button("Add tag").ClickAsync();
                await kept.Task.WaitAsync(TimeSpan.FromSeconds(20));

                await hotel.Give("frontdesk", Roles.Viewer);
                var beside = await page.Context.NewPageAsync();
                await Wait.Until(async () =>
                {
                    await beside.GotoAsync("/settings/tags");
                    await Expect(beside.Locator("h1")).ToBeVisibleAsync();
                    return await beside.Locator("#new-tag").CountAsync() == 0;
                });

                send!();
                await Wait.Until(async () => await hotel.Events("access.refused") > 0);

                (await hotel.Tags()).ShouldBeEmpty();
                (await hotel.Events("tag.created")).ShouldBe(0);
            }
        );
    }
}
