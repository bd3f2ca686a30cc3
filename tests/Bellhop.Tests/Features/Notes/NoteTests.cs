using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Notes;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Notes;

public class NoteTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_note_is_written_read_corrected_pinned_and_deleted(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var guest = await Guest(owner, house);
        var first = await (
            await owner.Post(
                $"/api/v1/contacts/{guest}/notes",
                new JsonObject { ["text"] = " Lower bunk,\r\nby the window <b> ", ["kind"] = "preference" }
            )
        ).Json(201);
        (
            first["text"]!.GetValue<string>(),
            first["kind"]!.GetValue<string>(),
            first["pinned"]!.GetValue<bool>(),
            first["author"]!["name"]!.GetValue<string>()
        ).ShouldBe(("Lower bunk,\nby the window <b>", "preference", false, "test"));
        first.ContainsKey("warnings").ShouldBeFalse();
        var second = await (
            await owner.Post(
                $"/api/v1/contacts/{guest}/notes",
                new JsonObject
                {
                    ["text"] = "Allergic to walnuts",
                    ["kind"] = "allergy",
                    ["pinned"] = true,
                }
            )
        ).Json(201);
        var third = await (await owner.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = "Third" })).Json(201);

        async Task<string[]> Texts(string query = "") =>
            [
                .. (await (await owner.GetAsync($"/api/v1/contacts/{guest}/notes{query}")).Json(200))["items"]!
                    .AsArray()
                    .Select(n => n!["text"]!.GetValue<string>()),
            ];
        (await Texts()).ShouldBe(["Allergic to walnuts", "Third", "Lower bunk,\nby the window <b>"]);
        var page = await (await owner.GetAsync($"/api/v1/contacts/{guest}/notes?limit=1")).Json(200);
        (await Texts($"?limit=1&cursor={page["nextCursor"]}")).ShouldBe(["Third"]);

        var path = $"/api/v1/contacts/{guest}/notes/{first["id"]}";
        (await owner.GetAsync(path)).Headers.ETag.ShouldNotBeNull();
        (await (await owner.Send(HttpMethod.Patch, path, """{"pinned":true}""")).Json(200))["pinned"]!.GetValue<bool>().ShouldBeTrue();
        var events = await app.Events();
        await (await owner.Send(HttpMethod.Patch, path, """{"pinned":true,"text":"Lower bunk,\nby the window <b>"}""")).Json(200);
        (await app.Events()).ShouldBe(events);
        (await Texts()).ShouldBe(["Allergic to walnuts", "Lower bunk,\nby the window <b>", "Third"]);
        (await owner.DeleteAsync($"/api/v1/contacts/{guest}/notes/{second["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.DeleteAsync($"/api/v1/contacts/{guest}/notes/{second["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Texts()).Length.ShouldBe(2);
        await using var db = app.Open();
        (await db.Events.Where(e => e.Action.StartsWith("note.")).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync()).ShouldBe([
            "note.created",
            "note.created",
            "note.created",
            "note.updated",
            "note.deleted",
        ]);
        third["createdAt"]!.GetValue<string>().ShouldEndWith("Z");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_taken_is_named_and_another_guests_note_is_not_there(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var (guest, other) = (await Guest(owner, house), await Guest(owner, house, "+351912345679"));
        var note = await (await owner.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = "Likes tea" })).Json(201);
        var before = await app.Snapshot();

        (await (await owner.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = " ", ["kind"] = "gossip" })).Json(400))
            .Fields()
            .ShouldBe(["kind", "text"]);
        (
            await (
                await owner.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = new string('x', Note.TextMax + 1) })
            ).Json(400)
        )
            .Fields()
            .ShouldBe(["text"]);
        await (await owner.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = "x", ["author"] = "me" })).Json(400);
        await (await owner.Send(HttpMethod.Patch, $"/api/v1/contacts/{guest}/notes/{note["id"]}", """{"text":null}""")).Json(400);
        await (await owner.GetAsync($"/api/v1/contacts/{other}/notes/{note["id"]}")).Json(404);
        await (await owner.Send(HttpMethod.Delete, $"/api/v1/contacts/{other}/notes/{note["id"]}")).Json(404);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory]
    [InlineData("Paid with 4111 1111 1111 1111, call back", NoteWarning.Card)]
    [InlineData("card 5500-0000-0000-0004", NoteWarning.Card)]
    [InlineData("Room 12 4111 1111 1111 1111", NoteWarning.Card)]
    [InlineData("378282246310005", NoteWarning.Card)]
    [InlineData("４１１１１１１１１１１１１１１１", NoteWarning.Card)]
    [InlineData("٤١١١١١١١١١١١١١١١", NoteWarning.Card)]
    [InlineData("Passport 123456789 shown", NoteWarning.Passport)]
    [InlineData("Reisepass-Nr. C01X00T47", NoteWarning.Passport)]
    [InlineData("AB1234567", NoteWarning.Passport)]
    [InlineData("P<PRTSILVA<<ANA<<<<", NoteWarning.Passport)]
    public void A_cards_or_a_passports_number_is_warned_of(string text, NoteWarning warning) => NoteWarnings.Of(text).ShouldBe([warning]);

    [Theory]
    [InlineData("4111 1111 1111 1112")]
    [InlineData("Call +351 912 345 678 or +49 1512 3456 7890 12")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00")]
    [InlineData("Stayed 2024-05-01 to 2024-05-07, room 12, €1,204.50, booking BH-20931")]
    [InlineData("Asked where the passport control is; lost her passport in 2019")]
    [InlineData("Telefone 912345678")]
    public void What_is_neither_is_not(string text) => NoteWarnings.Of(text).ShouldBeEmpty();

    [Fact]
    public async Task The_api_says_the_warning_and_takes_the_note()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var note = await (
            await owner.Post(
                $"/api/v1/contacts/{await Guest(owner, house)}/notes",
                new JsonObject { ["text"] = "4111111111111111 and passport 123456789" }
            )
        ).Json(201);
        note["warnings"]!.AsArray().Count.ShouldBe(2);
    }

    private static async Task<string> Guest(HttpClient owner, House house, string phone = "+351912345678") =>
        (
            await (
                await owner.Post("/api/v1/contacts", new JsonObject { ["phone"] = phone, ["propertyId"] = house.Lisbon.ToString() })
            ).Json(201)
        )["id"]!.GetValue<string>();
}
