using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Contacts;
using Bellhop.Features.Imports;
using Bellhop.Features.Notes;
using Bellhop.Features.Notices;
using Bellhop.Features.Team;
using Bellhop.Features.Webhooks;
using Bellhop.Platform;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Notices;

public class NoticeTests
{
    private const string Path = "/api/v1/me/notices";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_note_that_names_somebody_tells_them_once_and_nobody_else(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        var (ana, rui) = (await app.Enter("ana@example.org"), await app.Enter("rui@example.org"));
        var guest = await AddGuest(app, house, house.Lisbon);

        await Write(ana, guest, "Late arrival: @rui@example.org please wait, and @ana@example.org too");
        var notice = (await Mine(rui)).ShouldHaveSingleItem();
        notice.Select(m => m.Key).ShouldBe(["id", "kind", "at", "seen", "subject"]);
        (notice["kind"]!.GetValue<string>(), notice["seen"]!.GetValue<bool>()).ShouldBe(("mentioned", false));
        notice["subject"]!.ToJsonString().ShouldBe($$"""{"kind":"contact","id":"{{guest}}","name":"Rita"}""");
        (await Mine(ana)).ShouldBeEmpty();

        (await rui.Send(HttpMethod.Put, $"{Path}/{notice["id"]}/seen")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await rui.Send(HttpMethod.Put, $"{Path}/{notice["id"]}/seen")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Mine(rui, "?unseen=true")).ShouldBeEmpty();
        (await Mine(rui)).ShouldHaveSingleItem()["seen"]!.GetValue<bool>().ShouldBeTrue();
        (await ana.Send(HttpMethod.Put, $"{Path}/{notice["id"]}/seen")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.As(house.Owner).GetAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_notice_of_what_somebody_may_not_see_or_may_see_no_more_is_not_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var rui = await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.Manager, house.Lisbon);
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var (anas, ruis) = (await app.Enter("ana@example.org"), await app.Enter("rui@example.org"));
        var (here, elsewhere) = (await AddGuest(app, house, house.Lisbon), await AddGuest(app, house, house.Berlin, "+4930123456"));

        await Write(anas, elsewhere, "@rui@example.org knows nothing of this guest");
        (await Mine(ruis)).ShouldBeEmpty();
        await Write(anas, here, "@rui@example.org sees to it");
        (await Mine(ruis)).ShouldHaveSingleItem();

        await using var db = app.Open();
        await DeleteContact.Run(here, TestApp.Everything(house), db, IfMatch.Any, default);
        (await Mine(ruis)).ShouldBeEmpty();
        (await db.Notices.CountAsync(n => n.UserId == rui)).ShouldBe(2, "what is not seen is not told, and not lost either");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Kinds_that_are_not_wanted_are_not_written_and_all_are_marked_at_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "rui@example.org");
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        var (ana, rui) = (await app.Enter("ana@example.org"), await app.Enter("rui@example.org"));
        var guest = await AddGuest(app, house, house.Lisbon);
        for (var i = 0; i < 3; i++)
        {
            await Write(ana, guest, $"{i}: @rui@example.org");
        }

        (await rui.GetFromJson(Path + "?limit=2"))["nextCursor"].ShouldNotBeNull();
        (await rui.Send(HttpMethod.Put, Path + "/seen")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Mine(rui, "?unseen=true")).ShouldBeEmpty();

        (await rui.GetFromJson(Path + "/choices"))["page"]!
            .ToJsonString()
            .ShouldBe(
                """["mentioned","noteDue","assigned","waiting","waitingTooLong","importFinished","endpointPaused","connectionFailing"]"""
            );
        (await (await rui.Send(HttpMethod.Put, Path + "/choices", """{"page":["gossip"]}""")).Json(400)).Fields().ShouldBe(["page"]);
        await (await rui.Send(HttpMethod.Put, Path + "/choices", """{"page":["noteDue"]}""")).Json(200);
        await Write(ana, guest, "@rui@example.org does not hear of this");
        (await Mine(rui)).Count.ShouldBe(3);
        await (await rui.Send(HttpMethod.Put, Path + "/choices", """{"page":["mentioned"]}""")).Json(200);
        await Write(ana, guest, "@rui@example.org hears of this");
        (await Mine(rui)).Count.ShouldBe(4);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task On_the_day_a_note_is_due_its_author_is_told_once_however_often_it_is_looked_for(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("1")).ContactId!.Value;
        await using var db = house.Open();
        await AddNote.Run(guest, new("Call back", Due: $"{house.Day(1):yyyy-MM-dd}"), house.Owner, db, default);

