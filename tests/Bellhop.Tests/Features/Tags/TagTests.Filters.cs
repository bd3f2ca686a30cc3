using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Tags;

public partial class TagTests
{
    [Theory, MemberData(nameof(Engines))]
    public async Task Any_all_and_none_of_tags_find_who_has_them_in_every_order_by_every_way(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        string[] names = ["VIP", "Surfer", "Group leader"];
        var has = new Dictionary<Guid, string[]>();
        for (var i = 0; i < 24; i++)
        {
            var guest = (await house.Book(i % 2, i % 5 == 0 ? null : $"Guest {i * 7 % 24}", $"+3519123456{i:00}", arrivesIn: i - 12))
                .ContactId!
                .Value;
            house.Clock.Advance(TimeSpan.FromMinutes(i % 2));
            has[guest] = [.. names.Where((_, n) => (i & (1 << n)) != 0)];
            await Tag(db, house, guest, has[guest]);
        }

        ContactFilter[] filters =
        [
            new(Tags: ["vip"]),
            new(Tags: ["VIP", "Surfer"]),
            new(Tags: ["VIP", "nothing"]),
            new(Tags: ["nothing"]),
            new(AllTags: ["VIP", "Surfer"]),
            new(AllTags: ["VIP", "nothing"]),
            new(NoTags: ["VIP"]),
            new(NoTags: ["VIP", "nothing"]),
            new(Tags: ["Surfer", "Group leader"], NoTags: ["VIP"]),
            new(Q: "Guest 1", Tags: ["VIP"]),
            new(Tags: ["VIP"], MinBookings: 1, Active: true),
        ];
        var untagged = new Dictionary<string, List<Guid>>(); // of each list without its tags, which several filters share
        foreach (var filter in filters)
        {
            foreach (var property in new Guid?[] { null, house.Properties[0].Id })
            {
                var asked = filter with { PropertyIds = property is { } one ? [one] : null };
                var expected = (await house.All(asked with { Tags = null, AllTags = null, NoTags = null }))
                    .Where(r => Fits(has[r.Id], filter))
                    .Select(r => r.Id)
                    .ToHashSet();
                foreach (var sort in ContactSort.All)
                {
                    foreach (var descending in new[] { true, false })
                    {
                        var rows = await house.All(asked, sort, descending, limit: 3);
                        var all = asked with { Tags = null, AllTags = null, NoTags = null };
                        var list = $"{all.ToQuery()} {sort} {descending}";
                        if (!untagged.TryGetValue(list, out var everyone))
                        {
                            untagged[list] = everyone = [.. (await house.All(all, sort, descending)).Select(r => r.Id)];
                        }

                        rows.Select(r => r.Id).ShouldBe(everyone.Where(expected.Contains), $"{asked.ToQuery()} {sort} {descending}");
                        rows.ShouldAllBe(r => r.Tags.Order().SequenceEqual(has[r.Id].Order()));
                    }
                }

                (await house.Cards(asked)).TotalContacts.ShouldBe(expected.Count, asked.ToQuery());
                await TheWalkFindsTheSame(house, asked, expected);
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_tags_newest_are_read_off_its_index(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        await Tag(db, house, (await house.Book(0, "Ana", "+351912345678")).ContactId!.Value, "VIP");
        if (engine == "postgres")
        {
            await db.Database.ExecuteSqlAsync($"SET enable_seqscan = off");
            await db.Database.ExecuteSqlAsync($"SET enable_bitmapscan = off");
            await db.Database.ExecuteSqlAsync($"SET enable_hashjoin = off");
            await db.Database.ExecuteSqlAsync($"SET enable_mergejoin = off");
            await db.Database.ExecuteSqlAsync($"SET enable_sort = off");
        }

        var filter = new ContactFilter(Tags: ["VIP"]);
        var scope = await ContactScope.Of(filter, house.Owner, db, default);
        var question = await ContactQuery.Of(filter, scope, db, default);
        var shape = new ContactSql.QueryShape(
            question.CriteriaOver(scope) with
            {
                Plan = ContactSql.Plan.TagWalk,
            },
            ContactSort.Created,
            true,
            ContactSql.NullsPart.Filled,
            true,
            false
        );
        var values = new GuestValues(scope, question) { Key = db.Now, After = Guid.CreateVersion7() };
        var plan = await ListPlanTests.Plan(db, ContactSql.Page(db.Dialect, shape, values));
        plan.ShouldContain("ix_contact_tags_organization_id_tag_id_created_at_contact_id");
        plan.ShouldNotContain("TEMP B-TREE");
        plan.ShouldNotContain("Sort");
        plan.ShouldNotContain("SCAN g");
    }
}
