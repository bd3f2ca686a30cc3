using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Tests.Features.Imports;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Lists over a property while it is the organisation's only one, and after there are two.</summary>
public sealed class OnlyPropertyTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Lists_over_the_only_property_read_the_guests_own_indexes_and_say_the_same_when_there_are_two(string engine)
    {
        await using var house = await TestHouse.MakeSmall(engine);
        await Fill(house);
        var (listed, all) = (await Listed(house), await Lists(house, null, house.Owner));
        listed.ShouldAllBe(l => l == 0);
        (await Lists(house, house.Lisbon, house.Owner)).ShouldBe(all);
        (await Lists(house, null, house.At(house.Lisbon))).ShouldBe(all);
        (await house.Check(new())).ShouldBeEmpty();

        await house.OpenAuckland();

        (await Listed(house)).ShouldBe(listed.Select(_ => (short)1));
        (await Lists(house, house.Lisbon, house.Owner)).ShouldBe(all);
        (await Lists(house, null, house.At(house.Lisbon))).ShouldBe(all);
        await house.Book("elsewhere", phone: "+6421345678", inLisbon: false, name: "Only In Auckland");
        await house.Book("again", phone: "+351912000009", name: "Later");
        (await Lists(house, house.Lisbon, house.Owner)).ShouldBe(await Lists(house, null, house.At(house.Lisbon)));
        (await Lists(house, house.Lisbon, house.Owner))[0].Count.ShouldBe(all[0].Count + 1);
        (await Listed(house)).ShouldAllBe(l => l == 1);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_list_over_the_only_property_shows_nobody_of_a_property_that_comes_while_it_is_read(string engine)
    {
        await using var house = await TestHouse.MakeSmall(engine);
        await house.Book("b1");
        var who = house.At(house.Lisbon);
        await using var db = house.Open();
        var filter = new ContactFilter();
        var scope = await ContactScope.Of(filter, who, db, default);
        scope.IsOnly.ShouldBeTrue();
        var question = await ContactQuery.Of(filter, scope, db, default);

        await house.OpenAuckland();
        await house.Book("b2", phone: "+6421345678", inLisbon: false);
        var page = new ListPage(new(filter), scope, question, question.CriteriaOver(scope), db);
        await page.Read(null, default);

        page.Rows.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Doctor_finds_a_guest_that_lists_over_a_property_would_miss_and_mends_it(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("b1");
        await using (var db = house.Open())
        {
            await db.ContactsAtProperty.ExecuteUpdateAsync(set => set.SetProperty(a => a.Listed, (short)0));
        }

        (await house.Check(new(Fix: true))).ShouldHaveSingleItem().Field.ShouldBe("listed");
        (await house.Check(new())).ShouldBeEmpty();
        (await Listed(house)).ShouldBe([1]);
    }

    private static async Task Fill(TestHouse house)
    {
        foreach (var (i, status) in new[] { "Confirmed", "Completed", "Cancelled", "Completed", "InHouse" }.Index())
        {
            await house.Book(
                $"b{i}",
                status,
                $"+35191200000{i}",
                amount: 100 * (i % 3),
                arrival: house.Day((i * 3) - 8),
                name: $"Guest {i % 2}"
            );
        }

        (await house.Import("Name,Phone\nAna,+351913000001\nBo,+351913000002\n")).Created.ShouldBe(2);
    }

    /// <summary>Every list page by page, in every order and direction; and some that are narrowed.</summary>
    private static async Task<List<List<Guid>>> Lists(TestHouse house, Guid? property, Actor who)
    {
        IReadOnlyList<Guid>? over = property is { } one ? [one] : null;
        var cursors = new Cursors(new EphemeralDataProtectionProvider(), house.Clock);
        var lists = new List<List<Guid>>();
        await using var db = house.Open();
        foreach (
            var filter in new[]
            {
                new ContactFilter(PropertyIds: over),
                new ContactFilter(PropertyIds: over, MinBookings: 1),
                new ContactFilter(PropertyIds: over, Q: "guest"),
                new ContactFilter(PropertyIds: over, Active: true),
            }
        )
        {
            foreach (var (sort, descending) in from s in ContactSort.All from d in new[] { true, false } select (s, d))
            {
                var (list, cursor) = (new List<Guid>(), (string?)null);
                do
                {
                    var page = await ListContacts.Run(new(filter, sort, descending, 2, cursor), who, db, cursors, default);
                    list.AddRange(page.Items.Select(c => c.Id));
                    cursor = page.NextCursor;
                } while (cursor is not null);

                lists.Add(list);
            }
        }

        return lists;
    }

    private static async Task<List<short>> Listed(TestHouse house)
    {
        await using var db = house.Open();
        return await db.ContactsAtProperty.Select(a => a.Listed).ToListAsync();
    }
}
