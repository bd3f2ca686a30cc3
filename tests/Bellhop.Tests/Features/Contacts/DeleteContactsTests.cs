using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using static Bellhop.Tests.Features.Contacts.ContactWriting;
using static Bellhop.Tests.Features.Contacts.RefusalChecks;

namespace Bellhop.Tests.Features.Contacts;

public class DeleteContactsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

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
        await db.Save(() =>
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
