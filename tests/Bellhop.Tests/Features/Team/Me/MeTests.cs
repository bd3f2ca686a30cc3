using System.Globalization;
using System.Net;
using Bellhop.Features.Team;
using Bellhop.Ui;

namespace Bellhop.Tests.Features.Team;

public class MeTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_person_changes_their_own_name_language_and_first_page(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.FrontDesk);
        var rui = await app.Enter("rui@example.org");
        var before = await rui.GetAsync("/api/v1/me");
        (await before.Json(200)).ContainsKey("language").ShouldBeTrue();

        var patch = """{"name":" Rui Sá ","language":"en-DE","landing":"bookings"}""";
        var changed = await rui.Send(HttpMethod.Patch, "/api/v1/me", patch);
        var now = await changed.Json(200);
        (now["name"]!.GetValue<string>(), now["language"]!.GetValue<string>(), now["landing"]!.GetValue<string>()).ShouldBe(
            ("Rui Sá", "en-DE", "bookings")
        );
        changed.Headers.ETag.ShouldNotBe(before.Headers.ETag);
        var events = await app.Events("member.updated");
        await (await rui.Send(HttpMethod.Patch, "/api/v1/me", patch)).Json(200);
        (await app.Events("member.updated")).ShouldBe(events, "equal content writes nothing");
        await using (var db = app.Open())
        {
            (await LandingPages.Of(TestApp.Everything(house), db, default)).ShouldBe("/today");
        }

        var snapshot = await app.Snapshot();
        (await (await rui.Send(HttpMethod.Patch, "/api/v1/me", """{"name":" ","language":"de","landing":"nowhere"}""")).Json(400))
            .Fields()
            .ShouldBe(["landing", "language", "name"]);
        await (await rui.Send(HttpMethod.Patch, "/api/v1/me", """{"role":"Owner"}""")).Json(400);
        (await app.Snapshot()).ShouldBe(snapshot);
        (await (await rui.Send(HttpMethod.Patch, "/api/v1/me", """{"language":null,"landing":null}""")).Json(200))["language"]
            .ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_key_has_nothing_of_its_own_and_nobody_is_asked_to_sign_in(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var key = app.As(house.Owner);
        var snapshot = await app.Snapshot();

        foreach (var path in new[] { "/api/v1/me", "/api/v1/me/views/contacts" })
        {
            await (await key.GetAsync(path)).Json(403);
            await (await app.Anonymous().GetAsync(path)).Json(401);
        }

        await (await key.Send(HttpMethod.Patch, "/api/v1/me", """{"name":"x"}""")).Json(403);
        await (await key.Send(HttpMethod.Put, "/api/v1/me/views/contacts", """{"columns":[],"dense":true,"tabs":[]}""")).Json(403);
        (await app.Snapshot()).ShouldBe(snapshot);
    }

    [Theory]
    [InlineData("de-DE", "en-DE")]
    [InlineData("en-US", "en-US")]
    [InlineData("fr-CH", "en-CH")]
    [InlineData("zh-Hant-TW", "en-GB")]
    public void Numbers_and_dates_keep_the_region_in_the_language_of_the_words(string browser, string written)
    {
        var culture = Languages.Of(new CultureInfo(browser), new CultureInfo("en"));

        culture.Name.ShouldBe(written);
        culture.DateTimeFormat.GetMonthName(10).ShouldBe("October");
    }

    [Fact]
    public async Task A_browser_from_elsewhere_gets_a_page_whose_words_and_dates_are_of_one_language()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.Owner);
        var rui = await app.Enter("rui@example.org");
        rui.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-DE,de;q=0.9");

        var html = await rui.GetStringAsync("/reports?from=2025-10-01&to=2026-05-31");

        html.ShouldContain("Oct");
        html.ShouldNotContain("Okt 20");
        html.ShouldContain("lang=\"en\"");
    }
}
