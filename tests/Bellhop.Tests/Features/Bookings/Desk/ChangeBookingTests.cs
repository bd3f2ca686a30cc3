using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Bookings;

public class ChangeBookingTests
{
    private const string Path = "/api/v1/bookings";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_status_that_does_not_follow_is_a_conflict_that_names_what_does(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (id, _) = await Booked(owner, house);
        await (await Patch(owner, id, new() { ["status"] = "InHouse" })).Json(200);
        await (await Patch(owner, id, new() { ["status"] = "Completed" })).Json(200);
        var before = await app.Snapshot();
        var events = await app.Events();

        // What else the patch says is not done either.
        var problem = await (await Patch(owner, id, new() { ["status"] = "Cancelled", ["departure"] = "2026-03-09" })).Json(409);

        problem["type"]!.GetValue<string>().ShouldBe("illegal-status");
        problem["possible"]!.ToJsonString().ShouldBe("""["InHouse"]""");
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(events);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_field_at_fault_is_listed_and_nothing_changes(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (id, _) = await Booked(owner, house);
        var before = await app.Snapshot();

        var all = await (
            await Patch(
                owner,
                id,
                new()
                {
                    ["arrival"] = "1.3.2026",
                    ["departure"] = "3026-01-01",
                    ["status"] = "Gone",
                    ["total"] = new JsonObject { ["amount"] = 1.005m, ["currency"] = "EUR" },
                }
            )
        ).Json(400);
        all.Fields().ShouldBe(["arrival", "departure", "status", "total.amount"]);
        (await (await Patch(owner, id, new() { ["arrival"] = "2026-03-05" })).Json(400)).Fields().ShouldBe(["arrival"]);
        (await (await Patch(owner, id, new() { ["departure"] = "2026-02-01" })).Json(400)).Fields().ShouldBe(["departure"]);
        (await (await Patch(owner, id, new() { ["guest"] = new JsonObject() })).Json(400)).Fields().ShouldBe(["guest"]);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_refused_step_is_named_as_the_api_does_and_on_pages_in_the_viewers_words(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (id, _) = await Booked(owner, house);
        await (await Patch(owner, id, new() { ["status"] = "InHouse" })).Json(200);

        (await (await Patch(owner, id, new() { ["status"] = "NoShow" })).Json(409))["title"]!
            .GetValue<string>()
            .ShouldContain("InHouse cannot become NoShow");
        await using var db = app.Open();
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            ChangeBooking.Run(Guid.Parse(id), new(Status: "NoShow"), TestApp.Everything(house), db, IfMatch.Any, default)
        );
        var said = Bellhop
            .Ui.Problem.Of(refusal, app.Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizerFactory>())
            .Title;
        said.ShouldContain("In house cannot become No-show");
        said.ShouldNotContain("InHouse");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_taken_back_is_what_the_change_wrote_and_no_more(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var id = Guid.Parse((await Booked(owner, house)).Id);
        var who = TestApp.Everything(house);
        await using var db = app.Open();
        var shown = (await GetBooking.Run(id, who, db, default)).Value;

        // Between what was shown and the change, a colleague writes another value.
        await ChangeBooking.Run(id, new(Total: new MoneyInput(99, "EUR")), who, db, IfMatch.Any, default);
        var cancel = new ChangeBooking.Input(Status: "Cancelled");
        var saved = (await ChangeBooking.Run(id, cancel, who, db, IfMatch.Any, default)).Value;
        await ChangeBooking.Undo(shown, cancel, saved.UpdatedAt, who, db, default);

        var now = (await GetBooking.Run(id, who, db, default)).Value;
        (now.Status, now.Total.Amount).ShouldBe((shown.Status, 99));
        (await Should.ThrowAsync<Refusal>(() => ChangeBooking.Undo(shown, cancel, saved.UpdatedAt, who, db, default))).Status.ShouldBe(412);
    }

    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(1, true, 3333)]
    [InlineData(2, true, 6667)]
    [InlineData(3, false, 10000)]
    public async Task Whoever_leaves_early_is_offered_the_same_price_a_night(int stayed, bool early, long until)
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var who = TestApp.Everything(house);
        var id = Guid.Parse((await Booked(app.As(house.Owner), house)).Id);
        await using var db = app.Open();
        var input = new ChangeBooking.Input("2026-03-01", "2026-03-04", Total: new MoneyInput(100, "EUR"));
        var booking = (await ChangeBooking.Run(id, input, who, db, IfMatch.Any, default)).Value;
        var today = booking.Arrival.AddDays(stayed);
        EarlyDeparture.Is(booking, today).ShouldBe(early);
        EarlyDeparture.Until(booking, today).Minor.ShouldBe(until);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_who_change_the_version_they_saw_one_succeeds_and_the_other_is_told(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (id, version) = await Booked(owner, house);

        var answers = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(night => Patch(owner, id, new() { ["departure"] = $"2026-03-{10 + night}" }, version))
        );

        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.PreconditionFailed, 7)]);
        var winner = await answers.Single(a => a.IsSuccessStatusCode).Json(200);
        var shown = await owner.GetAsync($"{Path}/{id}");
        (await shown.Json(200))["departure"]!.GetValue<string>().ShouldBe(winner["departure"]!.GetValue<string>());
        (await app.Events("booking.updated")).ShouldBe(1, "a refusal leaves nothing");
        (await Patch(owner, id, new() { ["status"] = "InHouse" }, version)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        await (await Patch(owner, id, new() { ["status"] = "InHouse" }, shown.Headers.ETag!.Tag)).Json(200);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Revisions_that_race_end_with_the_newest_whatever_their_order(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        int[] order = [3, 9, 1, 12, 7, 2, 11, 5, 10, 4, 8, 6];

        var answers = await Task.WhenAll(
            order.Select(number =>
            {
                var body = ReceiveBookingTests.Body(house.Lisbon);
                (body["revision"], body["total"]) = (number, new JsonObject { ["amount"] = 100 + number, ["currency"] = "EUR" });
                return owner.Post(Path, body);
            })
        );

        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.OK);
        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        await using var db = app.Open();
        var booking = await db.Bookings.AsNoTracking().SingleAsync();
        (booking.Revision, booking.Total).ShouldBe((12, 11200));
        var guest = await db.Contacts.AsNoTracking().SingleAsync();
        (guest.Bookings, guest.Spent).ShouldBe((1, 11200));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Staff_and_a_channel_at_once_lose_nothing_of_either(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (id, _) = await Booked(owner, house);
        var again = ReceiveBookingTests.Body(house.Lisbon);
        again["roomType"] = "Dorm";

        var both = await Task.WhenAll(Patch(owner, id, new() { ["status"] = "InHouse" }), owner.Post(Path, again));

        both.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK);
        await using var db = app.Open();
        var booking = await db.Bookings.AsNoTracking().SingleAsync();
        booking.RoomType.ShouldBe("Dorm");
        booking.Status.ShouldBeOneOf(BookingStatus.InHouse, BookingStatus.Confirmed); // without a revision the last to arrive wins
        var guest = await db.Contacts.AsNoTracking().SingleAsync();
        (guest.Bookings, guest.Spent).ShouldBe((1, 12050));
    }

    private static async Task<(string Id, string Version)> Booked(HttpClient owner, House house)
    {
        var answer = await owner.Post(Path, ReceiveBookingTests.Body(house.Lisbon));
        return ((await answer.Json(201))["id"]!.GetValue<string>(), answer.Headers.ETag!.Tag);
    }

    private static async Task<HttpResponseMessage> Patch(HttpClient client, string id, JsonObject body, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Path}/{id}")
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/merge-patch+json"),
        };
        if (version is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(version));
        }

        return await client.SendAsync(request);
    }
}
