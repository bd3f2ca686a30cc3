using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

public class WriteContactsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_known_phone_is_refused_with_its_contact_and_without_where_it_may_not_be_seen(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var first = await Add(house, house.Owner, new("912 345 678", house.Lisbon, "Ana"));
        var events = await Events(house);

        var known = await Refused(409, () => Add(house, house.Owner, new("+351 912345678", house.Auckland)));
        known.Type.ShouldBe("duplicate-contact");
        known.Extra["contactId"].ShouldBe(first.Id);
        var unseen = await Refused(409, () => Add(house, house.At(house.Auckland), new("+351 912345678", house.Auckland)));
        unseen.Extra.ShouldBeEmpty();
        (await Events(house)).ShouldBe(events);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_new_phone_typed_and_booked_at_once_is_one_guest_added_at_most_once(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        for (var round = 0; round < 4; round++)
        {
            var phone = $"+35191234560{round}";
            var adding = Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    try
                    {
                        await Add(house, house.Owner, new(phone, house.Lisbon));
                        return 201;
                    }
                    catch (Refusal refusal)
                    {
                        return refusal.Status;
                    }
                });
            var booking = Enumerable.Range(0, 4).Select(i => house.Book($"b{round}-{i}", phone: phone));

            var (answers, booked) = (Task.WhenAll(adding), Task.WhenAll(booking));
            await Task.WhenAll(answers, booked);

            (await answers).Count(a => a == 201).ShouldBeLessThanOrEqualTo(1);
            (await answers).ShouldAllBe(a => a == 201 || a == 409);
            (await booked).Select(b => b.ContactId).Distinct().ShouldHaveSingleItem();
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_known_email_with_a_new_phone_is_a_second_contact_and_the_pair_is_listed(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var one = await Add(house, house.Owner, new("912345671", house.Lisbon, "Ana", "a@example.org"));
        var two = await Add(house, house.Owner, new("912345672", house.Lisbon, "Rui", "A@example.org"));

        two.Id.ShouldNotBe(one.Id);
        (two.Email, two.Source).ShouldBe(("a@example.org", Source.Manual));
        await using var db = house.Open();
        var pair = await db.LikelyDuplicates.SingleAsync();
        (pair.OlderId, pair.NewerId, pair.Reasons).ShouldBe((one.Id, two.Id, "same-email"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_field_at_fault_is_named_and_nothing_changes(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var events = await Events(house);
        foreach (var phone in new[] { "12", "0000000000", "not a phone", "" })
        {
            var refusal = await Refused(
                400,
                () => Add(house, house.Owner, new(phone, house.Lisbon, new string('x', 201), "no address", "Portugal"))
            );
            refusal.Errors.Keys.Order().ShouldBe(["country", "email", "name", "phone"]);
        }

        await Refused(404, () => Add(house, house.At(house.Lisbon), new("912345678", house.Auckland)));
        await Refused(
            403,
            () => Add(house, house.Owner with { Permissions = new([Permission.ContactsView]) }, new("912345678", house.Lisbon))
        );
        await using var db = house.Open();
        (await db.Contacts.CountAsync()).ShouldBe(0);
        (await Events(house)).ShouldBe(events);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_changed_phone_moves_what_leads_to_the_contact(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = await Add(house, house.Owner, new("912345671", house.Lisbon, "Ana"));
        var rui = await Add(house, house.Owner, new("912345672", house.Lisbon, "Rui"));

        var taken = await Refused(409, () => Edit(house, house.Owner, ana.Id, new(Phone: "912345672")));
        taken.Extra["contactId"].ShouldBe(rui.Id);
        var moved = await Edit(house, house.Owner, ana.Id, new(Phone: "912345673", Name: "Ana Silva"));
        (moved.Phone, moved.Name).ShouldBe(("+351912345673", "Ana Silva"));

        (await house.Book("new", phone: "+351912345673", name: "Somebody")).ContactId.ShouldBe(ana.Id);
        (await house.Book("old", phone: "+351912345671")).ContactId.ShouldNotBe(ana.Id);
        await using var db = house.Open();
        (await db.Contacts.SingleAsync(c => c.Id == ana.Id)).Name.ShouldBe("Ana Silva");
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Equal_content_writes_nothing_and_another_version_is_refused(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = await Add(house, house.Owner, new("912345671", house.Lisbon, "Ana", "a@example.org"));
        var events = await Events(house);
        house.Clock.Advance(TimeSpan.FromMinutes(1));

        var same = await Edit(house, house.Owner, ana.Id, new("Ana", "+351 912 345 671", "A@example.org", house.Lisbon));
        same.UpdatedAt.ShouldBe(ana.UpdatedAt);
        (await Events(house)).ShouldBe(events);
        await Refused(412, () => Edit(house, house.Owner, ana.Id, new(Name: "Eva"), new("\"1\"")));
        await Refused(400, () => Edit(house, house.Owner, ana.Id, new(Name: (string?)null, Phone: (string?)null, Email: (string?)null)));
        (await Edit(house, house.Owner, ana.Id, new(Email: (string?)null))).Email.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_limited_to_a_property_sees_only_what_happened_there(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("l", amount: 100)).ContactId!.Value;
        await house.Book("a", amount: 30, inLisbon: false);
        await using var db = house.Open();

        var all = (await GetContact.Run(guest, house.Owner, db, default)).Value;
        (all.Bookings, all.TotalSpent.Minor).ShouldBe((2, 13000));
        var there = (await GetContact.Run(guest, house.At(house.Auckland), db, default)).Value;
        (there.Bookings, there.TotalSpent.Minor, there.Property).ShouldBe((1, 3000, null));
        await Refused(404, () => GetContact.Run(guest, house.At(Guid.CreateVersion7()), db, default));
        await Refused(403, () => DeleteContact.Run(guest, house.At(house.Auckland), db, IfMatch.Any, default));
        (await db.Contacts.CountAsync()).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nothing_of_a_deleted_guest_is_left_anywhere(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("b1", phone: "+351913577531", email: "canary.kanarek@example.org", name: "Kanarek Zielony"))
            .ContactId!
            .Value;
        await Edit(house, house.Owner, guest, new(Name: "Kanarek Czerwony"));
        await using (var db = house.Open())
        {
            await AddNote.Run(guest, new("Kanarek sings at night"), house.Owner, db, default);
            await TagContact.Run(guest, "Regular", house.Owner, db, default);
            await DeleteContact.Run(guest, house.Owner, db, IfMatch.Any, default);
            await Refused(404, () => DeleteContact.Run(guest, house.Owner, db, IfMatch.Any, default));
            (
                await db.Identities.CountAsync()
                + await db.Touches.CountAsync()
                + await db.ContactsAtProperty.CountAsync()
                + await db.EventDetails.CountAsync()
                + await db.ContactTags.CountAsync()
                + await db.Notes.CountAsync()
            ).ShouldBe(0);
            var booking = await db.Bookings.SingleAsync();
            (booking.ContactId, booking.GuestName, booking.GuestDeleted, booking.Total).ShouldBe((null, null, true, 10000));
        }

        // The outside system speaks of the person again: the booking goes on without them.
        var again = await house.Book("b1", "Cancelled", "+351913577531", "canary.kanarek@example.org", 90, name: "Kanarek Zielony");
        (again.ContactId, again.Guest, again.Total.Minor).ShouldBe((null, null, 9000));
        foreach (var trace in new[] { "kanarek", "Kanarek", "913577531", "canary" })
        {
            (await Traces(house, trace)).ShouldBeEmpty(trace);
        }

        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Many_are_deleted_at_once_or_not_one(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add((await house.Book($"b{i}", phone: $"+35191234567{i}", inLisbon: i != 4)).ContactId!.Value);
        }

        await using var db = house.Open();
        await Refused(404, () => BulkContacts.Run(new("delete", [ids[0], Guid.CreateVersion7()]), house.Owner, db, default));
        await Refused(404, () => BulkContacts.Run(new("delete", ids), house.At(house.Lisbon), db, default));
        await Refused(400, () => BulkContacts.Run(new("addTag", ids), house.Owner, db, default));
        await Refused(400, () => BulkContacts.Run(new("delete"), house.Owner, db, default));
        (await db.Contacts.CountAsync()).ShouldBe(5);

        var filter = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>(
            """{"q":"+351912345671"}"""
        )!;
        (await BulkContacts.Run(new("delete", Filter: filter), house.Owner, db, default)).Value.Affected.ShouldBe(1);
        (await BulkContacts.Run(new("delete", [ids[0], ids[2], ids[0]]), house.Owner, db, default)).Value.Affected.ShouldBe(2);
        (await db.Contacts.Select(c => c.Id).OrderBy(i => i).ToListAsync()).ShouldBe([ids[3], ids[4]]);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Beyond_a_thousand_a_job_deletes_what_was_chosen(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        await db.Arrange(() =>
        {
            for (var i = 0; i < BulkContacts.AtOnce + 20; i++)
            {
                var contact = new Contact
                {
                    OrganizationId = house.OrganizationId,
                    PropertyId = house.Lisbon,
                    Source = Source.Import,
                    CreatedAt = db.Now,
                    UpdatedAt = db.Now,
                    CustomerSince = new(2026, 6, 1),
                };
                contact.Show($"Guest {i}", null, null);
                db.Contacts.Add(contact);
            }

            return Task.CompletedTask;
        });
        var later = await BulkContacts.Run(
            new("delete", Filter: new Dictionary<string, System.Text.Json.JsonElement>()),
            house.Owner,
            db,
            default
        );
        (later.Status, later.Value.Affected).ShouldBe((202, null));
        await Add(house, house.Owner, new("912345671", house.Lisbon, "Came later"));
        await house.RunJobs();

        (await db.Contacts.Select(c => c.Name).ToListAsync()).ShouldBe(["Came later"]);
        var job = await GetJob.Run(later.Value.JobId!.Value, house.Owner, db, default);
        (job.State, job.Progress, job.Total, job.Result!.Value.GetRawText()).ShouldBe(("done", 1020, 1020, """{"affected":1020}"""));
        await Refused(404, () => GetJob.Run(job.Id, house.At(house.Lisbon), db, default));
        (await house.Check(new())).ShouldBeEmpty();
    }

    private static async Task<ContactRow> Add(TestHouse house, Actor who, AddContact.Input input)
    {
        await using var db = house.Open();
        return (await AddContact.Run(input, who, db, default)).Value;
    }

    private static async Task<ContactRow> Edit(TestHouse house, Actor who, Guid id, EditContact.Input input, IfMatch? match = null)
    {
        await using var db = house.Open();
        return (await EditContact.Run(id, input, who, db, match ?? IfMatch.Any, default)).Value;
    }

    private static async Task<Refusal> Refused(int status, Func<Task> what)
    {
        var refusal = await Should.ThrowAsync<Refusal>(what);
        refusal.Status.ShouldBe(status);
        return refusal;
    }

    private static async Task<int> Events(TestHouse house)
    {
        await using var db = house.Open();
        return await db.Events.CountAsync();
    }

    /// <summary>Every table, and every file of the embedded database, that holds the text.</summary>
    private static async Task<List<string>> Traces(TestHouse house, string text)
    {
        await using var db = house.Open();
        await db.ScrubDeleted(default);
        return house.Database.Engine == "sqlite"
            ? await Tests.Traces.InFiles(Path.GetDirectoryName(house.Database.File)!, text)
            : await Tests.Traces.InTables(db, text);
    }
}
