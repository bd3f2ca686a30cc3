using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts.Segments;

/// <summary>Segments the slow way: every guest in memory, every condition answered by the book.</summary>
public sealed class SegmentQueryTests
{
    private static readonly string[] Tagged = ["VIP", "Group", "'; DROP TABLE contacts; --"];
    private static readonly Source[] Sources = [Source.Website, Source.BookingCom, Source.WalkIn];
    private static readonly DateOnly Today = DateOnly.FromDateTime(GuestHouse.Noon.AddDays(7).UtcDateTime);

    private sealed record Stay(int Property, int Person, int Source, int ArrivesIn, int Total, int Stars);

    private static readonly Gen<Stay[]> Stays = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 13],
        Gen.Int[0, 2],
        Gen.Int[-60, 20],
        Gen.Int[-20, 400],
        Gen.Int[0, 7],
        (p, g, s, a, t, r) => new Stay(p, g, s, a, t, r)
    ).Array[12, 30];

    private static readonly Gen<ContactFilter> Condition = Gen.OneOf<ContactFilter>(
        Pick("an", "guest1", "351910", "o", "nobody%").Select(q => new ContactFilter(Q: q)),
        Pick(Sources).Array[1, 2].Select(s => new ContactFilter(Sources: s)),
        Gen.Int[0, 3].Array[1, 2].Select(p => new ContactFilter(PropertyIds: [.. p.Distinct().Select(Place)])),
        Gen.Bool.Select(a => new ContactFilter(Active: a)),
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], (a, b) => new ContactFilter(MinBookings: a, MaxBookings: a + b)),
        Gen.Int[0, 400].Select(s => new ContactFilter(MinSpent: s / 2m)),
        Gen.Int[0, 400].Select(s => new ContactFilter(MaxSpent: s / 2m)),
        Gen.Int[1, 5].Select(r => new ContactFilter(MinRating: r)),
        Gen.Int[0, 12].Select(d => new ContactFilter(CreatedFrom: Today.AddDays(d - 6))),
        Gen.Int[0, 8].Select(d => new ContactFilter(CreatedWithinDays: d)),
        Gen.Select(
            Gen.Int[-60, 20],
            Gen.Int[0, 40],
            (a, b) => new ContactFilter(LastStayFrom: Today.AddDays(a), LastStayTo: Today.AddDays(a + b))
        ),
        Gen.Int[0, 60].Select(d => new ContactFilter(LastStayWithinDays: d)),
        Gen.Int[0, 60].Select(d => new ContactFilter(LastStayBeforeDays: d)),
        Gen.Bool.Select(h => new ContactFilter(HasPhone: h)),
        Gen.Bool.Select(h => new ContactFilter(HasEmail: h)),
        Pick(Enum.GetValues<ConsentFilter>()).Select(c => new ContactFilter(HasConsent: c)),
        Pick([.. Tagged, "No such tag"]).Array[1, 2].Select(t => new ContactFilter(Tags: [.. t.Distinct()])),
        Pick(Tagged).Array[1, 2].Select(t => new ContactFilter(AllTags: [.. t.Distinct()])),
        Pick([.. Tagged, "No such tag"]).Array[1, 2].Select(t => new ContactFilter(NoTags: [.. t.Distinct()]))
    );

    // Of one condition a least above its most is a mistake that saving refuses; of two it is nobody, and the trees have those.
    private static readonly Gen<SegmentRule> Leaf = Gen.Select(
        Condition,
        Condition,
        Gen.Int[0, 3],
        (a, b, both) => (SegmentRule)new RuleLeaf(both == 0 && a.And(b) is { } one && !(one.MinSpent > one.MaxSpent) ? one : a)
    );

    private static readonly Gen<SegmentRule> Tree = Group(SegmentRule.DepthMost);

    private static Gen<SegmentRule> Group(int depth) =>
        Gen.Select(
            Gen.Bool,
            (depth == 1 ? Leaf : Gen.Frequency((3, Leaf), (2, Group(depth - 1)))).Array[1, 3],
            (all, of) => (SegmentRule)new RuleGroup(all, of)
        );

    private static Gen<T> Pick<T>(params T[] of) => Gen.Int[0, of.Length - 1].Select(i => of[i]);

    private static Guid Place(int i) => new(i, 0, 0, new byte[8]);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Any_segment_is_what_each_condition_says_of_each_guest_in_the_list_the_cards_actions_on_all_and_the_answer_why(
        string engine
    )
    {
        await Gen.Select(Stays, Tree.Array[TestSize.Of(48) / TestSize.Of(4)])
            .SampleAsync(
                async (stays, trees) =>
                {
                    await using var house = await Filled(engine, stays);
                    var number = 0;
                    foreach (var tree in trees)
                    {
                        // The fourth is a property that is none of theirs by now.
                        var rules = tree.With(f =>
                            f with
                            {
                                PropertyIds = f
                                    .PropertyIds?.Select(p =>
                                        Array.IndexOf([Place(0), Place(1), Place(2)], p) is >= 0 and var i
                                            ? house.Properties[i].Id
                                            : house.Properties[0].Id
                                    )
                                    .Distinct()
                                    .ToArray(),
                            }
                        );
                        await Compare(house, rules, new[] { null, new[] { 0 }, [1, 2] }[number % 3], "Segment " + number++);
                    }
                },
                iter: TestSize.Of(4),
                threads: 1,
                print: t => string.Join('\n', t.Item2.Select(r => r.ToJson().ToJsonString()))
            );
    }

    private static async Task Compare(GuestHouse house, SegmentRule rules, int[]? over, string name)
    {
        var (properties, now) = (over?.Select(i => house.Properties[i].Id).ToArray(), house.Clock.GetUtcNow().UtcDateTime);
        await using var db = house.Database.Open();
        var facts = await SegmentFacts.Read(house, properties);
        var saved = (await AddSegment.Run(new(name, rules.ToElement(), true), house.Owner, db, default)).Value;
        var what = $"{name} over {string.Join(',', over ?? [])}: {saved.Conditions.ToJsonString()}";
        if (over is null)
        {
            saved.Count.ShouldBe(facts.Count(f => SegmentFacts.Holds(rules, f, now)), what);
        }

        foreach (
            var (filter, also) in new (ContactFilter, Func<SegmentFacts, bool>)[]
            {
                (new(PropertyIds: properties, SegmentId: saved.Id), _ => true),
                (
                    new(PropertyIds: properties, SegmentId: saved.Id, MinSpent: 50, HasPhone: true),
                    f => f.Guest.Spent >= 5000 && f.Guest.Phone is not null
                ),
            }
        )
        {
            var expected = facts.Where(f => SegmentFacts.Holds(rules, f, now) && also(f)).Select(f => f.Guest).ToList();
            foreach (
                var (sort, descending) in new[]
                {
                    (ContactSort.Created, true),
                    (LastBookingField.Column.By, true),
                    (NameField.Column.By, false),
                    (SpentField.Column.By, true),
                }
            )
            {
                (await house.All(filter, sort, descending, limit: 4))
                    .Select(r => r.Id)
                    .ShouldBe(expected.InOrder(sort, descending).Select(g => g.Id), $"{what}, {sort}");
            }

            (await house.Cards(filter)).ShouldBe(expected.Cards(now), what);
            (await BulkChoice.Find(filter, 1000, house.Owner, db, default)).Order().ShouldBe(expected.Select(g => g.Id).Order(), what);
            if (over is not null)
            {
                var who = house.LimitedTo(over);
                var seen = rules.With(f =>
                    f with
                    {
                        PropertyIds = f.PropertyIds is { } asked ? [.. asked.Where(who.Sees), Guid.Empty] : null,
                    }
                );
                (await house.All(filter with { PropertyIds = null }, who: who))
                    .Select(r => r.Id)
                    .ShouldBe(
                        facts
                            .Where(f => SegmentFacts.Holds(seen, f, now) && also(f))
                            .Select(f => f.Guest)
                            .InOrder(ContactSort.Created, true)
                            .Select(g => g.Id),
                        what
                    );
            }
        }

        if (over is null)
        {
            foreach (var fact in facts.Take(4))
            {
                var why = await ExplainSegment.Run(saved.Id, fact.Guest.Id, house.Owner, db, default);
                why.Matches.ShouldBe(SegmentFacts.Holds(rules, fact, now), what);
                Check(why.Verdict, fact, now, what);
                (await ListGuestSegments.Run(fact.Guest.Id, house.Owner, db, default))
                    .Any(s => s.Id == saved.Id)
                    .ShouldBe(why.Matches, what);
            }
        }
    }

    private static void Check(ExplainSegment.Verdict verdict, SegmentFacts fact, DateTime now, string what)
    {
        verdict.Holds.ShouldBe(SegmentFacts.Holds(verdict.Rule, fact, now), $"{what}: {verdict.Rule.ToJson().ToJsonString()}");
        foreach (var member in verdict.Of)
        {
            Check(member, fact, now, what);
        }
    }

    private static async Task<GuestHouse> Filled(string engine, Stay[] stays)
    {
        var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        foreach (var stay in stays)
        {
            house.Clock.Jump(TimeSpan.FromDays(7) / stays.Length);
            var booked = await house.Book(
                stay.Property,
                stay.Person % 4 == 3 ? null : "José Anders " + stay.Person,
                stay.Person % 3 == 2 ? null : $"+3519100000{stay.Person:00}",
                stay.Person % 3 == 1 ? null : $"guest{stay.Person}@harbour.test-hotel.net",
                Sources[stay.Source].ToString(),
                stay.ArrivesIn < 0 ? "Completed" : "Confirmed",
                stay.ArrivesIn,
                2,
                stay.Total / 2m
            );
            if (stay.Stars is > 0 and < 6)
            {
                await AddReview.Run(new(stay.Stars, booked.Id), house.Owner, db, default);
            }
        }

        await AddReview.Run(new(3, (await db.Bookings.FirstAsync()).Id, ExternalId: "one at least"), house.Owner, db, default);
        foreach (var (i, contact) in (await db.Contacts.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Id).ToListAsync()).Index())
        {
            foreach (var (t, tag) in Tagged.Index().Where(t => i % (t.Index + 2) == 0))
            {
                await TagContact.Run(contact, tag, house.Owner, db, default);
            }

            await db.Save(() =>
            {
                db.AddRange(
                    Enum.GetValues<ConsentChannel>()
                        .Where(c => i % 4 != (int)c)
                        .Select(c => new Consent
                        {
                            OrganizationId = house.Owner.OrganizationId,
                            ContactId = contact,
                            Channel = c,
                            Granted = i % 3 == (int)c,
                            At = db.Now,
                            Source = Source.Manual,
                        })
                );
                return Task.CompletedTask;
            });
        }

        await db.Save(async () =>
        {
            // What the midnight job does: last bookings as of now.
            foreach (var contact in await db.Contacts.ToListAsync())
            {
                db.Recompute(contact.OrganizationId, [contact.Id]);
            }
        });
        return house;
    }
}
