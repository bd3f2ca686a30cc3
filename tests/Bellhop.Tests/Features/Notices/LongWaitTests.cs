using System.Net;
using Bellhop.Features.Channels;
using Bellhop.Features.Notices;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Inbox;
using Bellhop.Tests.Features.Team;

namespace Bellhop.Tests.Features.Notices;

/// <summary>Notices of guests who wait too long.</summary>
public class LongWaitTests
{
    // A Monday, 10:00 in Lisbon.
    private static readonly DateTimeOffset Morning = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task After_half_an_hour_those_who_may_answer_hear_of_it_once_and_of_a_taken_one_only_who_has_it(string engine)
    {
        var clock = new TestClock(Morning);
        await using var app = await TestApp.StartNew(engine, clock);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var house = line.House.OrganizationId;
        var ana = await app.MakePerson(house, "ana@example.org", Roles.FrontDesk);
        Guid[] people =
        [
            ana,
            await app.MakePerson(house, "rui@example.org", Roles.FrontDesk),
            await app.MakePerson(house, "eva@example.org", Roles.FrontDesk, line.House.Berlin),
            await app.MakePerson(house, "bo@example.org", Roles.Viewer),
        ];
        await Write(line, clock, 1);
        await Write(line, clock, 2);
        await Write(line, clock, 3);
        var talks = (await line.Conversations("?sort=-last")).Select(c => c!["id"]!.GetValue<string>()).ToList();
        await Patch(line, talks[0], $$"""{"assigneeId":"{{ana}}"}""");
        await Patch(line, talks[1], """{"waiting":false}""");
        await Patch(line, talks[2], """{"assigneeId":null}""");

        await Later(app, clock, 29);
        (await Heard()).ShouldBe([0, 0, 0, 0]);
        await Later(app, clock, 2);
        (await Heard()).ShouldBe([2, 1, 0, 0]);
        await Write(line, clock, 1); // who waits already waits since the first message
        await Later(app, clock, 60);
        (await Heard()).ShouldBe([2, 1, 0, 0]);
        (await Notices(line, people[1]))[0].Subject.Id.ToString().ShouldBe(talks[2]);

        // Answered and written to again: another wait.
        await Patch(line, talks[2], """{"waiting":false}""");
        await Later(app, clock, 1);
        await Write(line, clock, 1);
        await Later(app, clock, 31);
        (await Heard()).ShouldBe([3, 2, 0, 0]);

        async Task<List<int>> Heard()
        {
            var numbers = new List<int>();
            foreach (var person in people)
            {
                numbers.Add((await Notices(line, person)).Count);
            }

            return numbers;
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Where_the_reception_is_closed_nobody_hears_before_it_opens(string engine)
    {
        var clock = new TestClock(Morning);
        await using var app = await TestApp.StartNew(engine, clock);
        var line = await Hotline.Open(app, accounts: ("whatsApp", "1"));
        var rui = await app.MakePerson(line.House.OrganizationId, "rui@example.org", Roles.FrontDesk);
        await (
            await line.Client.Send(
                HttpMethod.Patch,
                $"/api/v1/properties/{line.House.Lisbon}",
                """{"openingHours":[{"day":"monday","from":"12:00","to":"20:00"}]}"""
            )
        ).Json(200);
        await Write(line, clock, 1);
        for (var minutes = 0; minutes < 119; minutes += 17)
        {
            (await Notices(line, rui)).ShouldBeEmpty();
            await Later(app, clock, 17);
        }

        await Later(app, clock, 17);
        (await Notices(line, rui)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("", "2026-06-01T03:00", true)]
    [InlineData("1 08:00-12:00;1 14:00-22:00", "2026-06-01T08:00", true)]
    [InlineData("1 08:00-12:00;1 14:00-22:00", "2026-06-01T12:00", false)]
    [InlineData("1 08:00-12:00;1 14:00-22:00", "2026-06-02T09:00", false)]
    [InlineData("7 20:00-02:00", "2026-06-01T01:59", true)]
    [InlineData("7 20:00-02:00", "2026-06-01T02:00", false)]
    [InlineData("3 00:00-00:00", "2026-06-03T23:59", true)]
    [InlineData("3 00:00-00:00", "2026-06-04T00:00", false)]
    public void Hours_may_go_past_midnight_and_past_the_week(string hours, string at, bool isOpen) =>
        OpeningHours.IsOpen(hours, DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(isOpen);

    /// <summary>What the person was told of guests who wait too long, newest first.</summary>
    private static async Task<List<NoticeRow>> Notices(Hotline line, Guid person)
    {
        await using var db = line.App.Open();
        var who = new Actor(ActorKind.User, person, "", line.House.OrganizationId, PermissionSet.Everything);
        return [.. (await ListNotices.All(who, db, default)).Where(n => n.Kind == "waitingTooLong")];
    }

    private static async Task Later(TestApp app, TestClock clock, int minutes)
    {
        clock.Jump(TimeSpan.FromMinutes(minutes));
        clock.Advance(TimeSpan.FromSeconds(2)); // the app looks for work
        await app.RunJobs();
    }

    private static async Task Write(Hotline line, TestClock clock, int guest)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await line.Deliver(ConnectionKind.Meta, Hotline.WhatsApp("1", $"35191234567{guest}", $"{guest} {now:O}", "Hello?", now));
    }

    private static async Task Patch(Hotline line, string conversation, string body) =>
        (await line.Client.Send(HttpMethod.Patch, $"/api/v1/conversations/{conversation}", body)).StatusCode.ShouldBe(HttpStatusCode.OK);
}
