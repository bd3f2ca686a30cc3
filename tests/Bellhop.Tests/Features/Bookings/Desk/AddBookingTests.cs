using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Bookings;

public sealed class AddBookingTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_walk_in_is_booked_in_the_propertys_currency_and_found_again_by_phone(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        var first = (
            await AddBooking.Run(Input(house, house.Auckland, name: "Zoë Muñoz", phone: "021 123 4567"), house.Owner, db, default)
        ).Value;
        (first.Source, first.Status, first.Total, first.Guest!.Phone).ShouldBe(
            (Source.WalkIn, BookingStatus.Confirmed, new Money(9000, "NZD"), "+64211234567")
        );
        var second = (
            await AddBooking.Run(
                Input(house, house.Lisbon, source: "Phone", name: "Zoe", phone: "+64 21 123 4567"),
                house.Owner,
                db,
                default
            )
        ).Value;
        (second.ContactId, second.Source).ShouldBe((first.ContactId, Source.Phone));
        (await db.Contacts.AsNoTracking().SingleAsync()).Source.ShouldBe(Source.WalkIn);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_whom_staff_chose_is_the_guest_whoever_else_has_their_phone_or_none(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var nameless = (await house.Book("a", phone: null, name: "Only A Name")).ContactId!.Value;
        await house.Book("b", phone: "+351912345678", name: "Ana");
        await using var db = house.Open();

        var made = (await AddBooking.Run(Input(house, house.Lisbon) with { ContactId = nameless }, house.Owner, db, default)).Value;

        (made.ContactId, made.Guest!.Name).ShouldBe((nameless, "Only A Name"));
        (await db.Contacts.AsNoTracking().SingleAsync(c => c.Id == nameless)).Bookings.ShouldBe(2);
        (await db.Contacts.CountAsync()).ShouldBe(2);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_typed_is_checked_whole_and_nothing_is_written_on_a_refusal(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var elsewhere = (await house.Book("a", inLisbon: false)).ContactId!.Value;
        await using var db = house.Open();

        var wrong = new AddBooking.Input(
            house.Lisbon,
            "Website",
            "Gone",
            "1.7.2026",
            "2026-07-01",
            null,
            Phone: "12",
            Email: "nobody",
            Adults: -1
        );
        (await Refused(wrong, house.Owner))
            .Errors.Keys.Order(StringComparer.Ordinal)
            .ShouldBe(["adults", "arrival", "guest.email", "guest.phone", "source", "status", "total"]);
        (await Refused(Input(house, house.Lisbon), house.Owner)).Errors.Keys.ShouldBe(["guest.name"]);
        (await Refused(Input(house, house.Lisbon, name: "Ana") with { Total = 1.005m }, house.Owner)).Errors.Keys.ShouldBe([
            "total.amount",
        ]);
        (await Refused(Input(house, Guid.CreateVersion7(), name: "Ana"), house.Owner)).Status.ShouldBe(404);
        (await Refused(Input(house, house.Auckland, name: "Ana"), house.At(house.Lisbon))).Status.ShouldBe(404);
        (await Refused(Input(house, house.Lisbon) with { ContactId = elsewhere }, house.At(house.Lisbon))).Status.ShouldBe(404);
        (
            await Refused(Input(house, house.Lisbon, name: "Ana"), house.Owner with { Permissions = new([Permission.BookingsView]) })
        ).Status.ShouldBe(403);
        (
            await Refused(
                Input(house, house.Lisbon) with
                {
                    ContactId = elsewhere,
                },
                house.Owner with
                {
                    Permissions = new([Permission.BookingsManage]),
                }
            )
        ).Status.ShouldBe(403);
        (await db.Bookings.CountAsync(), await db.Contacts.CountAsync()).ShouldBe((1, 1));

        async Task<Refusal> Refused(AddBooking.Input input, Actor who) =>
            await Should.ThrowAsync<Refusal>(() => AddBooking.Run(input, who, db, default));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Guests_are_found_while_typing_whatever_their_accents_and_only_those_one_may_see(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var zoe = (await house.Book("z", phone: "+64211234567", email: "zoe@harbour.example", name: "Zoë Muñoz", inLisbon: false))
            .ContactId!
            .Value;
        for (var i = 0; i < 10; i++)
        {
            await house.Book("a" + i, phone: $"+35191234560{i}", name: "José " + i);
        }

        (await Found("munoz")).ShouldBe([zoe]);
        (await Found("ZOE")).ShouldBe([zoe]);
        (await Found("021 123-4567")).ShouldBe([zoe]);
        (await Found("zoe@harbour")).ShouldBe([zoe]);
        (await Found("jose")).Count.ShouldBe(8);
        (await Found("z")).ShouldBeEmpty();
        (await Found(null)).ShouldBeEmpty();
        (await Found("munoz", house.At(house.Lisbon))).ShouldBeEmpty();
        (await Found("munoz", house.At(house.Auckland))).ShouldBe([zoe]);
        foreach (var permission in new[] { Permission.BookingsManage, Permission.ContactsView })
        {
            (await Should.ThrowAsync<Refusal>(() => Found("munoz", house.Owner with { Permissions = new([permission]) }))).Status.ShouldBe(
                403
            );
        }

        async Task<List<Guid>> Found(string? q, Actor? who = null)
        {
            await using var db = house.Open();
            return [.. (await FindGuests.Run(q, who ?? house.Owner, db, default)).Select(g => g.Id)];
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_is_here_or_comes_stands_first_by_what_one_may_see_of_it(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var today = house.Day(0);
        await house.Book("later", phone: "+351912345621", arrival: house.Day(90), name: "Rui Depois");
        await house.Book("here", phone: "+351912345622", arrival: today, name: "Rui Aqui");
        await house.Book("soon", phone: "+351912345623", arrival: house.Day(1), name: "Rui Amanhã");
        await house.Book("away", phone: "+351912345624", arrival: today, name: "Rui Longe", inLisbon: false);
        await house.Book("away-before", phone: "+351912345624", arrival: house.Day(-60), name: "Rui Longe");

        (await Found(house.Owner)).Select(g => g.Name).Take(2).ShouldBe(["Rui Aqui", "Rui Longe"], ignoreOrder: true);
        var lisbon = await Found(house.At(house.Lisbon));
        lisbon.Select(g => g.Name).Take(3).ShouldBe(["Rui Aqui", "Rui Amanhã", "Rui Depois"]);
        lisbon.Select(g => g.IsActive).Take(3).ShouldBe([true, true, true]);
        lisbon.Where(g => g.Name == "Rui Longe").ShouldAllBe(g => !g.IsActive && g.LastArrival != today);

        async Task<IReadOnlyList<FindGuests.Row>> Found(Actor who)
        {
            await using var db = house.Open();
            return await FindGuests.Run("rui", who, db, default);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_history_says_who_changed_what_from_what_to_what_until_the_guest_is_deleted(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var booking = await house.Book("a", arrival: house.Day(3));
        await using var db = house.Open();
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await ChangeBooking.Run(
            booking.Id,
            new(Departure: $"{house.Day(9):yyyy-MM-dd}", Total: new MoneyInput(250.5m, "EUR")),
            house.Owner,
            db,
            IfMatch.Any,
            default
        );
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await house.Book("a", status: "Cancelled", arrival: house.Day(3));

        var rows = await History(house.Owner);
        rows.Select(r => r.Action).ShouldBe(["booking.updated", "booking.updated", "booking.created"]);
        rows[0].Changes["status"].ShouldBe(["Confirmed", "Cancelled"]);
        rows[1].WhoName.ShouldBe("Owner");
        rows[1].Changes["departure"].ShouldBe([$"{house.Day(6):yyyy-MM-dd}", $"{house.Day(9):yyyy-MM-dd}"]);
        rows[1].Changes["total"].ShouldBe(["100.00 EUR", "250.50 EUR"]);
        var page = await ListBookingHistory.Run(booking.Id, new(2), house.Owner, db, Cursors, default);
        (await ListBookingHistory.Run(booking.Id, new(2, page.NextCursor), house.Owner, db, Cursors, default))
            .Items.Single()
            .Id.ShouldBe(rows[2].Id);
        (await Should.ThrowAsync<Refusal>(() => History(house.At(house.Auckland)))).Status.ShouldBe(404);
        (await Should.ThrowAsync<Refusal>(() => History(house.Owner with { Permissions = PermissionSet.None }))).Status.ShouldBe(403);

        await DeleteContact.Run(booking.ContactId!.Value, house.Owner, db, IfMatch.Any, default);
        (await History(house.Owner)).ShouldAllBe(r => r.Changes.Count == 0);

        async Task<IReadOnlyList<ListBookingHistory.Row>> History(Actor who) =>
            (await ListBookingHistory.Run(booking.Id, new(), who, db, Cursors, default)).Items;
    }

    private static readonly Cursors Cursors = new(
        new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(),
        TimeProvider.System
    );

    private static AddBooking.Input Input(
        TestHouse house,
        Guid property,
        string source = "WalkIn",
        string? name = null,
        string? phone = null
    ) =>
        new(
            property,
            source,
            "Confirmed",
            $"{house.Day(0):yyyy-MM-dd}",
            $"{house.Day(2):yyyy-MM-dd}",
            90,
            null,
            name,
            phone,
            null,
            "Dorm 4",
            2,
            0,
            "Arrives late"
        );
}
