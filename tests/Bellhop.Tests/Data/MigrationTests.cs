using Bellhop.Features.Bookings;
using Bellhop.Features.Profile;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bellhop.Tests.Data;

public class MigrationTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_an_older_version_wrote_of_bookings_is_in_the_timeline_after_the_step_up(string engine)
    {
        await using var house = await TestHouse.MakeNew(engine);
        await house.Book("b1", phone: "912345678");
        var booking = await house.Book("b1", phone: "912345678", amount: 99);
        await using var db = house.Open();
        await db.GetService<IMigrator>().MigrateAsync("20261124011000_Reports");

        await db.Migrate(held: false, default);

        var timeline = await ListTimeline.Run(booking.ContactId!.Value, new PageQuery(25), house.Owner, db, new Cursors(new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(), house.Clock), default);
        timeline.Items.ShouldContain(row => row.Event != null && row.Event.Action == "booking.updated" && row.Event.Booking!.Id == booking.Id);
        if (engine == "postgres")
        {
            // The step may take as long as it needs; what comes after it may not.
            (await db.Database.SqlQuery<string>($"SELECT current_setting('statement_timeout') AS \"Value\"").SingleAsync()).ShouldBe("30s");
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_an_older_version_booked_is_in_the_figures_after_the_step_up(string engine)
    {
        await using var house = await TestHouse.MakeNew(engine);
        await house.Book("b1", phone: "+351912345678");
        await house.Book("b2", phone: "+351912345678", arrival: house.Day(-90), inLisbon: false, currency: "NZD");
        await house.Book("b3", phone: "+351912345679", status: "Cancelled");
        await house.Book("b4", phone: null, name: null);
        await using var db = house.Open();
        await db.GetService<IMigrator>().MigrateAsync("20261124020000_BookingEventsOfGuest");

        await db.Migrate(held: false, default);

        (await house.Check(new())).ShouldBeEmpty();
        (await db.ArrivalDays.SumAsync(d => d.Bookings)).ShouldBe(3);
        (await db.Contacts.Select(c => c.FirstArrival).ToListAsync()).ShouldBe([house.Day(-90), null], ignoreOrder: true);
    }
}
