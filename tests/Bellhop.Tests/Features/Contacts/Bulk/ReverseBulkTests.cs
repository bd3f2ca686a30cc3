using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using static Bellhop.Tests.Features.Contacts.Bulk.BulkGuests;
using static Bellhop.Tests.Features.Contacts.RefusalChecks;

namespace Bellhop.Tests.Features.Contacts.Bulk;

public class ReverseBulkTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Guests_are_assigned_and_go_back_where_nobody_assigned_them_since(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await house.Book($"b{i}", phone: $"+35191234567{i}", inLisbon: i != 3)).ContactId!.Value);
        }

        await using var db = house.Open();
        var done = (await BulkContacts.Run(new("assignProperty", ids, PropertyId: house.Auckland), house.Owner, db, default)).Value;
        done.Affected.ShouldBe(3);
        (await db.Contacts.AllAsync(c => c.PropertyId == house.Auckland)).ShouldBeTrue();
        (await house.Check(new())).ShouldBeEmpty();

        // One is assigned elsewhere and back again by somebody, one goes for good.
        await EditContact.Run(ids[0], new(PropertyId: house.Lisbon), house.Owner, db, IfMatch.Any, default);
        await EditContact.Run(ids[0], new(PropertyId: house.Auckland), house.Owner, db, IfMatch.Any, default);
        await DeleteContact.Run(ids[1], house.Owner, db, IfMatch.Any, default);

        await Refused(404, () => ReverseBulk.Run(done.RunId!.Value, house.At(house.Lisbon), db, default));
        (await ReverseBulk.Run(done.RunId!.Value, house.Owner, db, default)).Value.Affected.ShouldBe(1);
        ((await Find(house, ids[0])).PropertyId, (await Find(house, ids[2])).PropertyId).ShouldBe((house.Auckland, house.Lisbon));
        (await Refused(409, () => ReverseBulk.Run(done.RunId.Value, house.Owner, db, default))).Type.ShouldBe("already-reversed");
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_tag_is_taken_back_where_nobody_touched_it_since(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ids = await Crowd(house, 5);
        await using var db = house.Open();
        await TagContact.Run(ids[0], "VIP", house.Owner, db, default);
        var done = (await BulkContacts.Run(new("addTag", ids, Tag: "VIP"), house.Owner, db, default)).Value;
        await UntagContact.Run(ids[1], "VIP", house.Owner, db, default);
        await TagContact.Run(ids[1], "VIP", house.Owner, db, default); // somebody means it
        await UntagContact.Run(ids[2], "VIP", house.Owner, db, default);
        await TagContact.Run(ids[3], "Another", house.Owner, db, default);

        (await ReverseBulk.Run(done.RunId!.Value, house.Owner, db, default)).Value.Affected.ShouldBe(2);

        var left = await db
            .ContactTags.Where(t => db.Tags.Any(n => n.Id == t.TagId && n.Name == "VIP"))
            .Select(t => t.ContactId)
            .ToListAsync();
        left.Order().ShouldBe(new[] { ids[0], ids[1] }.Order());
        await Agree(house);

        house.Clock.Advance(ReverseBulk.Kept + TimeSpan.FromMinutes(1));
        await Refused(404, () => ReverseBulk.Run(done.RunId.Value, house.Owner, db, default));
        await ReverseBulk.Recurring.Run(db, default);
        (await db.Set<BulkRun>().CountAsync()).ShouldBe(0);
    }
}
