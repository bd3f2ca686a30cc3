using System.Text.Json;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using static Bellhop.Tests.Features.Contacts.Bulk.BulkGuests;
using static Bellhop.Tests.Features.Contacts.RefusalChecks;

namespace Bellhop.Tests.Features.Contacts.Bulk;

public class BulkContactsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Many_are_tagged_as_if_one_by_one_and_only_those_who_were_not(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = await Crowd(house, 6);
        await using var db = house.Open();
        await TagContact.Run(ids[0], "Quiet", house.Owner, db, default);
        await TagContact.Run(ids[1], "VIP", house.Owner, db, default);
        var version = (await Find(house, ids[2])).UpdatedAt;

        var done = (await BulkContacts.Run(new("addTag", ids, Tag: " vip "), house.Owner, db, default)).Value;

        (done.Affected, done.JobId, done.Full).ShouldBe((5, null, null));
        done.RunId.ShouldNotBeNull();
        await Agree(house);
        (await db.ContactTags.CountAsync()).ShouldBe(7);
        (await Find(house, ids[0])).TagIds.Length.ShouldBe(2);
        (await Find(house, ids[2])).UpdatedAt.ShouldBeGreaterThan(version);
        (await db.Set<BulkChange>().CountAsync()).ShouldBe(5);
        var events = await db.Events.Where(e => e.Action == "contact.updated" && e.EntityId == ids[0]).OrderBy(e => e.Id).ToListAsync();
        events.Select(e => e.Fields).ShouldBe(["tags", "tags"]);
        (await db.EventDetails.SingleAsync(d => d.Id == events[1].Id)).Detail.ShouldBe("""{"tags":["Quiet","Quiet, VIP"]}""");

        (await BulkContacts.Run(new("removeTag", ids, Tag: "VIP"), house.Owner, db, default)).Value.Affected.ShouldBe(6);
        (await BulkContacts.Run(new("removeTag", ids, Tag: "VIP"), house.Owner, db, default)).Value.ShouldBe(new BulkContacts.Result(0));
        (await BulkContacts.Run(new("removeTag", ids, Tag: "Never was"), house.Owner, db, default)).Value.ShouldBe(
            new BulkContacts.Result(0)
        );
        (await Find(house, ids[0])).TagIds.Length.ShouldBe(1);
        await Agree(house);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_has_a_hundred_tags_is_counted_and_left(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = await Crowd(house, 2);
        await using var db = house.Open();
        for (var i = 0; i < TagContact.MostOfOne; i++)
        {
            await TagContact.Run(ids[0], $"Tag {i}", house.Owner, db, default);
        }

        var done = (await BulkContacts.Run(new("addTag", ids, Tag: "One more"), house.Owner, db, default)).Value;
        (done.Affected, done.Full).ShouldBe((1, 1));
        (await Find(house, ids[0])).TagIds.Length.ShouldBe(TagContact.MostOfOne);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_not_ones_own_is_not_changed_and_neither_is_anything_else(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var here = (await house.Book("l")).ContactId!.Value;
        var there = (await house.Book("a", phone: "+6421234567", inLisbon: false)).ContactId!.Value;
        await using var db = house.Open();
        var limited = house.At(house.Lisbon);
        var events = await db.Events.CountAsync();
        foreach (
            var input in new BulkContacts.Input[]
            {
                new("addTag", [here, there], Tag: "VIP"),
                new("removeTag", [here, there], Tag: "None"),
                new("assignProperty", [here, there], PropertyId: house.Lisbon),
                new("assignProperty", [here], PropertyId: house.Auckland),
            }
        )
        {
            (await Refused(404, () => BulkContacts.Run(input, limited, db, default))).Type.ShouldBe("not-found");
        }

        await Refused(
            403,
            () =>
                BulkContacts.Run(
                    new("addTag", [here], Tag: "VIP"),
                    house.Owner with
                    {
                        Permissions = new([Permission.ContactsDelete]),
                    },
                    db,
                    default
                )
        );
        await Refused(
            403,
            () => BulkContacts.Run(new("delete", [here]), house.Owner with { Permissions = new([Permission.ContactsEdit]) }, db, default)
        );
        (await Refused(400, () => BulkContacts.Run(new("addTag", [here]), house.Owner, db, default))).Errors.Keys.ShouldBe(["tag"]);
        (await Refused(400, () => BulkContacts.Run(new("addTag", [here], Tag: "a/b"), house.Owner, db, default))).Errors.Keys.ShouldBe([
            "tag",
        ]);
        (await Refused(400, () => BulkContacts.Run(new("assignProperty", [here]), house.Owner, db, default))).Errors.Keys.ShouldBe([
            "propertyId",
        ]);
        (await Refused(400, () => BulkContacts.Run(new("explode", [here], Tag: "x", PropertyId: house.Lisbon), house.Owner, db, default)))
            .Errors.Keys.Order()
            .ShouldBe(["action", "propertyId", "tag"]);
        (await db.Events.CountAsync()).ShouldBe(events);
        (await db.Tags.CountAsync()).ShouldBe(0);

        // By a filter, whom one sees.
        (
            await BulkContacts.Run(new("addTag", Filter: new Dictionary<string, JsonElement>(), Tag: "VIP"), limited, db, default)
        ).Value.Affected.ShouldBe(1);
        (await Find(house, there)).TagIds.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_job_killed_midway_goes_on_and_everyone_is_tagged_once(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = await Crowd(house, 1_700);
        await using var db = house.Open();
        var later = await BulkContacts.Run(
            new("addTag", Filter: new Dictionary<string, JsonElement>(), Tag: "VIP"),
            house.Owner,
            db,
            default
        );
        (later.Status, later.Value.Affected, later.Location).ShouldBe((202, null, $"/jobs/{later.Value.JobId}"));
        (await Refused(409, () => ReverseBulk.Run(later.Value.RunId!.Value, house.Owner, db, default))).Type.ShouldBe("still-running");
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == later.Value.JobId);
        await DeleteContact.Run(ids[1_600], house.Owner, db, IfMatch.Any, default);

        // It dies after its first save, and another takes it up.
        using var dies = new CancellationTokenSource();
        await using (var dying = house.Open())
        {
            var run = BulkJobs.Change.Run(job, house.Owner, dying, dies.Token);
            await Wait.Until(async () => run.IsCompleted || await db.Set<BulkChange>().AnyAsync());

            await dies.CancelAsync();
            await run.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        await house.RunJobs();

        (await db.ContactTags.CountAsync()).ShouldBe(1_699);
        (await db.Set<BulkChange>().CountAsync()).ShouldBe(1_699);
        (await db.Events.CountAsync(e => e.Action == "contact.updated")).ShouldBe(1_699);
        var row = await GetJob.Run(job.Id, house.Owner, db, default);
        (row.State, row.Progress, row.Total, row.Result!.Value.GetRawText()).ShouldBe(("done", 1_700, 1_700, """{"affected":1699}"""));
        await Agree(house);

        // Back again, in the background too; run twice it changes nothing more.
        var back = await ReverseBulk.Run(later.Value.RunId!.Value, house.Owner, db, default);
        back.Status.ShouldBe(202);
        var reversal = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == back.Value.JobId);
        await house.RunJobs();
        await ReverseBulk.Handler.Run(reversal, house.Owner, db, default);
        (await db.ContactTags.CountAsync() + await db.Set<BulkChange>().CountAsync()).ShouldBe(0);
        (await db.Events.CountAsync(e => e.Action == "contact.updated")).ShouldBe(2 * 1_699);
        await Agree(house);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_job_acts_with_the_rights_of_its_time(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = await Crowd(house, 1_100);
        await using var db = house.Open();
        var later = await BulkContacts.Run(new("addTag", ids, Tag: "VIP"), house.Owner, db, default);
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Id == later.Value.JobId);

        await Refused(403, () => BulkJobs.Change.Run(job, house.Owner with { Permissions = new([Permission.ContactsView]) }, db, default));
        (await db.ContactTags.CountAsync()).ShouldBe(0);
        await BulkJobs.Change.Run(job, house.At(house.Auckland), db, default); // known to Lisbon alone: none of them is theirs any more
        (await db.ContactTags.CountAsync()).ShouldBe(0);
        (await db.Set<BulkItem>().CountAsync()).ShouldBe(0);
    }
}
