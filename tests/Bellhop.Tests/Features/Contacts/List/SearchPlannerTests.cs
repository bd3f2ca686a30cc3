using Bellhop.Data;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Whether a search goes by its index or on the way through the list is decided by the list as it is now.</summary>
public sealed class SearchPlannerTests
{
    private const int Guests = 4000;

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Words_are_judged_by_the_list_as_it_has_become(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        (await Plan("quillfeather")).Word.ShouldBeNull("to pass a few guests is cheap");
        await Fill(house, db);
        house.Clock.Advance(TimeSpan.FromSeconds(2));
        (await Plan("quillfeather")).Word.ShouldBe(0);
        (await Plan("guest")).Word.ShouldBeNull("everybody has it");
        (await Plan("guest quillfeather")).Word.ShouldBe(1, "the rare one of two");
        (await Plan("guest quillfeather", w => w == 1)).Word.ShouldBeNull("the rare one is found elsewhere too");

        ValueTask<SearchPlan> Plan(string typed, Predicate<int>? elsewhere = null) =>
            SearchPlanner.Choose(SearchTerms.Of(typed), "created_at", true, house.Owner.OrganizationId, db, default, elsewhere: elsewhere);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_name_that_stands_late_in_the_order_is_looked_up_there_and_met_on_the_way_elsewhere(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        await Fill(house, db);
        (await Plan("name_key", descending: false)).Word.ShouldBe(0);
        (await Plan("name_key", descending: true)).Word.ShouldBeNull();
        (await Plan("spent", descending: true)).Word.ShouldBeNull();
        (await Plan(null, descending: true)).Word.ShouldBeNull();

        ValueTask<SearchPlan> Plan(string? column, bool descending) =>
            SearchPlanner.Choose(SearchTerms.Of("zoe"), column, descending, house.Owner.OrganizationId, db, default);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_way_is_longer_where_few_meet_another_condition(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        await Fill(house, db);
        (await Plan(1)).Word.ShouldBeNull();
        (await Plan(0.05)).Word.ShouldBe(0);

        ValueTask<SearchPlan> Plan(double share) =>
            SearchPlanner.Choose(
                SearchTerms.Of("zoe"),
                "spent",
                true,
                house.Owner.OrganizationId,
                db,
                default,
                () => ValueTask.FromResult(share)
            );
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Whatever_is_asked_beside_the_words_the_same_guests_are_found_as_on_the_way(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        await Fill(house, db);
        SegmentRule segment = new RuleGroup(
            false,
            [new RuleLeaf(new(MinSpent: 39)), new RuleLeaf(new(HasConsent: ConsentFilter.Any)), new RuleLeaf(new(HasEmail: true))]
        );
        ContactFilter[] filters =
        [
            new(Q: "zoe"),
            new(Q: "zoe 351917"),
            new(Q: "zo 3519100"),
            new(Q: "zoe", Sources: [Source.Website]),
            new(Q: "zoe", MinSpent: 39, HasPhone: true, HasConsent: ConsentFilter.None),
            new(Q: "zoe", Active: false, MaxBookings: 0, NoTags: ["vip"]),
            new(Q: "zoe", PropertyIds: [house.Properties[0].Id], MinBookings: 0),
        ];
        foreach (var (filter, rule) in filters.SelectMany(f => new (ContactFilter, SegmentRule?)[] { (f, null), (f, segment) }))
        {
            var scope = await ContactScope.Of(filter, house.Owner, db, default) with { Segment = rule };
            var question = await ContactQuery.Of(filter, scope, db, default);
            foreach (var sort in ContactSort.All)
            {
                var query = new ListContacts.Query(filter, sort);
                var planned = new ListPage(query, scope, question, await question.Plan(scope, query, db, default), db);
                var walked = new ListPage(query, scope, question, question.CriteriaOver(scope), db);
                var looked = new ListPage(query, scope, question, ContactQuery.ByIndex(question.CriteriaOver(scope), 0), db);
                foreach (var page in new[] { walked, planned, looked })
                {
                    await page.Read(null, default);
                    page.FoundTooMany.ShouldBeFalse();
                    page.Rows.Select(r => r.Id).ShouldBe(walked.Rows.Select(r => r.Id), $"{filter.ToQuery()} {rule} {sort}");
                }
            }
        }
    }

    /// <summary>One in ten is called Zoe, and each has spent something else.</summary>
    private static async Task Fill(GuestHouse house, BellhopDb db)
    {
        var start = house.Clock.GetUtcNow().AddDays(-Guests);
        var guests = Enumerable
            .Range(0, Guests)
            .Select(i =>
            {
                var at = start.AddDays(i);
                var contact = new Contact
                {
                    Id = Guid.CreateVersion7(at),
                    OrganizationId = house.Owner.OrganizationId,
                    PropertyId = house.Properties[0].Id,
                    CreatedAt = at.UtcDateTime,
                    UpdatedAt = at.UtcDateTime,
                    CustomerSince = DateOnly.FromDateTime(at.UtcDateTime),
                    Spent = i * 7919 % Guests,
                };
                contact.Show(i % 10 == 7 ? "Zoe" : "Guest", $"+35191{i:0000000}", null);
                return contact;
            })
            .ToArray();
        await db.Save(async () =>
        {
            await db.InsertWithoutFollowers(guests, default);
            db.Add(
                new Counter
                {
                    OrganizationId = house.Owner.OrganizationId,
                    PropertyId = Guid.Empty,
                    Measure = Measure.Contacts,
                    Amount = Guests,
                }
            );
        });
        await db.Save(() => db.RebuildSearch(default));
    }
}
