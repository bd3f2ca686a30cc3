using System.Net;
using Bellhop.Features.Team;
using Bellhop.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

public class SessionTests
{
    private const string Path = "/api/v1/me/sessions";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Ones_sessions_are_listed_and_signed_out_one_by_one_or_all_but_this(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        var rui = await app.Enter("rui@example.org");
        var first = await app.Enter("ana@example.org");
        var second = await app.Enter("ana@example.org");
        var here = await app.Enter("ana@example.org");

        var rows = (await (await here.GetAsync(Path)).Json(200))["items"]!.AsArray();
        rows.Count.ShouldBe(3);
        rows.Count(r => r!["current"]!.GetValue<bool>()).ShouldBe(1);
        rows[0]!["current"]!.GetValue<bool>().ShouldBeTrue("the latest sign-in comes first");
        var page = await (await here.GetAsync(Path + "?limit=2")).Json(200);
        (await (await here.GetAsync($"{Path}?limit=2&cursor={page["nextCursor"]}")).Json(200))["items"]!.AsArray().Count.ShouldBe(1);
        var oldest = rows[2]!["id"]!.GetValue<string>();

        (await rui.DeleteAsync($"{Path}/{oldest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "another's");
        (await first.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await here.DeleteAsync($"{Path}/{oldest}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await first.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await second.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await here.DeleteAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await second.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        foreach (var client in (HttpClient[])[here, rui])
        {
            (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await app.As(house.Owner).GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.As(house.Owner).DeleteAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Events("session.ended")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_open_page_has_nobody_before_it_within_five_seconds_of_its_session_ended_elsewhere(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await using var page = await app.Sitting(house.OrganizationId, Roles.Owner);
        var viewer = page.ServiceProvider.GetRequiredService<Viewer>();
        (await viewer.Get()).IsKnown.ShouldBeTrue();
        var left = false;
        viewer.SignedOut += () => left = true;

        // Another process ends it, so that nothing here is told.
        await using var db = app.Database.OpenElsewhere();
        await db.Sessions.ExecuteDeleteAsync();
        clock.Advance(TimeSpan.FromSeconds(5));

        (await viewer.Get()).IsKnown.ShouldBeFalse();
        left.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_account_page_is_for_whoever_is_signed_in(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var page = await (await app.SignedIn(house.OrganizationId, Roles.Viewer)).GetStringAsync("/settings/account");

        page.ShouldContain("Where you are signed in");
        (await app.Anonymous().GetAsync("/settings/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
