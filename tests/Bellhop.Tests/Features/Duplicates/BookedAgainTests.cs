using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Platform;
using Bellhop.Tests.Features.Duplicates.Merging;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Duplicates;

/// <summary>A stay of two guests who are known already is found without a sweep.</summary>
public class BookedAgainTests
{
    private const string Phone = "+33612345678",
        OtherPhone = "+33612345687";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_new_booking_of_a_known_guest_compares_the_guest_and_so_does_one_that_is_moved(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        await pair.Guest(Phone, "Zoé Quatremarre", null);
        await pair.Guest(OtherPhone, "Zoe Quatremarre", null);
        await app.RunJobs();
        (await Reasons(app)).ShouldNotContain("same-stay");

        await Book(pair, Phone, "2026-09-01");
        await app.RunJobs();
        (await Reasons(app)).ShouldNotContain("same-stay", "of one of them only");

        var booked = await Book(pair, OtherPhone, "2026-09-01");
        await app.RunJobs();
        (await Reasons(app)).ShouldContain("same-stay");

        await Change(pair, booked, new(Arrival: new(true, "2026-09-02")));
        await app.RunJobs();
        (await Reasons(app)).ShouldNotContain("same-stay", "their days differ now");

        await Change(pair, booked, new(Arrival: new(true, "2026-09-01")));
        await app.RunJobs();
        (await Reasons(app)).ShouldContain("same-stay");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_changes_neither_the_days_nor_the_reference_of_a_booking_compares_nobody(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var pair = await Pair.Make(app);
        var booked = await Book(pair, Pair.AnasPhone, "2026-09-01");
        await app.RunJobs();

        await Change(pair, booked, new(Status: new(true, "Cancelled")));
        await using var db = app.Open();
        (await db.DuplicateChecks.AnyAsync()).ShouldBeFalse();

        await Change(pair, booked, new(Departure: new(true, "2026-09-09")));
        (await db.DuplicateChecks.SingleAsync()).ContactId.ShouldBe(pair.Ana);
    }

    private static async Task<string[]> Reasons(TestApp app)
    {
        await using var db = app.Open();
        return (await db.LikelyDuplicates.AsNoTracking().SingleOrDefaultAsync(d => d.Reasons.Contains("phone-alike")))?.Reasons.Split(',')
            ?? [];
    }

    private static async Task<Guid> Book(Pair pair, string phone, string arrival)
    {
        await using var db = pair.App.Open();
        var booking = new ReceiveBooking.Input(
            pair.House.Lisbon,
            "Website",
            "Confirmed",
            arrival,
            "2026-09-05",
            new(100, "EUR"),
            new(null, phone),
            $"again {Guid.NewGuid()}"
        );
        return (await ReceiveBooking.Run(booking, pair.Who, db, default)).Value.Id;
    }

    private static async Task Change(Pair pair, Guid booking, ChangeBooking.Input change)
    {
        await using var db = pair.App.Open();
        await ChangeBooking.Run(booking, change, pair.Who, db, IfMatch.Any, default);
    }
}
