using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public sealed partial class ListBookingsTests
{
    private const string Path = "/api/v1/bookings";
    private static readonly string[] Names = ["José", "Zoë Muñoz", "王伟", "ana", "Łukasz Ziółko"];
    private static readonly string[] SourceNames = ["Website", "BookingCom", "WalkIn"];
    private static readonly BookingStatus[] Statuses = Enum.GetValues<BookingStatus>();

    private static readonly Gen<(int Property, int Person, int Source, int Status, int ArrivesIn)[]> Stays = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 14],
        Gen.Int[0, 2],
        Gen.Int[0, 6],
        Gen.Int[-9, 9],
        (a, b, c, d, e) => (a, b, c, d, e)
    ).Array[10, 45];

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Every_filter_of_every_scope_is_the_scan_page_after_page(string engine) =>
        await Stays.SampleAsync(
            async stays =>
            {
                await using var house = await GuestHouse.Create(engine);
                var all = await Fill(house, stays);
                var (first, third) = (house.Properties[0].Id, house.Properties[2].Id);
                var today = DateOnly.FromDateTime(house.Clock.GetUtcNow().UtcDateTime);
                foreach (var limit in new int[]?[] { null, [1], [0, 2] })
                {
                    var who = limit is null ? house.Owner : house.LimitedTo(limit);
                    foreach (
                        var filter in new BookingFilter[]
                        {
                            BookingFilter.None,
                            new(PropertyIds: [third]),
                            new(PropertyIds: [first, third]),
                            new(Statuses: [BookingStatus.Pending]),
                            new(Statuses: [BookingStatus.Confirmed, BookingStatus.Hold]),
                            new(PropertyIds: [first], Statuses: [BookingStatus.Completed]),
                            new(PropertyIds: [first, third], Statuses: [.. Statuses]),
                            new(Sources: [Source.Website, Source.WalkIn]),
                            new(Sources: [Source.Website], Q: "jose"),
                            new(Statuses: [BookingStatus.Confirmed], Sources: [Source.WalkIn]),
                            new(
                                PropertyIds: [first, third],
                                Statuses: [.. Statuses],
                                Sources: [Source.Website, Source.WalkIn, Source.BookingCom, Source.Phone, Source.Agoda]
                            ),
                            new(ArrivalFrom: today.AddDays(-3), ArrivalTo: today.AddDays(4)),
                            new(Statuses: [BookingStatus.Confirmed, BookingStatus.InHouse], Sources: [Source.BookingCom], ArrivalTo: today),
                            new(Q: "jose"),
                            new(Q: "zo"),
                            new(Q: "a"),
                            new(Q: "王伟"),
                            new(Q: "351 910-000 0"),
                            new(Q: "guest1"),
                            new(Q: "r-1"),
                            new(Q: "EXT-2"),
                            new(Q: "%"),
                            new(Q: "ziolko", Statuses: [BookingStatus.Confirmed]),
                        }
                    )
                    {
                        if (limit is not null && filter.PropertyIds?.Any(p => !who.Sees(p)) == true)
                        {
                            continue;
                        }

                        var expected = all.Where(b => Matches(b, filter, who))
                            .OrderByDescending(b => b.Row.Arrival)
                            .ThenByDescending(b => b.Row.Id)
                            .Select(b => b.Row.Id)
                            .ToList();
                        (await All(house, filter, who)).Select(r => r.Id).ShouldBe(expected, filter.ToQuery());
                        await using (var db = house.Database.Open())
                        {
                            (await CountBookings.Run(filter, who, db, default)).ShouldBe(new(expected.Count, false), filter.ToQuery());
                            (await SeeNewBookings.Run(filter, Guid.Empty, who, db, default)).Ids.ShouldBe(
                                expected,
                                ignoreOrder: true,
                                filter.ToQuery()
                            );
                        }

                        if (filter is { Q.Length: > 1, Sources: null })
                        {
                            (await ByIndex(house, filter, who)).ShouldBe(expected, "by index: " + filter.ToQuery());
                        }
                    }
                }
            },
            iter: TestSize.Of(3),
            threads: 1
        );

    [Theory, MemberData(nameof(Engines))]
    public async Task Bookings_that_come_between_pages_neither_repeat_nor_hide_a_row(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        for (var i = 0; i < 14; i++)
        {
            await house.Book(i % 3, "Ana", "+351912345678", arrivesIn: i % 4);
        }

        var before = await All(house, BookingFilter.None, house.Owner);
        var shown = new List<Guid>();
        string? cursor = null;
        do
        {
            await using var db = house.Database.Open();
            var page = await ListBookings.Run(new(BookingFilter.None, new(3, cursor)), house.Owner, db, house.Cursors, default);
            shown.AddRange(page.Items.Select(r => r.Id));
            cursor = page.NextCursor;
            await house.Book(1, "Rui", "+351912345679", arrivesIn: shown.Count % 5);
        } while (cursor is not null);
        shown.ShouldBeUnique();
        shown.Where(id => before.Exists(r => r.Id == id)).ShouldBe(before.Select(r => r.Id));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task No_stretch_of_the_list_scans_or_sorts(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        for (var i = 0; i < 6; i++)
        {
            await house.Book(i % 3, "Guest " + i, "+35191234567" + i);
        }

        await using var db = house.Database.Open();
        await ListPlanTests.Refuse(db);
        var wrong = new List<string>();
        foreach (
            var (property, status, source, after, search) in from p in new[] { 0, 1 }
            from s in new[] { 0, 1 }
            from o in new[] { 0, 1 }
            from a in new[] { true, false }
            from q in new[] { null, "guest" }
            select (p, s, o, a, q)
        )
        {
            var filter = Some(property, status, source, search);
            var plan = await Plan(db, filter, after, house);
            if (source > 0 && status == 0)
            {
                // Every status of the source at every property is a stretch of its own.
                var stretches = plan.Split('\n')
                    .Count(l =>
                        l.Contains(
                            engine == "sqlite" ? "INDEX ix_bookings_property_source " : "using ix_bookings_property_source ",
                            StringComparison.Ordinal
                        )
                    );
                if (stretches != (property > 0 ? 7 : 21) || plan.Contains("Seq Scan on bookings", StringComparison.Ordinal))
                {
                    wrong.Add($"{filter}\n{plan}");
                }

                continue;
            }

            var sorts =
                engine == "sqlite"
                    ? plan.Contains("TEMP B-TREE", StringComparison.Ordinal) || plan.Contains("SCAN", StringComparison.Ordinal)
                    : plan.Contains("Sort  (", StringComparison.Ordinal) || plan.Contains("Seq Scan on booking", StringComparison.Ordinal);
            var seeks =
                engine == "sqlite"
                    ? plan.Contains(after ? "(arrival,id)<" : "organization_id=?", StringComparison.Ordinal)
                    : !after
                        || plan.Split('\n')
                            .Any(l => l.Contains("Index Cond", StringComparison.Ordinal) && l.Contains(" < ", StringComparison.Ordinal));
            if (sorts || !seeks)
            {
                wrong.Add($"{filter}\n{plan}");
            }
        }

        // Several stretches are read each off its own index, and merged.
        var several = await Plan(db, Some(2, 2, 0, null), after: true, house);
        several
            .Split(
                engine == "sqlite"
                    ? "INDEX ix_bookings_organization_id_property_id_status_arrival_id"
                    : "using ix_bookings_organization_id_"
            )
            .Length.ShouldBe(5, several);
        wrong.ShouldBeEmpty();

        BookingFilter Some(int properties, int statuses, int sources, string? q) =>
            new(
                q,
                properties == 0 ? null : [.. house.Properties.Take(properties).Select(p => p.Id)],
                [.. Statuses.Skip(1).Take(statuses)],
                [.. new[] { Source.Website, Source.WalkIn }.Take(sources)]
            );
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_api_lists_filters_pages_and_refuses_what_it_cannot_take(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        for (var i = 0; i < 4; i++)
        {
            var body = ReceiveBookingTests.Body(i < 3 ? house.Lisbon : house.Berlin, "L-" + i);
            (body["status"], body["arrival"]) = (i == 1 ? "Pending" : "Confirmed", $"2026-03-0{i + 1}");
            (body["departure"], body["reference"]) = ("2026-03-09", "HB-" + i);
            await (await owner.Post(Path, body)).Json(201);
        }

        (await References(owner, "")).ShouldBe(["HB-3", "HB-2", "HB-1", "HB-0"]);
        (await References(owner, $"?propertyId={house.Lisbon}&propertyId={house.Berlin}&status=Pending&status=Hold")).ShouldBe(["HB-1"]);
        (await References(owner, "?arrivalFrom=2026-03-02&arrivalTo=2026-03-03&source=BookingCom")).ShouldBe(["HB-2", "HB-1"]);
        (await References(owner, "?q=ana%20pires")).Length.ShouldBe(4);
        (await References(owner, "?q=hb-2")).ShouldBe(["HB-2"]);
        (await References(owner, "?q=l-3")).ShouldBe(["HB-3"]);
        var blind = app.As(await app.MakeKey(house.OrganizationId, new([Permission.BookingsView])));
        (await References(blind, "?q=ana%20pires")).ShouldBeEmpty("guests are searched for by those who may see them");
        (await References(blind, "?q=hb-2")).ShouldBe(["HB-2"]);

        var first = await (await owner.GetAsync(Path + "?limit=2")).Json(200);
        var cursor = first["nextCursor"]!.GetValue<string>();
        (await References(owner, "?limit=2&cursor=" + cursor)).ShouldBe(["HB-1", "HB-0"]);
        (await (await owner.GetAsync(Path + "?status=Pending&cursor=" + cursor)).Json(400)).Fields().ShouldBe(["cursor"]);
        (
            await (
                await app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Lisbon))
                    .GetAsync(Path + "?cursor=" + cursor)
            ).Json(400)
        )
            .Fields()
            .ShouldBe(["cursor"]);
        (await (await owner.GetAsync(Path + "?status=Gone&source=Nobody&arrivalFrom=1.3.2026&limit=101&propertyId=x")).Json(400))
            .Fields()
            .ShouldBe(["arrivalFrom", "limit", "propertyId", "source", "status"]);
        (await (await owner.GetAsync(Path + "?arrivalFrom=2026-03-02&arrivalTo=2026-03-01")).Json(400))
            .Fields()
            .ShouldBe(["arrivalFrom", "arrivalTo"]);
        (await (await owner.GetAsync(Path + "?sort=total")).Json(400)).Fields().ShouldBe(["sort"]);
        (await (await owner.GetAsync(Path + "?q=" + new string('x', 201))).Json(400)).Fields().ShouldBe(["q"]);
        (await owner.GetAsync($"{Path}?propertyId={Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await References(app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything, house.Berlin)), "")).ShouldBe(["HB-3"]);
    }
}
