using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Features.Contacts;

public sealed class ListContactsTests
{
    private static readonly string[] Names = ["José", "Zoë Muñoz", "王伟", "ana", "Bjørn_100%", "Łukasz Ziółko"];
    private static readonly string[] SourceNames = ["Website", "BookingCom", "WalkIn"];
    private static readonly string[] Statuses = ["Confirmed", "Completed", "Cancelled", "InHouse", "NoShow", "Pending"];

    private sealed record Stay(
        int Property,
        int Person,
        int Source,
        int Status,
        int ArrivesIn,
        int Nights,
        int Total,
        int BookedAgo,
        int HoursLater
    );

    private static readonly Gen<Stay[]> Stays = Gen.Select(
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 15], Gen.Int[0, 2]),
        Gen.Select(Gen.Int[0, 5], Gen.Int[-40, 20], Gen.Int[0, 5]),
        Gen.Select(Gen.Int[-50, 500], Gen.Int[0, 90], Gen.Int[0, 300]),
        (a, b, c) => new Stay(a.Item1, a.Item2, a.Item3, b.Item1, b.Item2, b.Item3, c.Item1, c.Item2, c.Item3)
    ).Array[5, 40];

    private static async Task<GuestHouse> Filled(string engine, Stay[] stays)
    {
        var house = await GuestHouse.Create(engine);
        foreach (var stay in stays)
        {
            house.Clock.Jump(TimeSpan.FromHours(stay.HoursLater));
            await house.Book(
                stay.Property,
                stay.Person % 5 == 4 ? null : Names[stay.Person % Names.Length],
                stay.Person % 3 == 2 ? null : $"+3519100000{stay.Person:00}",
                stay.Person % 3 == 1 ? null : $"guest{stay.Person}@harbour.test-hotel.net",
                SourceNames[stay.Source],
                Statuses[stay.Status],
                stay.ArrivesIn,
                stay.Nights,
                stay.Total / 4m,
                house.Clock.GetUtcNow().AddDays(-stay.BookedAgo)
            );
        }

        return house;
    }

    private static void ShouldBe(
        List<ContactRow> rows,
        List<Scan.Guest> expected,
        GuestHouse house,
        IReadOnlyList<Guid>? properties,
        string what
    )
    {
        rows.Select(r => r.Id).ShouldBe(expected.Select(g => g.Id), what);
        foreach (var (row, guest) in rows.Zip(expected))
        {
            row.ShouldSatisfyAllConditions(
                what,
                () => row.Name.ShouldBe(guest.Name),
                () => row.Phone.ShouldBe(guest.Phone),
                () => row.Email.ShouldBe(guest.Email),
                () => row.Source.ShouldBe(guest.Source),
                () => row.Property?.Id.ShouldBe(guest.AssignedTo),
                () => (row.Property is not null).ShouldBe(properties?.Contains(guest.AssignedTo) ?? true),
                () => row.Bookings.ShouldBe(guest.Bookings),
                () => row.TotalSpent.ShouldBe(new Money(guest.Spent, "EUR")),
                () => row.CustomerSince.ShouldBe(guest.CustomerSince),
                () => row.CreatedAt.ShouldBe(guest.CreatedAt),
                () => row.Active.ShouldBe(guest.ActiveUntil > house.Clock.GetUtcNow().UtcDateTime)
            );
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_sort_of_every_scope_is_the_scan_page_after_page_and_the_cards_agree(string engine)
    {
        await Stays.SampleAsync(
            async stays =>
            {
                await using var house = await Filled(engine, stays);
                await Roll(house);
                var now = house.Clock.GetUtcNow().UtcDateTime;
                foreach (var limit in new int[]?[] { null, [0], [1], [0, 2], [0, 1, 2] })
                {
                    var properties = limit?.Select(i => house.Properties[i].Id).ToArray();
                    var guests = await Scan.Guests(house, properties);
                    var filter = new ContactFilter(PropertyIds: properties);
                    foreach (var sort in ContactSort.All)
                    {
                        foreach (var descending in new[] { true, false })
                        {
                            var rows = await house.All(filter, sort, descending, limit: 3);
                            ShouldBe(
                                rows,
                                guests.InOrder(sort, descending),
                                house,
                                properties,
                                $"{sort} {descending} {string.Join(',', limit ?? [])}"
                            );
                        }
                    }

                    (await house.Cards(filter)).ShouldBe(guests.Cards(now));
                    foreach (var narrower in Filters(now))
                    {
                        var both = narrower with { PropertyIds = properties };
                        ShouldBe(
                            await house.All(both),
                            guests.Where(narrower, now).InOrder(ContactSort.Created, true),
                            house,
                            properties,
                            both.ToQuery()
                        );
                        (await house.Cards(both)).ShouldBe(guests.Where(narrower, now).Cards(now), both.ToQuery());
                        await EveryWayFindsTheSame(house, both, guests.Where(narrower, now).ToList());
                    }

                    if (limit is not null)
                    {
                        // A person limited to the properties sees what an owner who names them sees.
                        var who = house.LimitedTo(limit);
                        (await house.All(ContactFilter.None, who: who))
                            .Select(r => r with { Tags = [] })
                            .ShouldBe((await house.All(filter)).Select(r => r with { Tags = [] }), ignoreOrder: false);
                        (await house.Cards(ContactFilter.None, who)).ShouldBe(await house.Cards(filter));
                    }
                }
            },
            iter: TestSize.Of(3),
            threads: 1
        );
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Guests_who_arrive_between_pages_neither_repeat_nor_hide_a_row(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        for (var i = 0; i < 12; i++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(i % 3));
            await house.Book(0, i % 4 == 3 ? null : "Guest " + (i * 7 % 12), $"+3519123456{i:00}", arrivesIn: i % 5 == 0 ? 300 : i);
        }

        foreach (var sort in ContactSort.All)
        {
            foreach (var descending in new[] { true, false })
            {
                var before = await house.All(ContactFilter.None, sort, descending, limit: 50);
                var shown = new List<Guid>();
                string? cursor = null;
                do
                {
                    var page = await house.List(new(ContactFilter.None, sort, descending, 4, cursor));
                    shown.AddRange(page.Items.Select(r => r.Id));
                    cursor = page.NextCursor;
                    house.Clock.Advance(TimeSpan.FromMinutes(1));
                    await house.Book(0, "Arrival " + shown.Count, $"+35196{Random.Shared.Next(10_000_000):0000000}");
                } while (cursor is not null);
                shown.ShouldBeUnique($"{sort} {descending}");
                shown.Where(id => before.Exists(r => r.Id == id)).ShouldBe(before.Select(r => r.Id), $"{sort} {descending}");
            }
        }
    }

    private static IEnumerable<ContactFilter> Filters(DateTime now)
    {
        var today = DateOnly.FromDateTime(now);
        yield return new(Q: "jose");
        yield return new(Q: "Bjørn_1");
        yield return new(Q: "100%");
        yield return new(Q: "n%m");
        yield return new(Q: "王伟");
        yield return new(Q: "zo");
        yield return new(Q: "qz");
        yield return new(Q: "\"ana\" OR");
        yield return new(Q: "351 910-000 0");
        yield return new(Q: "harbour", Sources: [Source.Website, Source.WalkIn]);
        yield return new(Active: true);
        yield return new(Active: false);
        yield return new(MinBookings: 1, MaxBookings: 2);
        yield return new(MinSpent: 20.5m, MaxSpent: 200);
        yield return new(CreatedFrom: today.AddDays(-5), CreatedTo: today);
        yield return new(LastStayFrom: today.AddDays(-9), LastStayTo: today.AddDays(9));
        yield return new(HasPhone: false, HasEmail: true);
    }

    /// <summary>
    /// In a house this small every word is common and every condition rare; the search index and the walk are asked here all the same.
    /// </summary>
    private static async Task EveryWayFindsTheSame(GuestHouse house, ContactFilter filter, List<Scan.Guest> expected)
    {
        await using var db = house.Database.Open();
        var scope = await ContactScope.Of(filter, house.Owner, db, default);
        var question = await ContactQuery.Of(filter, scope, db, default);
        var walk = question.CriteriaOver(scope);
        var way = question.Terms.HasIndex ? ContactQuery.ByIndex(walk, SearchTerms.AllWords) : walk;
        foreach (
            var sort in new[]
            {
                ContactSort.Created,
                NameField.Column.By,
                LastBookingField.Column.By,
                BookingsField.Column.By,
                SpentField.Column.By,
            }
        )
        {
            var rows = new List<ContactRow>();
            ListPosition? end = null;
            do
            {
                var page = new ListPage(new(filter, sort, true, 2), scope, question, way, db);
                await page.Read(end, default);
                page.FoundTooMany.ShouldBeFalse();
                rows.AddRange(page.Rows);
                end = page.End;
            } while (end is not null);
            rows.Select(r => r.Id).ShouldBe(expected.InOrder(sort, true).Select(g => g.Id), filter.ToQuery() + sort);
        }
    }

    /// <summary>What the midnight job does: last bookings as of now.</summary>
    private static async Task Roll(GuestHouse house)
    {
        await using var db = house.Database.Open();
        await db.Save(async () =>
        {
            foreach (var contact in db.Contacts.ToList())
            {
                db.Recompute(contact.OrganizationId, [contact.Id]);
            }

            await Task.CompletedTask;
        });
    }
}
