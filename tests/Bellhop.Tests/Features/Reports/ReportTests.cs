using System.Net;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Features.Reports;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using static Bellhop.Tests.Features.Reports.ReportStays;

namespace Bellhop.Tests.Features.Reports;

public class ReportTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Reports_say_what_counting_the_bookings_one_by_one_says(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await Fill(house);
        foreach (var who in new[] { house.Owner, house.At(house.Lisbon), house.At(house.Auckland) })
        {
            foreach (
                var places in new IReadOnlyList<Guid>?[]
                {
                    null,
                    who.Properties ?? [house.Auckland],
                    who.Properties ?? [house.Lisbon, house.Auckland],
                }
            )
            {
                foreach (
                    var (from, to) in new (DateOnly?, DateOnly?)[]
                    {
                        (null, null),
                        (new(2025, 3, 17), new(2026, 2, 3)),
                        (new(2024, 1, 1), new(2027, 12, 31)),
                        (house.Day(0), house.Day(0)),
                        (new(2030, 1, 1), null),
                    }
                )
                {
                    await Compare(house, who, new(from, to, places));
                }
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Twelve_months_end_today_where_the_property_is(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        house.Clock.SetUtcNow(new(2026, 6, 30, 13, 0, 0, TimeSpan.Zero));
        await using var db = house.Open();
        await house.Book("there", arrival: new(2026, 7, 1), inLisbon: false);
        await house.Book("here", arrival: new(2026, 7, 1));
        var all = await ReportBookings.Run(new(), house.Owner, db, default);
        var auckland = await ReportBookings.Run(new(PropertyIds: [house.Auckland]), house.Owner, db, default);
        var both = await ReportBookings.Run(new(PropertyIds: [house.Auckland, house.Lisbon]), house.Owner, db, default);

        (all.From, all.To, all.Items.Count, all.Total.Bookings).ShouldBe((new(2025, 7, 1), new(2026, 6, 30), 12, 0));
        (auckland.From, auckland.To, auckland.Items.Count, auckland.Total.Bookings).ShouldBe((new(2025, 8, 1), new(2026, 7, 1), 12, 1));
        (both.To, both.Total.Bookings).ShouldBe((new(2026, 6, 30), 0));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task They_come_by_the_api_and_as_files_that_spreadsheets_take_for_text(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var odd = await app.MakeProperty(house.OrganizationId, "=1+1, \"Inn\"", "Europe/Lisbon", "PT");
        await using (var db = app.Open())
        {
            foreach (var (place, amount, currency) in new[] { (house.Lisbon, 120.50m, "EUR"), (odd, 80m, "EUR"), (odd, 10m, "CHF") })
            {
                await ReceiveBooking.Run(
                    new(place, "BookingCom", "Completed", "2026-03-30", "2026-04-02", new(amount, currency), new("Ana", "+351912345678")),
                    TestApp.Everything(house),
                    db,
                    default
                );
            }
        }

        var owner = app.As(house.Owner);
        const string Range = "from=2026-03-01&to=2026-04-30";
        var months = await (await owner.GetAsync($"/api/v1/reports/bookings?{Range}")).Json(200);
        months["items"]!
            .ToJsonString()
            .ShouldBe(
                """[{"month":"2026-03","bookings":3,"nights":9,"revenue":{"amount":200.50,"currency":"EUR"}},{"month":"2026"""
                    + """-04","bookings":0,"nights":0,"revenue":{"amount":0.00,"currency":"EUR"}}]"""
            );
        months["unconverted"]!.ToJsonString().ShouldBe("""[{"currency":"CHF","bookings":1,"total":{"amount":10.00,"currency":"CHF"}}]""");
        var guests = await (await owner.GetAsync($"/api/v1/reports/guests?{Range}&propertyId={odd}")).Json(200);
        guests["items"]![0]!
            .ToJsonString()
            .ShouldBe(
                """{"month":"2026-03","new":1,"returning":1,"withoutGuest":0,"guests":1,"averageLifetimeValue":{"amount":80"""
                    + """.00,"currency":"EUR"}}"""
            );

        using var file = await owner.GetAsync($"/api/v1/reports/bookings.csv?{Range}&by=property");
        file.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe("bookings-by-property-2026-03-01-2026-04-30.csv");
        (await file.Content.ReadAsStringAsync())
            .TrimStart('\uFEFF')
            .ShouldBe("property,bookings,nights,revenue,currency\r\nLisbon,1,3,120.50,EUR\r\n\"'=1+1, \"\"Inn\"\"\",2,6,80.00,EUR\r\n");
        (await (await owner.GetAsync($"/api/v1/reports/guests.csv?{Range}")).Content.ReadAsStringAsync()).ShouldContain(
            "2026-03,1,2,0,1,200.50,EUR"
        );
        foreach (
            var query in (string[])
                [
                    "by=month&by=source",
                    "by=week",
                    "from=2026-13-01",
                    "from=2026-05-01&to=2026-04-01",
                    "propertyId=x",
                    "limit=3",
                    "to=",
                    "from=1900-01-01&to=2026-01-01",
                ]
        )
        {
            await (await owner.GetAsync("/api/v1/reports/bookings?" + query)).Json(400);
        }

        var limited = app.As(await app.MakeKey(house.OrganizationId, new([Permission.ReportsView]), odd));
        (await (await limited.GetAsync($"/api/v1/reports/bookings?{Range}&by=property")).Json(200))["items"]!.AsArray().Count.ShouldBe(1);
        (await limited.GetAsync($"/api/v1/reports/bookings.csv?propertyId={house.Lisbon}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task Fill(TestHouse house)
    {
        await using var db = house.Open();
        await SetRate.Run("2020-01-01", "NZD", "EUR", new(0.55m), house.Owner, db, default);
        foreach (var stay in Stays.Array[160].Generate(new PCG(7), null, out _))
        {
            await Receive(stay, null, house, db);
        }

        foreach (var gone in await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).Take(3).ToListAsync())
        {
            await DeleteContact.Run(gone, house.Owner, db, IfMatch.Any, default);
        }
    }
}
