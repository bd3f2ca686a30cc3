using System.Net;
using Bellhop.Features.Reviews;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Reviews;

public class RateStayTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_rates_a_stay_by_the_link_once_and_sees_nobodys_name(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var (booking, guest) = await ReviewTests.Stay(app.As(house.Owner), house.Lisbon, "one");
        var link = await Link(app, house, booking);
        var anybody = app.Anonymous();

        using var page = await anybody.GetAsync(link);
        var html = await page.Content.ReadAsStringAsync();
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("Lisbon");
        html.ShouldNotContain("Zanzibara");
        html.ShouldNotContain("351912345678");
        html.ShouldNotContain("blazor", Case.Insensitive);
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);

        // Without stars it asks for them and keeps the words.
        using var without = await Send(anybody, link, ("comment", "Nice <b>view</b>"));
        without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await without.Content.ReadAsStringAsync()).ShouldContain("Nice &lt;b&gt;view&lt;/b&gt;");

        using var sent = await Send(anybody, link, ("stars", "4"), ("comment", "Nice view"));
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        sent.Headers.Location!.ToString().ShouldBe(link);
        (await (await anybody.GetAsync(link)).Content.ReadAsStringAsync()).ShouldContain("Thank you");
        (await Send(anybody, link, ("stars", "1"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await using var db = app.Open();
        var review = await db.Reviews.SingleAsync();
        (review.Stars, review.Comment, review.Origin, review.ContactId.ToString()).ShouldBe(
            ((short)4, "Nice view", ReviewOrigin.Link, guest)
        );
        (await db.Contacts.SingleAsync()).Rating.ShouldBe((short)4);
        (await db.Events.SingleAsync(e => e.Action == "review.created")).WhoName.ShouldBe("Review link");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_link_works_once_for_ever_also_when_its_review_was_deleted(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (booking, _) = await ReviewTests.Stay(owner, house.Lisbon, "one");
        var link = await Link(app, house, booking);
        await Send(app.Anonymous(), link, ("stars", "1"));
        var review = (await owner.GetFromJson("/api/v1/reviews"))["items"]![0]!["id"]!.GetValue<string>();
        (await owner.DeleteAsync($"/api/v1/reviews/{review}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await Send(app.Anonymous(), link, ("stars", "5"));

        await using var db = app.Open();
        (await db.Reviews.AnyAsync()).ShouldBeFalse();
        (await Should.ThrowAsync<Refusal>(() => Link(app, house, booking))).Type.ShouldBe("rated-already");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_link_sent_many_times_at_once_leaves_one_review(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var (booking, _) = await ReviewTests.Stay(app.As(house.Owner), house.Lisbon, "one");
        var links = new[] { await Link(app, house, booking), await Link(app, house, booking) };
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async i => (await Send(app.Anonymous(), links[i % 2], ("stars", "5"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther))
        );
        await using var db = app.Open();
        (await db.Reviews.CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_that_was_edited_ran_out_or_is_of_a_stay_that_was_none_leads_nowhere()
    {
        var clock = new TestClock(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew("sqlite", clock);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (booking, _) = await ReviewTests.Stay(owner, house.Lisbon, "one");
        var link = await Link(app, house, booking);
        var before = await app.Snapshot();
        foreach (var wrong in (string[])[link + "A", link[..^4], "/review/AAAA", "/review/%20", "/review/" + new string('A', 3000)])
        {
            (await app.Anonymous().GetAsync(wrong)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await Send(app.Anonymous(), wrong, ("stars", "5"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        (await app.Snapshot()).ShouldBe(before);
        clock.Jump(ReviewLinks.Lasts);
        (await app.Anonymous().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(app.Anonymous(), link, ("stars", "5"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using (var db = app.Open())
        {
            (await db.Reviews.AnyAsync()).ShouldBeFalse();
        }

        (await app.Anonymous().GetAsync(await Link(app, house, booking))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_link_of_a_guest_who_was_deleted_leads_nowhere(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (booking, guest) = await ReviewTests.Stay(owner, house.Lisbon, "one");
        var link = await Link(app, house, booking);
        (await app.Anonymous().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await owner.DeleteAsync($"/api/v1/contacts/{guest}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Anonymous().GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Send(app.Anonymous(), link, ("stars", "5"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_a_completed_stay_of_ones_own_has_a_link()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var (booking, _) = await ReviewTests.Stay(
            app.As(house.Owner),
            house.Lisbon,
            "one",
            status: Bellhop.Features.Bookings.BookingStatus.Confirmed
        );
        var who = TestApp.Everything(house);
        (await Should.ThrowAsync<Refusal>(() => Link(app, house, booking))).Type.ShouldBe("not-completed");
        await using var db = app.Open();
        var links = app.Services.GetRequiredService<ReviewLinks>();
        (
            await Should.ThrowAsync<Refusal>(() =>
                MakeReviewLink.Run(Guid.Parse(booking), who with { Properties = [house.Berlin] }, db, links, default)
            )
        ).Status.ShouldBe(404);
        (
            await Should.ThrowAsync<Refusal>(() =>
                MakeReviewLink.Run(Guid.Parse(booking), who with { Permissions = new([Permission.BookingsView]) }, db, links, default)
            )
        ).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Who_asks_too_often_waits()
    {
        await using var app = await TestApp.StartNew("sqlite", settings: [("Limits:RatingsPerNetwork", "2")]);
        await app.MakeHouse();
        var client = app.Anonymous();
        await client.GetAsync("/review/x");
        await client.GetAsync("/review/x");
        var third = await client.GetAsync("/review/x");
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static async Task<string> Link(TestApp app, House house, string booking)
    {
        await using var db = app.Open();
        return (
            await MakeReviewLink.Run(
                Guid.Parse(booking),
                TestApp.Everything(house),
                db,
                app.Services.GetRequiredService<ReviewLinks>(),
                default
            )
        ).Path;
    }

    private static Task<HttpResponseMessage> Send(HttpClient client, string link, params (string Name, string Value)[] fields) =>
        client.PostAsync(link, new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))));
}
