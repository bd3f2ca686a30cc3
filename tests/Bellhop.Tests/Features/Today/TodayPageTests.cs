using System.Text.Json.Nodes;
using Bellhop.Features.Team;
using Bellhop.Features.Today;
using Bellhop.Tests.Ui;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace Bellhop.Tests.Features.Today;

public class TodayPageTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_open_page_shows_the_new_day_once_it_is_midnight_at_the_property(string engine)
    {
        var clock = new TestClock(new(2026, 11, 22, 23, 59, 50, TimeSpan.Zero)); // it is the same time in Lisbon, in the winter
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await Book(app, house, "Comes on Sunday", "2026-11-22");
        await Book(app, house, "Comes on Monday", "2026-11-23");
        await using var stage = await new Stage().Enter(app, house.OrganizationId, Roles.FrontDesk, house.Lisbon);
        stage.Renderer.SetRendererInfo(new RendererInfo("Server", isInteractive: true));

        var page = stage.Render<TodayPage>();

        page.WaitForAssertion(() => page.Find("#arrivals").TextContent.ShouldContain("Comes on Sunday"), Patience);
        page.Find("#day").GetAttribute("value").ShouldBe("2026-11-22");
        await page.WaitForAssertionAfter(clock, TimeSpan.FromSeconds(20), () => page.Find("#day").GetAttribute("value") == "2026-11-23");
        page.Find("#arrivals").TextContent.ShouldContain("Comes on Monday");
        page.Find("#arrivals").TextContent.ShouldNotContain("Comes on Sunday");
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static async Task Book(TestApp app, House house, string name, string arrival)
    {
        var booking = new JsonObject
        {
            ["propertyId"] = house.Lisbon,
            ["source"] = "Website",
            ["status"] = "Confirmed",
            ["arrival"] = arrival,
            ["departure"] = "2026-11-25",
            ["total"] = new JsonObject { ["amount"] = 90, ["currency"] = "EUR" },
            ["guest"] = new JsonObject { ["name"] = name },
        };
        (await app.As(house.Owner).Post("/api/v1/bookings", booking)).EnsureSuccessStatusCode();
    }
}

internal static class WaitingForAClock
{
    /// <summary>Moves the clock until the page shows what is waited for: its timer may be set a moment after it is drawn.</summary>
    public static async Task WaitForAssertionAfter<T>(this IRenderedComponent<T> page, TestClock clock, TimeSpan step, Func<bool> shown)
        where T : IComponent
    {
        for (var tries = 0; tries < 100 && !shown(); tries++)
        {
            clock.Advance(step);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        shown().ShouldBeTrue();
    }
}
