using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Bellhop.Tests.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Intake;

/// <summary>Whom a key leads to when its guest goes or changes, and another only claimed it.</summary>
public class FreeIdentityTests
{
    private const string Phone = "+351912345678";
    private const string Address = "ana@guests.example";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_guests_key_goes_to_whom_claimed_it_as_a_claim_with_nothing_of_the_guest_in_it(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var claimer = await Claim(house, "912 345 678", Address);
        (await Identities(house)).ShouldAllBe(i => i.ContactId == claimer && i.Claimed);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var guest = (await house.Book("p1", phone: "tel:00351-912345678", email: "ANA@guests.example")).ContactId!.Value;
        guest.ShouldNotBe(claimer);
        var taken = await Identities(house);
        taken.ShouldAllBe(i => i.ContactId == guest && !i.Claimed);
        taken.Select(i => i.AsGiven).ShouldBe(["ANA@guests.example", "00351-912345678"], "what a stranger typed stays with the stranger");

        await Delete(house, guest);

        var left = await Identities(house);
        left.ShouldAllBe(i => i.ContactId == claimer && i.Claimed);
        left.Select(i => (i.Value, i.AsGiven)).ShouldBe([(Address, Address), (Phone, Phone)]);
        (await Claim(house, "912 345 678", Address)).ShouldBe(claimer);
        var again = (await house.Book("p2", phone: Phone, email: Address)).ContactId!.Value;
        again.ShouldNotBe(claimer, "what is claimed leads no proven touch there");
        (await Identities(house)).ShouldAllBe(i => i.ContactId == again && !i.Claimed);
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guest_who_only_claimed_a_key_that_led_elsewhere_gets_it_as_a_claim(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("p1", phone: Phone, email: Address)).ContactId!.Value;
        var claimer = await Claim(house, "912 345 679", Address);
        claimer.ShouldNotBe(guest);

        await Delete(house, guest);

        var email = (await Identities(house)).Single(i => i.Kind == IdentityKind.Email);
        (email.ContactId, email.Claimed).ShouldBe((claimer, true));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_has_proven_a_key_comes_before_an_older_guest_who_only_claimed_it(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var claimer = await Claim(house, "912 345 670", Address);
        var owner = (await house.Book("p1", phone: Phone, email: Address)).ContactId!.Value;
        var other = (await house.Book("p2", phone: "+351912345679", email: Address)).ContactId!.Value;
        new[] { claimer, owner, other }.Distinct().Count().ShouldBe(3);

        await Delete(house, owner);

        var email = (await Identities(house)).Single(i => i.Kind == IdentityKind.Email);
        (email.ContactId, email.Claimed).ShouldBe((other, false));
        await Delete(house, other);
        email = (await Identities(house)).Single(i => i.Kind == IdentityKind.Email);
        (email.ContactId, email.Claimed).ShouldBe((claimer, true), "and the claim is still known for one");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_edit_and_an_undone_import_give_a_key_back_as_the_claim_that_it_was(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var claimer = await Claim(house, "912 345 678", Address);
        var guest = (await house.Book("p1", phone: Phone)).ContactId!.Value;
        await using (var db = house.Open())
        {
            await EditContact.Run(guest, new(Phone: "+351912345671"), house.Owner, db, IfMatch.Any, default);
        }

        var phone = (await Identities(house)).Single(i => i.Value == Phone);
        (phone.ContactId, phone.Claimed).ShouldBe((claimer, true));

        var import = await house.Import($"name,phone,email\r\nAna,{Phone},{Address}\r\n");
        import.Created.ShouldBe(1);
        (await Identities(house)).ShouldAllBe(i => i.ContactId != claimer && !i.Claimed);
        await house.Reverse(import.Id);
        (await Identities(house))
            .Where(i => i.ContactId == claimer)
            .Select(i => (i.Value, i.Claimed))
            .ShouldBe([(Address, true), (Phone, true)]);

        import = await house.Import($"name,phone,email\r\nAna,+351912345671,{Address}\r\n");
        (await Identities(house)).Single(i => i.Value == Address).ContactId.ShouldBe(guest);
        await house.Reverse(import.Id);
        var email = (await Identities(house)).Single(i => i.Value == Address);
        (email.ContactId, email.Claimed).ShouldBe((claimer, true));
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_proves_a_key_later_has_more_than_a_claim_when_its_owner_goes(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var owner = (await house.Book("p1", phone: Phone, email: Address)).ContactId!.Value;
        var claimer = await Claim(house, "912 345 679", Address);
        await using (var db = house.Open())
        {
            var booking = await db.Bookings.SingleAsync(b => b.ContactId == claimer);
            await ConfirmGuest.Run(booking.Id, new(["email"]), house.Owner, db, default);
        }

        await Delete(house, owner);

        var email = (await Identities(house)).Single(i => i.Kind == IdentityKind.Email);
        (email.ContactId, email.Claimed).ShouldBe((claimer, false));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_doctor_mends_a_lost_key_of_a_guest_known_by_the_form_alone_as_a_claim(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var claimer = await Claim(house, "912 345 678", Address);
        var guest = (await house.Book("p1", phone: "+351912345679")).ContactId!.Value;
        await using (var db = house.Open())
        {
            await db.Identities.ExecuteDeleteAsync();
            await db.Touches.ExecuteDeleteAsync();
        }

        (await house.Check(new(Fix: true))).ShouldNotBeEmpty();

        (await Identities(house)).Select(i => (i.ContactId, i.Claimed)).ShouldBe([(claimer, true), (claimer, true), (guest, false)]);
        (await house.Check(new())).ShouldBeEmpty();
    }

    private static async Task<Guid> Claim(TestHouse house, string phone, string email)
    {
        await using var db = house.Open();
        var who = new Actor(
            ActorKind.System,
            Guid.Empty,
            "Booking form",
            house.OrganizationId,
            new([Permission.BookingsManage]),
            [house.Lisbon]
        );
        var booking = await BookOnline.Run(
            house.Lisbon,
            new(Guid.CreateVersion7(), "Mallory", email, phone, $"{house.Day(10):yyyy-MM-dd}", $"{house.Day(12):yyyy-MM-dd}"),
            who,
            db,
            default
        );
        return booking.ContactId!.Value;
    }

    private static async Task Delete(TestHouse house, Guid contact)
    {
        await using var db = house.Open();
        await DeleteContact.Run(contact, house.Owner, db, IfMatch.Any, default);
    }

    /// <summary>All identities: addresses, then phones.</summary>
    private static async Task<List<Identity>> Identities(TestHouse house)
    {
        await using var db = house.Open();
        return [.. (await db.Identities.AsNoTracking().ToListAsync()).OrderBy(i => i.Kind.ToString()).ThenBy(i => i.Value)];
    }
}
