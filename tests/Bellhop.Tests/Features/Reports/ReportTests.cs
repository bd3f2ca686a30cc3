using System.Globalization;
using System.Net;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Features.Reports;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Reports;

public class ReportTests
{
    private static readonly string[] Currencies = ["EUR", "EUR", "NZD", "CHF"];
    private static readonly string[] Sources = ["Website", "BookingCom", "WalkIn"];
    private static readonly string[] Statuses = ["Confirmed", "Completed", "InHouse", "Cancelled", "Pending", "NoShow", "Completed"];

    public static TheoryData<string> Engines => TestDatabase.Engines;

    private sealed record Stay(int Guest, int Source, int Status, int Currency, int Day, int Nights, int Amount, bool InLisbon);

    private static readonly Gen<Stay> Stays =
        from guest in Gen.Int[0, 24]
        from source in Gen.Int[0, 2]
        from status in Gen.Int[0, 6]
        from currency in Gen.Int[0, 3]
        from day in Gen.Int[-800, 60]
        from nights in Gen.Int[0, 9]
        from amount in Gen.Int[-20, 900]
        from lisbon in Gen.Bool
        select new Stay(guest, source, status, currency, day, nights, amount, lisbon);

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
                """[{"month":"2026-03","bookings":3,"nights":9,"revenue":{"amount":200.50,"currency":"EUR"}},{"month":"2026-04","bookings":0,"nights":0,"revenue":{"amount":0.00,"currency":"EUR"}}]"""
            );
        months["unconverted"]!.ToJsonString().ShouldBe("""[{"currency":"CHF","bookings":1,"total":{"amount":10.00,"currency":"CHF"}}]""");
        var guests = await (await owner.GetAsync($"/api/v1/reports/guests?{Range}&propertyId={odd}")).Json(200);
        guests["items"]![0]!
            .ToJsonString()
            .ShouldBe(
                """{"month":"2026-03","new":1,"returning":1,"withoutGuest":0,"guests":1,"averageLifetimeValue":{"amount":80.00,"currency":"EUR"}}"""
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

    [Theory, MemberData(nameof(Engines))]
    public async Task They_are_read_off_what_is_kept_of_each_day(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        foreach (
            var (query, firsts) in new[]
            {
                (new ReportQuery(), "pk_counters"),
                (new(PropertyIds: [house.Lisbon]), "pk_counters"),
                (new(PropertyIds: [house.Lisbon, house.Auckland]), "ix_contact_at_guest"),
            }
        )
        {
            var scope = await ReportScope.Of(query, house.Owner, db, default);
            foreach (
                var (text, index, to) in new (string, string, object)[]
                {
                    (ReportDays.Text(scope, db), "pk_arrival_days", db.Stored(scope.To)),
                    (ReportDays.TextBefore(scope), "pk_arrival_days", db.Stored(scope.To)),
                    (FirstStays.Text(scope), firsts, firsts == "pk_counters" ? scope.To.DayNumber : db.Stored(scope.To)),
                }
            )
            {
                (await Plan(text, scope, to, db)).ShouldContain(
                    engine == "postgres" ? index
                        : index.StartsWith("pk", StringComparison.Ordinal) ? $"sqlite_autoindex_{index[3..]}_1"
                        : $"COVERING INDEX {index}",
                    Case.Sensitive,
                    text
                );
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whatever_several_people_do_at_once_reports_say_what_counting_says(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using (var db = house.Open())
        {
            await SetRate.Run("2020-01-01", "NZD", "EUR", new(0.55m), house.Owner, db, default);
            await SetRate.Run("2020-01-01", "NZD", "USD", new(0.60m), house.Owner, db, default);
        }

        var stays = Stays.Array[120].Generate(new PCG(11), null, out _);
        await Task.WhenAll(
            stays
                .Chunk(30)
                .Select(
                    (mine, writer) =>
                        Task.Run(async () =>
                        {
                            foreach (var (stay, at) in mine.Select((s, i) => (s, i)))
                            {
                                await using var db = house.Open();
                                await Receive(stay, "k" + (stay.Amount % 25), house, db); // the same few over and over, by all
                                if (
                                    at % 10 == writer
                                    && await db.Contacts.OrderBy(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync() is { } oldest
                                )
                                {
                                    await Try(() => DeleteContact.Run(oldest, house.Owner, db, IfMatch.Any, default));
                                }

                                if (
                                    at % 9 == 4
                                    && await db.Bookings.OrderByDescending(b => b.Id).Select(b => (Guid?)b.Id).FirstOrDefaultAsync()
                                        is { } booking
                                )
                                {
                                    await Try(() =>
                                        ChangeBooking.Run(
                                            booking,
                                            new(
                                                Arrival: Text(house.Day(stay.Day)),
                                                Departure: Text(house.Day(stay.Day + 2)),
                                                Total: new MoneyInput(stay.Amount, "NZD")
                                            ),
                                            house.Owner,
                                            db,
                                            IfMatch.Any,
                                            default
                                        )
                                    );
                                }

                                if (at == 15 && writer == 0)
                                {
                                    await ChangeOrganization.Run(new(Currency: "USD"), house.Owner, db, default);
                                }
                            }
                        })
                )
        );

        // Before the work of the new currency has come by and after it.
        await Compare(house, house.Owner, new(new(2020, 1, 1), new(2030, 1, 1)));
        await house.RunJobs();
        await Compare(house, house.Owner, new(new(2020, 1, 1), new(2030, 1, 1)));
        await Compare(house, house.At(house.Auckland), new());
        (await house.Check(new())).ShouldBeEmpty();

        static async Task Try(Func<Task> deed)
        {
            try
            {
                await deed();
            }
            catch (Refusal)
            {
                // Somebody else was there first.
            }
        }
    }

    private static async Task<string> Plan(string text, ReportScope scope, object to, BellhopDb db)
    {
        if (db.Engine == "PostgreSQL")
        {
            await (await db.Sql("SET enable_seqscan = off", default)).ExecuteNonQueryAsync();
        }

        await using var reading = await db.Read((db.Engine == "PostgreSQL" ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + text, default);
        scope
            .Add(reading, db)
            .With("from", db.Stored(scope.From))
            .With("to", to)
            .With("currency", scope.Currency)
            .With("property", db.Stored(Guid.Empty));
        var at = db.Engine == "PostgreSQL" ? 0 : 3;
        return string.Join('\n', await reading.ToList(row => row.GetString(at), default));
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

    private static Task Receive(Stay stay, string? key, TestHouse house, BellhopDb db) =>
        ReceiveBooking.Run(
            new(
                stay.InLisbon ? house.Lisbon : house.Auckland,
                Sources[stay.Source],
                Statuses[stay.Status],
                Text(house.Day(stay.Day)),
                Text(house.Day(stay.Day + stay.Nights)),
                new(stay.Amount, Currencies[stay.Currency]),
                stay.Guest == 0 ? new() : new("Guest " + stay.Guest, $"+3519123456{stay.Guest:00}"),
                key,
                BookedAt: new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)
            ),
            house.Owner,
            db,
            default
        );

    private static async Task Compare(TestHouse house, Actor who, ReportQuery query)
    {
        await using var db = house.Open();
        var mine = (await db.Bookings.AsNoTracking().ToListAsync())
            .Where(b => b.IsCounted && who.Sees(b.PropertyId) && (query.PropertyIds is null || query.PropertyIds.Contains(b.PropertyId)))
            .ToList();
        var currency = (await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == house.OrganizationId)).Currency;
        var months = await ReportBookings.Run(query, who, db, default);
        var counted = mine.Where(b => b.Arrival >= months.From && b.Arrival <= months.To).ToList();

        months
            .Items.Where(i => i.Bookings > 0)
            .Select(i => (i.Month!, i.Bookings, i.Nights, i.Revenue.Minor))
            .ShouldBe(Sums(counted, Worth, b => Month(b.Arrival)).OrderBy(s => s.Item1, StringComparer.Ordinal));
        (await ReportBookings.Run(query with { By = ReportBy.Source }, who, db, default))
            .Items.Select(i => (i.Source!.ToString()!, i.Bookings, i.Nights, i.Revenue.Minor))
            .ShouldBe(Sums(counted, Worth, b => b.Source.ToString()), ignoreOrder: true);
        (await ReportBookings.Run(query with { By = ReportBy.Property }, who, db, default))
            .Items.Select(i => (i.Property!.Id.ToString(), i.Bookings, i.Nights, i.Revenue.Minor))
            .ShouldBe(Sums(counted, Worth, b => b.PropertyId.ToString()), ignoreOrder: true);
        (months.Total.Bookings, months.Total.Revenue.Minor).ShouldBe((counted.Count, counted.Sum(Worth)));
        months
            .Unconverted.Select(u => (u.Currency, u.Bookings, u.Total.Minor))
            .ShouldBe(
                counted
                    .Where(b => b.ConvertedCurrency != currency)
                    .GroupBy(b => b.Currency)
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => (g.Key, g.Count(), g.Sum(b => b.Total)))
            );

        long Worth(Booking booking) => booking.ConvertedCurrency == currency ? booking.Converted ?? 0 : 0;
        var guests = await ReportGuests.Run(query, who, db, default);
        var all = await SeeReports.Run(query, who, db, default);
        all.Months.Items.ShouldBe(months.Items);
        all.Guests.Items.ShouldBe(guests.Items);
        foreach (var item in guests.Items)
        {
            var here = counted.Where(b => Month(b.Arrival) == item.Month).ToList();
            var first = here.Where(b => b.ContactId is { } guest && mine.Where(m => m.ContactId == guest).Min(m => m.Arrival) == b.Arrival)
                .Select(b => b.ContactId)
                .Distinct()
                .Count();
            var known = mine.Where(b =>
                    b.ContactId is not null && b.Arrival <= guests.To && string.CompareOrdinal(Month(b.Arrival), item.Month) <= 0
                )
                .ToList();
            var number = known.Select(b => b.ContactId).Distinct().Count();
            var average = number == 0 ? 0 : (long)decimal.Round((decimal)known.Sum(Worth) / number, MidpointRounding.AwayFromZero);
            (item.Month, item.New, item.Returning, item.WithoutGuest, item.Guests, item.AverageLifetimeValue.Minor).ShouldBe(
                (item.Month, first, here.Count(b => b.ContactId is not null) - first, here.Count(b => b.ContactId is null), number, average)
            );
        }
    }

    private static IEnumerable<(string, int, long, long)> Sums(
        IEnumerable<Booking> bookings,
        Func<Booking, long> worth,
        Func<Booking, string> key
    ) => bookings.GroupBy(key).Select(g => (g.Key, g.Count(), g.Sum(b => (long)b.Nights), g.Sum(worth)));

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
