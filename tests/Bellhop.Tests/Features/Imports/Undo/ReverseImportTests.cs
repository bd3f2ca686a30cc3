using Bellhop.Features.Contacts;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Imports;

public class ReverseImportTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_import_taken_back_leaves_everything_as_it_was(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import(
            "name,phone,email,tags\r\nAna,+351912345670,,Old\r\n,+351912345671,bea@example.com,\r\n",
            property: house.Auckland
        );
        var before = await house.Guests();
        var import = await house.Import(
            "name,phone,email,tags,property\r\nAna Silva,912345670,ana@example.com,New,Lisbon\r\nBea,+351912345671,other@example.com,New,\r\nCarla,+351912345672,,\r\n",
            "overwrite"
        );
        (import.Created, import.Updated).ShouldBe((1, 2));

        var reversed = await house.Reverse(import.Id);

        (reversed.Status, reversed.Reverted, reversed.Kept).ShouldBe(("reversed", 3, 0));
        (await house.Guests()).ShouldBe(before);
        await using var db = house.Open();
        (await db.Identities.Select(i => i.Value).Order().ToListAsync()).ShouldBe(["+351912345670", "+351912345671", "bea@example.com"]);
        (await db.ContactTags.CountAsync()).ShouldBe(1);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Guests_that_somebody_changed_since_stay_and_are_listed(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var import = await house.Import(
            "name,phone\r\nEdited,+351912345670\r\nNoted,+351912345671\r\nBooked,+351912345672\r\nTagged,+351912345673\r\nUntouched,+351912345674\r\n"
        );
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await using (var db = house.Open())
        {
            var ids = await db.Contacts.ToDictionaryAsync(c => c.Name!, c => c.Id);
            await EditContact.Run(ids["Edited"], new() { Name = "Edited since" }, house.Owner, db, IfMatch.Any, default);
            await AddNote.Run(ids["Noted"], new("Likes it quiet"), house.Owner, db, default);
            await TagContact.Run(ids["Tagged"], "VIP", house.Owner, db, default);
        }

        await house.Book("b", phone: "+351912345672", name: "Booked");
        var reversed = await house.Reverse(import.Id);

        (reversed.Reverted, reversed.Kept).ShouldBe((1, 4));
        await using var now = house.Open();
        (await now.Contacts.Select(c => c.Name).Order().ToListAsync()).ShouldBe(["Booked", "Edited since", "Noted", "Tagged"]);
        (await now.ImportChanges.CountAsync()).ShouldBe(4);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Imports_over_one_guest_are_taken_back_in_any_order_and_nobody_is_left(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        foreach (var lastFirst in new[] { true, false })
        {
            var first = await house.Import("name,phone\r\nUndo One,+351926000001\r\n");
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            var second = await house.Import("name,phone,tags\r\nUndo One,+351926000001,Later\r\n");
            house.Clock.Advance(TimeSpan.FromMinutes(1));

            await house.Reverse((lastFirst ? second : first).Id);
            await house.Reverse((lastFirst ? first : second).Id);

            (await house.Guests()).ShouldBeEmpty();
            (await house.Check(new())).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_tag_that_only_the_import_made_goes_with_it_and_one_that_somebody_uses_stays(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var other = (await house.Book("b", phone: "+351912345670")).ContactId!.Value;
        var import = await house.Import("name,phone,tags\r\nAna,+351912345671,\"Made, Used\"\r\n", tags: "For all");
        await using (var db = house.Open())
        {
            await TagContact.Run(other, "Used", house.Owner, db, default);
        }

        await house.Reverse(import.Id);

        await using var now = house.Open();
        (await now.Tags.Select(t => t.Name).ToListAsync()).ShouldBe(["Used"]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_timeline_names_what_an_undo_changed(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Import("name,phone\r\nAna,+351912345670\r\n");
        var import = await house.Import(
            "name,phone,email,tags,property,email consent\r\nAna Silva,+351912345670,ana@example.com,New,Auckland,yes\r\n",
            "overwrite"
        );
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Reverse(import.Id);

        await using var db = house.Open();
        var last = await db.Events.Where(e => e.Action == "contact.updated").OrderByDescending(e => e.At).FirstAsync();
        last.Fields.Split(',').Order().ShouldBe(["consents", "email", "import", "name", "property", "tags"]);
        (await db.EventDetails.SingleAsync(d => d.Id == last.Id)).Detail.ShouldContain("\"tags\":[\"New\",null]");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_one_that_has_ended_can_be_taken_back_and_only_once(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var id = await house.Receive("name,phone\r\nAna,+351912345670\r\n");
        (await Should.ThrowAsync<Refusal>(() => house.Reverse(id))).Type.ShouldBe("not-reversible");
        await house.Work(id);
        await house.Reverse(id);
        (await Should.ThrowAsync<Refusal>(() => house.Reverse(id))).Type.ShouldBe("not-reversible");
    }
}
