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

public class TagTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_tag_is_made_on_the_spot_once_whatever_its_case_and_taken_off_again(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var guest = (
            await (
                await owner.Post(
                    "/api/v1/contacts",
                    new JsonObject { ["phone"] = "+351912345678", ["propertyId"] = house.Lisbon.ToString() }
                )
            ).Json(201)
        )["id"]!.GetValue<string>();

        foreach (var name in new[] { "VIP", "vip", "Vip", "Surfer%20%26%20%3Cb%3E", "%20vip%20", "%E2%98%80%EF%B8%8F%20sun" })
        {
            (await owner.PutAsync($"/api/v1/contacts/{guest}/tags/{name}", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent, name);
        }

        var row = await (await owner.GetAsync($"/api/v1/contacts/{guest}")).Json(200);
        row["tags"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe(["Surfer & <b>", "VIP", "☀️ sun"], ignoreOrder: true);
        (await (await owner.GetAsync("/api/v1/contacts")).Json(200))["items"]![0]!["tags"]!
            .ToJsonString()
            .ShouldBe(row["tags"]!.ToJsonString());
        var tags = (await (await owner.GetAsync("/api/v1/tags?limit=2")).Json(200))["items"]!.AsArray();
        tags.Select(t => t!["contacts"]!.GetValue<int>()).ShouldBe([1, 1]);

        var events = await app.Events();
        (await owner.PutAsync($"/api/v1/contacts/{guest}/tags/ViP", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.DeleteAsync($"/api/v1/contacts/{guest}/tags/never")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Events()).ShouldBe(events);
        (await owner.DeleteAsync($"/api/v1/contacts/{guest}/tags/vIP")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await owner.GetAsync($"/api/v1/contacts/{guest}")).Json(200))["tags"]!.AsArray().Count.ShouldBe(2);
        (await (await owner.GetAsync("/api/v1/tags")).Json(200))["items"]!.AsArray().Count.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_cannot_be_a_name_is_refused_and_changes_nothing(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var guest = (
            await (
                await owner.Post(
                    "/api/v1/contacts",
                    new JsonObject { ["phone"] = "+351912345678", ["propertyId"] = house.Lisbon.ToString() }
                )
            ).Json(201)
        )["id"]!.GetValue<string>();
        var made = await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = "VIP" })).Json(201);
        var before = await app.Snapshot();

        foreach (var name in new[] { "a%2Fb", "%20", new string('x', 51), "a%09b", "a%01" })
        {
            (await (await owner.PutAsync($"/api/v1/contacts/{guest}/tags/{name}", null)).Json(400)).Fields().ShouldBe(["name"], name);
        }

        (await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = "a/b", ["color"] = "Beige" })).Json(400))
            .Fields()
            .ShouldBe(["color", "name"]);
        (await (await owner.Post("/api/v1/tags", new JsonObject { ["name"] = "vip" })).Json(409))["tagId"]!
            .GetValue<string>()
            .ShouldBe(made["id"]!.GetValue<string>());
        (
            await (
                await owner.Post($"/api/v1/tags/{made["id"]}/merges", new JsonObject { ["from"] = made["id"]!.GetValue<string>() })
            ).Json(400)
        )
            .Fields()
            .ShouldBe(["from"]);
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Renaming_merging_and_deleting_reach_everybody_who_has_the_tag(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var guests = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            guests.Add((await house.Book(0, $"Guest {i}", $"+35191234567{i}")).ContactId!.Value);
        }

        await using var db = house.Database.Open();
        await Tag(db, house, guests[0], "VIP", "Surfer");
        await Tag(db, house, guests[1], "Very important");
        await Tag(db, house, guests[2], "VIP", "Very important");
        var tags = (await ListTags.Run(new(), house.Owner, db, house.Cursors, default)).Items.ToDictionary(t => t.Name);

        (
            await ChangeTag.Run(tags["Surfer"].Id, new(Name: "Surfers", Color: "Blue"), house.Owner, db, IfMatch.Any, default)
        ).Value.Color.ShouldBe(TagColor.Blue);
        (
            await Should.ThrowAsync<Refusal>(() =>
                ChangeTag.Run(tags["Surfer"].Id, new(Name: "vip"), house.Owner, db, IfMatch.Any, default)
            )
        ).Status.ShouldBe(409);
        var merged = await MergeTags.Run(tags["VIP"].Id, new(tags["Very important"].Id), house.Owner, db, default);
        merged.Value.Contacts.ShouldBe(3);
        (await Names(house)).ShouldBe(["", "VIP", "VIP", "Surfers,VIP"]);
        (await house.All(new(Tags: ["very important"]))).ShouldBeEmpty();

        await DeleteTag.Run(tags["VIP"].Id, house.Owner, db, IfMatch.Any, default);
        (await Names(house)).ShouldBe(["", "", "", "Surfers"]);
        (await ListTags.Names(house.Owner, db, default)).Select(t => t.Name).ShouldBe(["Surfers"]);
        (await house.All(new(Tags: ["VIP"]))).ShouldBeEmpty();
        await DeleteTag.Finish(tags["VIP"].Id, house.Owner, db, default);
        (await db.ContactTags.CountAsync()).ShouldBe(1);
        (await db.Contacts.AsNoTracking().Where(c => c.Id == guests[2]).Select(c => c.TagIds).SingleAsync()).ShouldBeEmpty();
        (await db.Events.Where(e => e.EntityKind == "tag").Select(e => e.Action).ToListAsync()).ShouldContain("tag.merged");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_tag_that_many_have_is_gone_at_once_and_taken_from_them_in_the_background(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var one = (await house.Book("b1")).ContactId!.Value;
        await using var db = house.Open();
        await TagContact.Run(one, "VIP", house.Owner, db, default);
        var tag = await db.Tags.AsNoTracking().SingleAsync();
        await db.Arrange(() =>
        {
            for (var i = 0; i < 1100; i++)
            {
                var contact = new Contact
                {
                    OrganizationId = house.OrganizationId,
                    PropertyId = house.Lisbon,
                    Source = Source.Manual,
                    CreatedAt = db.Now,
                    CustomerSince = new(2026, 6, 1),
                    TagIds = [tag.Id],
                };
                db.AddRange(
                    contact,
                    new ContactTag
                    {
                        OrganizationId = house.OrganizationId,
                        ContactId = contact.Id,
                        TagId = tag.Id,
                        CreatedAt = contact.CreatedAt,
                    }
                );
            }

            return Task.CompletedTask;
        });

        await DeleteTag.Run(tag.Id, house.Owner, db, IfMatch.Any, default);

        (await ListTags.Names(house.Owner, db, default)).ShouldBeEmpty();
        (await Should.ThrowAsync<Refusal>(() => DeleteTag.Run(tag.Id, house.Owner, db, IfMatch.Any, default))).Status.ShouldBe(404);
        await TagContact.Run(one, "vip", house.Owner, db, default); // its name is free
        (await TagNames.Of((await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == one)).TagIds, house.OrganizationId, db, default))
            .Values.Select(t => t.Name)
            .ShouldBe(["vip"]);
        await house.RunJobs();
        await DeleteTag.Finish(tag.Id, house.Owner, db, default); // twice is once

        (await db.Tags.AsNoTracking().SingleAsync()).Name.ShouldBe("vip");
        (await db.ContactTags.Select(t => t.ContactId).ToListAsync()).ShouldBe([one]);
        (await db.Contacts.AsNoTracking().ToListAsync()).Count(c => c.TagIds.Length > 0).ShouldBe(1);
    }

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
                foreach (var sort in Enum.GetValues<ContactSort>())
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

        var shape = new ContactSql.QueryShape(
            new(-1, ContactSql.Condition.None, 0, "", new(1, 0, 0, 1), ContactSql.Plan.TagWalk),
            ContactSort.Created,
            true,
            ContactSql.NullsPart.Filled,
            true,
            false
        );
        await using var command = await db.Sql(
            (engine == "sqlite" ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + ContactSql.Page(db, shape),
            default
        );
        var tag = (await TagNames.Find(["VIP"], house.Owner.OrganizationId, db, default)).Values.Single();
        command
            .With("organization", house.Owner.OrganizationId)
            .With("any_tag0", db.Stored(tag))
            .With("from_tag0", db.Stored(tag))
            .With("key", db.Stored(db.Now))
            .With("id", db.Stored(Guid.CreateVersion7()));
        var plan = "";
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync())
            {
                plan += row.GetString(row.FieldCount - 1) + "\n";
            }
        }

        plan.ShouldContain("ix_contact_tags_organization_id_tag_id_created_at_contact_id");
        plan.ShouldNotContain("TEMP B-TREE");
        plan.ShouldNotContain("Sort");
        plan.ShouldNotContain("SCAN g");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_has_at_most_a_hundred_tags(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        var guest = (await house.Book(0, "Ana", "+351912345678")).ContactId!.Value;
        await Tag(db, house, guest, [.. Enumerable.Range(0, TagContact.MostOfOne).Select(i => $"Tag {i}")]);
        (await Should.ThrowAsync<Refusal>(() => TagContact.Run(guest, "One more", house.Owner, db, default))).Type.ShouldBe(
            "too-many-tags"
        );
        (await db.Tags.CountAsync()).ShouldBe(TagContact.MostOfOne);
        (await house.All(ContactFilter.None)).Single().Tags.Count.ShouldBe(TagContact.MostOfOne);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_who_make_the_same_tag_at_once_make_one(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var guests = new List<Guid>();
        for (var i = 0; i < 8; i++)
        {
            guests.Add((await house.Book(0, $"Guest {i}", $"+35191234567{i}")).ContactId!.Value);
        }

        await Task.WhenAll(
            guests.Select(
                async (guest, i) =>
                {
                    await using var db = house.Database.OpenElsewhere();
                    await TagContact.Run(guest, i % 2 == 0 ? "VIP" : "vip", house.Owner, db, default);
                }
            )
        );
        await using var after = house.Database.Open();
        (await after.Tags.CountAsync()).ShouldBe(1);
        (await ListTags.Run(new(), house.Owner, after, house.Cursors, default)).Items.Single().Contacts.ShouldBe(8);
        (await ListTags.Run(new(), house.LimitedTo(1), after, house.Cursors, default)).Items.Single().Contacts.ShouldBe(0);
    }

    private static bool Fits(string[] has, ContactFilter filter) =>
        (filter.Tags is null || filter.Tags.Any(t => has.Contains(t, StringComparer.OrdinalIgnoreCase)))
        && (filter.AllTags is null || filter.AllTags.All(t => has.Contains(t, StringComparer.OrdinalIgnoreCase)))
        && (filter.NoTags is null || !filter.NoTags.Any(t => has.Contains(t, StringComparer.OrdinalIgnoreCase)));

    /// <summary>In a house this small every tag is rare; the walk past those who have it not is asked here all the same.</summary>
    private static async Task TheWalkFindsTheSame(GuestHouse house, ContactFilter filter, HashSet<Guid> expected)
    {
        await using var db = house.Database.Open();
        var scope = await ContactScope.Of(filter, house.Owner, db, default);
        var question = await ContactQuery.Of(filter, scope, db, default);
        var page = new ListPage(new(filter, Limit: 100), scope, question, question.CriteriaOver(scope), db);
        await page.Read(null, default);
        page.Rows.Select(r => r.Id).ShouldBe(expected, ignoreOrder: true);
    }

    private static async Task Tag(BellhopDb db, GuestHouse house, Guid guest, params string[] names)
    {
        foreach (var name in names)
        {
            await TagContact.Run(guest, name, house.Owner, db, default);
        }
    }

    private static async Task<string[]> Names(GuestHouse house) =>
        [.. (await house.All(ContactFilter.None)).Select(r => string.Join(',', r.Tags))];
}
