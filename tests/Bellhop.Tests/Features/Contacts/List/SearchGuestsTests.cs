using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Doctor;
using Bellhop.Features.Intake;
using Bellhop.Features.Palette;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>Guests are searched for as people type, and found alike in the list, the look-up, the palette and the bookings.</summary>
public sealed class SearchGuestsTests
{
    private static readonly (string Name, string? Phone, string? Email, string[] Typed)[] Found =
    [
        (
            "Anna Maria Müller",
            "+4917612345678",
            null,
            ["maria müller", "mueller anna", "MUELLER, ANNA MARIA", "muller anna", "anna 345678"]
        ),
        ("Jörg Mueller", null, "jm@harbour.example", ["müller", "jörg muller", "joerg müller", "mueller jm@harbour"]),
        ("Sean O’Brien", null, "s@harbour.example", ["O'Brien", "obrien", "o brien", "brien o", "o'b", "sean o’brien"]),
        ("Liam Obrien", null, "l@harbour.example", ["O'Brien", "o brien", "obrien liam"]),
        ("Una O Brien", null, "u@harbour.example", ["obrien", "o'brien", "brien una"]),
        ("Anne-Marie Duval", null, "a1@harbour.example", ["annemarie", "anne marie", "anne-marie", "duval anne m"]),
        ("Anne Marie Duval", null, "a2@harbour.example", ["annemarie", "anne-marie duval", "marie anne"]),
        ("Annemarie Duval", null, "a3@harbour.example", ["anne marie", "anne-marie", "duval, annemarie"]),
        ("Håkon Sørensen", null, "h@harbour.example", ["haakon", "hakon soerensen", "SOERENSEN HAAKON", "sorensen"]),
        ("Haakon Soerensen", null, "i@harbour.example", ["håkon", "sørensen", "sorensen hakon"]),
        ("Karl Straße", null, "k@harbour.example", ["strasse", "straße karl", "STRASSE, KARL"]),
        (
            "Ivan Petrov",
            "+79161234567",
            null,
            ["8 916 123-45-67", "89161234567", "007 916 123 45 67", "011 7 916 1234567", "tel:+7-916-123-45-67", "petrov 1234567"]
        ),
        ("Emma Clark", "+442079460958", null, ["+44 (0)20 7946 0958", "0044 20 7946 0958", "020.7946.0958", "(020) 7946-0958 emma"]),
        ("Rui Nunes", "+351912345678", null, ["912 345 678", "00351 912 345 678", "rui 912", "912345 nunes rui", "+351 912"]),
        ("Juan Paz", "+5491123456789", null, ["+54 11 2345 6789", "541123456789"]),
    ];

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_guest_is_found_as_people_type_the_name_and_the_phone(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var ids = new Dictionary<string, Guid>();
        foreach (var (name, phone, email, _) in Found)
        {
            ids[name] = (await house.Book(0, name, phone, email)).ContactId!.Value;
        }

        await using var db = house.Database.Open();
        var missed = new List<string>();
        foreach (var (name, typed) in Found.SelectMany(f => f.Typed.Select(t => (f.Name, t))))
        {
            var filter = new ContactFilter(Q: typed);
            var scope = await ContactScope.Of(filter, house.Owner, db, default);
            var question = await ContactQuery.Of(filter, scope, db, default);
            var query = new ListContacts.Query(filter);
            for (var word = SearchTerms.AllWords; word < question.Terms.Words.Count; word++)
            {
                if (word < 0 ? question.Terms.HasIndex : question.Terms.Words[word].Kind != SearchSql.Letter)
                {
                    var page = new ListPage(query, scope, question, ContactQuery.ByIndex(question.CriteriaOver(scope), word), db);
                    await page.Read(null, default);
                    Expect($"index {word}", page.Rows.Select(r => r.Id));
                }
            }

            Expect("list", (await house.List(query)).Items.Select(r => r.Id));
            Expect("look-up", (await FindGuests.Run(typed, house.Owner, db, default)).Select(r => r.Id));
            Expect("palette", (await FindAnything.Run(typed, house.Owner, db, house.Cursors, default)).Guests.Select(r => r.Id));
            var bookings = await ListBookings.Run(new(new(Q: typed), new(50)), house.Owner, db, house.Cursors, default);
            Expect("bookings", bookings.Items.Select(r => r.ContactId!.Value));

            void Expect(string way, IEnumerable<Guid> found)
            {
                if (!found.Contains(ids[name]))
                {
                    missed.Add($"{way}: {typed} → {name}");
                }
            }
        }

        missed.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Every_word_must_be_found_and_short_ones_not_across_two_words(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        foreach (
            var (name, typed) in new[] { ("Ana Silva", "nas"), ("Ana Silva", "as"), ("Rui Costa", "rui silva"), ("Marco Brien", "o brien") }
        )
        {
            var id = (
                await house.Book(0, name, email: $"{Guid.NewGuid():N}@harbour.example".Replace("as", "", StringComparison.Ordinal))
            ).ContactId;
            (await house.List(new(new(Q: typed)))).Items.ShouldNotContain(r => r.Id == id, $"{typed} → {name}");
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_second_phone_and_address_find_the_guest_and_no_longer_once_they_are_gone(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var id = (await house.Book(0, "Ana Reis", "+351912345678", "ana@harbour.example")).ContactId!.Value;
        await house.Book(0, "Ana Reis", "+351912345678", "office@reis.example");
        await house.Book(0, "Ana Reis", null, "office@reis.example");
        (await Found("office@reis")).ShouldBe([id]);
        (await Found("reis office")).ShouldBe([id]);
        await using (var db = house.Database.Open())
        {
            await foreach (var _ in CheckFigures.Run(new(), house.Owner, db, default))
            {
                Assert.Fail("The doctor finds nothing.");
            }

            await db.Save(async () => db.Remove(await db.Identities.SingleAsync(i => i.MatchKey == "office@reis.example")));
        }

        (await Found("office@reis")).ShouldBeEmpty();
        (await Found("ana@harbour")).ShouldBe([id]);

        async Task<List<Guid>> Found(string typed) => [.. (await house.List(new(new(Q: typed)))).Items.Select(r => r.Id)];
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_exact_name_is_first_in_every_short_list(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        var first = (await house.Book(0, "Ana Müller", email: "first@harbour.example")).ContactId!.Value;
        for (var i = 0; i < 10; i++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(1));
            await house.Book(0, "Joana Müller " + i, email: $"j{i}@harbour.example");
        }

        await using var db = house.Database.Open();
        foreach (var typed in new[] { "ana müller", "ANA MUELLER", "Mueller, Ana", "muller ana" })
        {
            (await FindGuests.Run(typed, house.Owner, db, default))[0].Id.ShouldBe(first, typed);
            (await FindAnything.Run(typed, house.Owner, db, house.Cursors, default)).Guests[0].Id.ShouldBe(first, typed);
            (await FindGuests.Run(typed, house.LimitedTo(1), db, default)).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_guest_and_a_number_find_the_booking_in_any_order(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await house.Book(0, "Ana Silva", "+351912345678");
        await using var db = house.Database.Open();
        var input = new ReceiveBooking.Input(
            house.Properties[0].Id,
            "Website",
            "Confirmed",
            "2026-06-20",
            "2026-06-21",
            new(90, "EUR"),
            new("Ana Silva", "+351912345678"),
            "EXT-77",
            "BK-4471"
        );
        var one = (await ReceiveBooking.Run(input, house.Owner, db, default)).Value.Id;
        foreach (var typed in new[] { "bk-4471", "silva BK-44", "ext-77 ana" })
        {
            var found = await ListBookings.Run(new(new(Q: typed), new(9)), house.Owner, db, house.Cursors, default);
            found.Items.Select(b => b.Id).ShouldBe([one], typed);
        }

        (await ListBookings.Run(new(new(Q: "costa BK-4471"), new(9)), house.Owner, db, house.Cursors, default)).Items.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_booking_is_found_by_its_source_status_and_property_beside_its_guest(string engine)
    {
        await using var house = await GuestHouse.Create(engine);
        await using var db = house.Database.Open();
        var ids = new List<Guid>();
        foreach (var (source, status) in new[] { ("BookingCom", "Confirmed"), ("WalkIn", "Cancelled"), ("ChannelManager", "NoShow") })
        {
            var input = new ReceiveBooking.Input(
                house.Properties[ids.Count].Id,
                source,
                status,
                "2026-06-20",
                "2026-06-21",
                new(90, "EUR"),
                new("Eva Nunes", "+351912345678")
            );
            ids.Add((await ReceiveBooking.Run(input, house.Owner, db, default)).Value.Id);
        }

        (await Find("eva booking.com")).ShouldBe([ids[0]]);
        (await Find("Booking nunes")).ShouldBe([ids[0]]);
        (await Find("walk-in")).ShouldBe([ids[1]]);
        (await Find("cancelled eva")).ShouldBe([ids[1]]);
        (await Find("no-show")).ShouldBe([ids[2]]);
        (await Find("manager nunes")).ShouldBe([ids[2]]);
        (await Find("mana")).ShouldBe([ids[2]]);
        (await Find("ana")).ShouldBeEmpty();
        (await Find("eva " + house.Properties[1].Name)).ShouldBe([ids[1]]);
        (await Find("rui booking.com")).ShouldBeEmpty();

        async Task<List<Guid>> Find(string typed) =>
            [.. (await ListBookings.Run(new(new(Q: typed), new(9)), house.Owner, db, house.Cursors, default)).Items.Select(b => b.Id)];
    }
}
