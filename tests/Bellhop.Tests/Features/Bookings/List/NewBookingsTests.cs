using Bellhop.Features.Bookings;

namespace Bellhop.Tests.Features.Bookings;

public class NewBookingsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_came_since_somebody_looked_is_told_where_it_belongs(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        await house.Book("b1", status: "Pending");
        var (all, pending) = (new BookingFilter(), new BookingFilter(Statuses: [BookingStatus.Pending]));
        var (first, second) = (new NewBookings(), new NewBookings());
        first.Begin(await SeeNewBookings.Run(all, null, house.Owner, db, default));
        second.Begin(await SeeNewBookings.Run(pending, null, house.Owner, db, default));

        await house.Book("b1", status: "Confirmed"); // no new one
        var came = await house.Book("b2", inLisbon: false, currency: "NZD");
        await house.Book("b3", status: "Pending", who: house.Owner);

        first.Hear(await SeeNewBookings.Run(all, first.Since, house.Owner, db, default), new HashSet<Guid>());
        second.Hear(await SeeNewBookings.Run(pending, second.Since, house.Owner, db, default), new HashSet<Guid>());
        (first.Number, second.Number).ShouldBe((2, 1));
        first.Hear(await SeeNewBookings.Run(all, first.Since, house.At(house.Lisbon), db, default), new HashSet<Guid>());
        first.Number.ShouldBe(1);
        first.Hear(await SeeNewBookings.Run(all, first.Since, house.Owner, db, default), new HashSet<Guid> { came.Id });
        first.Number.ShouldBe(1);
    }
}
