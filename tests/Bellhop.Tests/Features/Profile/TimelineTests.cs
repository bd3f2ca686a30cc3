using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Segments;
using Bellhop.Features.Intake;
using Bellhop.Features.Notes;
using Bellhop.Features.Profile;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using static Bellhop.Tests.Features.Profile.ProfilePages;

namespace Bellhop.Tests.Features.Profile;

public class TimelineTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_timeline_has_every_touch_and_change_once_newest_first(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        Guid guest = default;
        for (var i = 0; i < 12; i++)
        {
            guest = (await house.Book(i % 2, "Ana", "+351912345678", source: i % 2 == 0 ? "Website" : "BookingCom")).ContactId!.Value;
            house.Clock.Advance(TimeSpan.FromMinutes(i % 3));
        }

        await EditContact.Run(guest, new(Name: "Ana Silva"), house.Owner, db, IfMatch.Any, default);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await TagContact.Run(guest, "VIP", house.Owner, db, default);
        await AddNote.Run(guest, new("Likes tea"), house.Owner, db, default);

        var all = await ReadPages(4, query => ListTimeline.Run(guest, query, house.Owner, db, house.Cursors, default));
        all.Count(r => r.Touch is not null).ShouldBe(12);
        all.Select(r => r.Id).ShouldBeUnique();
        all.ShouldBe(all.OrderByDescending(r => r.At).ThenByDescending(r => r.Id));
        all.Where(r => r.Event is not null)
            .Select(r => r.Event!.Action)
            .Order()
            .ShouldBe(["contact.becameKnown", "contact.updated", "contact.updated", "note.created"]);
        all.SelectMany(r => r.Event?.Changes ?? new Dictionary<string, string?[]>())
            .Single(c => c.Key == "name")
            .Value.ShouldBe(["Ana", "Ana Silva"]);
        all.SelectMany(r => r.Event?.Changes ?? new Dictionary<string, string?[]>())
            .Single(c => c.Key == "tags")
            .Value.ShouldBe([null, "VIP"]);

        var limited = await ReadPages(4, query => ListTimeline.Run(guest, query, house.LimitedTo(1), db, house.Cursors, default));
        limited.Where(r => r.Touch is not null).ShouldAllBe(r => r.Touch!.Property.Id == house.Properties[1].Id);
        limited.Count(r => r.Touch is not null).ShouldBe(6);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_becomes_of_a_booking_stands_in_the_timeline_of_those_who_see_its_property(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        var here = await house.Book(0, "Ana", "+351912345678");
        var there = await house.Book(1, "Ana", "+351912345678");
        var other = await house.Book(0, "Ben", "+351912345679");
        foreach (
            var (booking, change) in new (Guid, ChangeBooking.Input)[]
            {
                (here.Id, new(Total: new MoneyInput(150, "EUR"))),
                (there.Id, new(Status: "Cancelled")),
                (other.Id, new(Status: "Cancelled")),
                (here.Id, new(Status: "Cancelled")),
            }
        )
        {
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            await ChangeBooking.Run(booking, change, house.Owner, db, IfMatch.Any, default);
        }

        var all = await ReadPages(1, query => ListTimeline.Run(here.ContactId!.Value, query, house.Owner, db, house.Cursors, default));
        all.Where(r => r.Event?.Booking is not null)
            .Select(r => (r.Event!.Action, r.Event.Booking!.Id, r.Event.Booking.Property.Name, string.Join(',', r.Event.Fields)))
            .ShouldBe([
                ("booking.updated", here.Id, "Harbour", "status"),
                ("booking.updated", there.Id, "Kiwi", "status"),
                ("booking.updated", here.Id, "Harbour", "total"),
            ]);
        all.Count(r => r.Touch is not null).ShouldBe(2);
        all.ShouldBe(all.OrderByDescending(r => r.At).ThenByDescending(r => r.Id));

        var limited = await ReadPages(
            2,
            query => ListTimeline.Run(here.ContactId!.Value, query, house.LimitedTo(1), db, house.Cursors, default)
        );
        limited
            .Where(r => r.Event?.Action != "contact.becameKnown")
            .Select(r => r.Event?.Booking?.Id ?? r.Touch!.BookingId)
            .ShouldBe([there.Id, there.Id]);
    }
}
