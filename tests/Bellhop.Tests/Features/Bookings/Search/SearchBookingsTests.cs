using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Doctor;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Contacts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Bellhop.Tests.Features.Bookings;

/// <summary>A booking is found by what its row shows, also where its guest's record says otherwise.</summary>
public sealed class SearchBookingsTests
{
    private const string Phone = "+351912345678";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_is_found_by_the_guest_as_booked_where_the_contact_says_otherwise(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await house.Book(0, "Ana Silva", Phone, "ana@harbour.example");
        var other = await house.Book(0, "Zoë O’Müller-Łuk", Phone, "office@elsewhere.example");
        var odd = await house.Book(1, "Ana Silva", "call the desk: 77-34", "not an address");
        var lines = await house.Book(2, "Rui Costa", "+351 213 000 111\n+49 30 901820", null);
        other.ContactId.ShouldNotBe(odd.ContactId);

        foreach (
            var typed in new[]
            {
                "zoe",
                "muller",
                "mueller zoe",
                "omuller",
                "o'mueller",
                "MUELLER-LUK, ZOE",
                "zoe elsewhere",
                "office silva zoë",
            }
        )
        {
            await Finds(typed, other.Id);
        }

        foreach (var typed in new[] { "7734", "77-34", "desk", "not an address", "silva desk", "call 77 34" })
        {
            await Finds(typed, odd.Id);
        }

        foreach (var typed in new[] { "0049 30 901820", "+49 (0)30 90 18 20", "213 000 111", "rui 901820", "ru" })
        {
            await Finds(typed, lines.Id);
        }

        (await Found(house, "zoe costa")).ShouldBeEmpty();
        (await Found(house, "muller 901820")).ShouldBeEmpty();

        async Task Finds(string typed, Guid id)
        {
            (await Found(house, typed)).ShouldBe([id], typed);
            (await FoundByIndex(house, typed)).ShouldAllBe(found => found.Count == 1 && found[0] == id, typed);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_is_found_by_its_room_type(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var dorm = await Room("6-Bed Dörm (sea view)", "Ana Silva");
        var suite = await Room("Suíte Júnior", "Rui Costa");

        foreach (var typed in new[] { "dorm", "doerm", "6bed", "6-bed", "bed 6", "sea", "ana dorm", "view silva" })
        {
            (await Found(house, typed)).ShouldBe([dorm], typed);
        }

        (await Found(house, "suite")).ShouldBe([suite]);
        (await Found(house, "junior costa")).ShouldBe([suite]);
        (await Found(house, "ed")).ShouldBeEmpty();
        (await Found(house, "ana suite")).ShouldBeEmpty();

        var changed = await Room("Family", "Rui Costa", key: "Rui Costa");
        changed.ShouldBe(suite);
        (await Found(house, "family")).ShouldBe([suite]);
        (await Found(house, "suite")).ShouldBeEmpty();
        var blind = house.Owner with { Permissions = new PermissionSet([Permission.BookingsView]) };
        (await Found(house, "family", blind)).ShouldBeEmpty("words are searched for by those who may see guests");

        async Task<Guid> Room(string room, string name, string? key = null)
        {
            await using var db = house.Database.Open();
            var input = new ReceiveBooking.Input(
                house.Properties[0].Id,
                "Website",
                "Confirmed",
                "2026-06-20",
                "2026-06-21",
                new(90, "EUR"),
                new(name),
                key ?? name,
                RoomType: room
            );
            return (await ReceiveBooking.Run(input, house.Owner, db, default)).Value.Id;
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_keeps_words_of_its_own_only_where_its_guest_lacks_them(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var first = await house.Book(0, "Ana Müller", Phone, "ana@harbour.example");
        var same = await house.Book(0, "ANA MULLER", "912 345 678", "Ana@Harbour.example");
        var part = await house.Book(0, "Ana", Phone);
        var other = await house.Book(0, "Ana Maria Müller", Phone);

        (await Own(house, first.Id)).ShouldBeNull();
        (await Own(house, same.Id)).ShouldBeNull();
        (await Own(house, part.Id)).ShouldBeNull();
        (await Own(house, other.Id)).ShouldNotBeNull().ShouldContain("maria");
        await Doctor(house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_booking_is_still_found_by_its_words_when_its_guest_loses_them(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var booking = await house.Book(0, "Ana Müller", Phone, "ana@harbour.example");
        await using (var db = house.Database.Open())
        {
            await EditContact.Run(
                booking.ContactId!.Value,
                new("Bia Reis", Email: "bia@harbour.example"),
                house.Owner,
                db,
                IfMatch.Any,
                default
            );
        }

        foreach (var typed in new[] { "mueller", "ana@harbour", "bia", "bia ana", "912 345 678 bia" })
        {
            (await Found(house, typed)).ShouldBe([booking.Id], typed);
            (await FoundByIndex(house, typed)).ShouldAllBe(found => found.Count == 1, typed);
        }

        await Doctor(house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nothing_of_a_deleted_guest_is_searched_for_in_the_bookings_that_stay(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await house.Book(0, "Ana Silva", Phone);
        var other = await house.Book(0, "Zuzana Nováková", Phone, "zuzana@elsewhere.example");
        (await Own(house, other.Id)).ShouldNotBeNull();
        await using (var db = house.Database.Open())
        {
            await DeleteContact.Run(other.ContactId!.Value, house.Owner, db, IfMatch.Any, default);
        }

        (await Own(house, other.Id)).ShouldBeNull();
        (await Found(house, "zuzana")).ShouldBeEmpty();
        (await Found(house, "silva")).ShouldBeEmpty();
        await Doctor(house);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_missing_text_or_room_type_is_found_and_mended(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await house.Book(0, "Ana Silva", Phone);
        var other = await house.Book(0, "Zuzana", Phone);
        await using var db = house.Database.Open();
        await db.Bookings.Where(b => b.Id == other.Id).ExecuteUpdateAsync(s => s.SetProperty(b => b.RoomType, "Twin"));
        await db.Bookings.ExecuteUpdateAsync(s => s.SetProperty(b => b.Search, (string?)null));

        var wrong = await CheckFigures.Run(new(Fix: true), house.Owner, db, default).ToListAsync();

        wrong.Select(d => (d.Entity, d.Field)).ShouldBe([("booking", "searchText"), ("booking", "roomType")], ignoreOrder: true);
        await Doctor(house);
        (await Found(house, "zuzana")).ShouldBe([other.Id]);
        (await Found(house, "twin")).ShouldBe([other.Id]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Bookings_of_an_older_version_are_found_alike_after_the_step_up(string engine)
    {
        await using var house = await TestHouse.MakeNew(engine);
        await house.Book("b1", name: "Ana Silva");
        var other = await house.Book("b2", name: "Zuzana");
        await using (var db = house.Open())
        {
            var steps = db.Database.GetMigrations().ToList();
            var at = steps.FindIndex(m => m.EndsWith("_BookingSearch", StringComparison.Ordinal));
            await db.GetService<IMigrator>().MigrateAsync(steps[at - 1]);
            await db.Database.ExecuteSqlAsync($"UPDATE bookings SET room_type = 'Twin' WHERE external_id = 'b1'");
            await db.GetService<IMigrator>().MigrateAsync(steps[^1]);
        }

        (await house.Check(new())).Count.ShouldBe(2, "nothing of what was is found yet");
        await house.RunJobs();

        await using var after = house.Open();
        (await house.Check(new())).ShouldBeEmpty();
        (await after.Bookings.Where(b => b.Search != null).Select(b => b.Id).ToListAsync()).ShouldBe([other.Id]);
        (await after.RoomTypes.Select(t => t.Name).ToListAsync()).ShouldBe(["Twin"]);
    }

    private static async Task<List<Guid>> Found(GuestHouse house, string typed, Actor? who = null)
    {
        await using var db = house.Database.Open();
        var page = await ListBookings.Run(new(new(Q: typed), new(50)), who ?? house.Owner, db, house.Cursors, default);
        return [.. page.Items.Select(b => b.Id)];
    }

    /// <summary>
    /// In a house this small every word is common. Here the search indexes are asked all the same, for each word and for all together.
    /// </summary>
    private static async Task<List<List<Guid>>> FoundByIndex(GuestHouse house, string typed)
    {
        await using var db = house.Database.Open();
        var asked = await BookingQuery.Of(new(Q: typed), house.Owner, db, default);
        var places = Enumerable
            .Range(0, asked.Terms.Words.Count)
            .Where(i => asked.Terms.Words[i].Kind != SearchSql.Letter)
            .Append(SearchTerms.AllWords);
        var found = new List<List<Guid>>();
        foreach (var place in places)
        {
            var page = BookingSql.Page(asked with { Plan = BookingSql.Plan.Index, Word = place }, 50, null, db);
            found.Add(await db.Read(page, row => BookingReading.Row(row, house.Owner.OrganizationId).Id, default));
        }

        return found;
    }

    private static async Task<string?> Own(GuestHouse house, Guid id)
    {
        await using var db = house.Database.Open();
        return (await db.Bookings.AsNoTracking().SingleAsync(b => b.Id == id)).Search;
    }

    private static async Task Doctor(GuestHouse house)
    {
        await using var db = house.Database.Open();
        (await CheckFigures.Run(new(), house.Owner, db, default).ToListAsync()).ShouldBeEmpty();
    }
}
