extern alias benches;

using Bellhop.Tests.Host;
using benches::Bellhop.Benchmarks.Loading;

namespace Bellhop.Tests;

/// <summary>Two years of two real hotels' bookings, sent as an outside system would.</summary>
public class BulkTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Two_hotels_bookings_give_exactly_their_guests_and_sent_again_change_nothing(string engine)
    {
        using var folder = new Place();
        var bookings = await TwoHotels.Read(folder.Folder);
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var place = Path.Combine(folder.Folder, "file.place");

        var first = await LoadBookings.Run(app.As(house.Owner), bookings.File, place, 8, null, TestContext.Current.CancellationToken);

        (first.Made, first.Known, first.Refused.Count).ShouldBe((bookings.Rows, 0, 0));
        await using var db = app.Open();
        var guests = await TwoHotels.GuestsOf(db);
        guests.Count.ShouldBe(bookings.Guests.Count);
        guests.Except(bookings.Guests).ShouldBeEmpty();

        var before = await app.Snapshot();
        var events = await app.Events();
        var second = await LoadBookings.Run(app.As(house.Owner), bookings.File, place, 8, null, TestContext.Current.CancellationToken);

        (second.Made, second.Known, second.Refused.Count).ShouldBe((0, bookings.Rows, 0));
        (await app.Snapshot()).ShouldBe(before);
        (await app.Events()).ShouldBe(events);
    }
}