        await TellOfDueNotes.Recurring.Run(db, default);
        (await ListNotices.All(house.Owner, db, default)).ShouldBeEmpty();
        house.Clock.Advance(TimeSpan.FromDays(1));
        await TellOfDueNotes.Recurring.Run(db, default);
        await TellOfDueNotes.Recurring.Run(db, default);

        var notice = (await ListNotices.All(house.Owner, db, default)).ShouldHaveSingleItem();
        (notice.Kind, notice.Subject.Id, notice.Subject.Name).ShouldBe(("noteDue", guest, "Ana"));
        house.Clock.Advance(TimeSpan.FromDays(100));
        await TellOfDueNotes.Forget.Run(db, default);
        (await db.Notices.AnyAsync()).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_started_an_import_hears_that_it_has_ended(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Imports.Importing.Import(house, "Name,Phone\r\nAna,+351912345670\r\n");
        await Imports.Importing.Import(house, "Name,Phone\r\nBob,+351912345671\r\n", dryRun: true);

        await using var db = house.Open();
        var notice = (await ListNotices.All(house.Owner, db, default)).ShouldHaveSingleItem();
        (notice.Kind, notice.Subject.Name).ShouldBe(("importFinished", "guests.csv"));
        notice.Subject.Address.ShouldBe($"/contacts/imports/{notice.Subject.Id}");
        (await ListNotices.All(house.At(house.Lisbon), db, default)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Those_who_manage_settings_hear_that_a_webhook_was_paused(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org", Roles.Manager);
        await app.MakePerson(house.OrganizationId, "eva@example.org", Roles.Manager, house.Berlin);
        await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.FrontDesk);
        await using var db = app.Open();
        var who = TestApp.Everything(house);
        await db.Save(() =>
        {
            db.Add(
                new WebhookEndpoint
                {
                    OrganizationId = house.OrganizationId,
                    Url = "https://hooks.example.org/",
                    Events = "review.created",
                    Properties = [house.Lisbon],
                    Secret = "",
                }
            );
            db.Happened(who, "webhookEndpoint.created", "webhookEndpoint", db.WebhookEndpoints.Local.Single().Id);
            return Task.CompletedTask;
        });
        await db.Save(async () =>
        {
            var endpoint = await db.WebhookEndpoints.SingleAsync();
            endpoint.Paused = WebhookPause.Failing;
            db.Happened(who, "webhookEndpoint.paused", "webhookEndpoint", endpoint.Id);
        });

        (await Mine(await app.Enter("ana@example.org"))).ShouldHaveSingleItem()["kind"]!.GetValue<string>().ShouldBe("endpointPaused");
        (await Mine(await app.Enter("eva@example.org"))).ShouldBeEmpty();
        (await Mine(await app.Enter("rui@example.org"))).ShouldBeEmpty();
    }

    private static async Task<Guid> AddGuest(TestApp app, House house, Guid property, string phone = "+351912345678")
    {
        await using var db = app.Open();
        return (await AddContact.Run(new(phone, property, "Rita"), TestApp.Everything(house), db, default)).Value.Id;
    }

    private static async Task Write(HttpClient who, Guid guest, string text) =>
        await (await who.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = text })).Json(201);

    private static async Task<List<JsonObject>> Mine(HttpClient who, string query = "") =>
        [.. (await who.GetFromJson(Path + query))["items"]!.AsArray().Select(n => n!.AsObject())];
}
