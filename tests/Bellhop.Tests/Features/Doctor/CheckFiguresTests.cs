using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Doctor;
using Bellhop.Features.Properties;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Doctor;

public partial class CheckFiguresTests
{
    private static readonly Cursors Cursors = new(
        new Microsoft.AspNetCore.DataProtection.EphemeralDataProtectionProvider(),
        TimeProvider.System
    );
    private static readonly string[] Currencies = ["EUR", "USD", "JPY"];
    private static readonly string[] Phones = ["+351912345671", "+351912345672", "+4915112345678", "912345671"];

    /// <summary>Something that somebody does: a small number that means the same for every engine.</summary>
    private sealed record Deed(int What, int Key, int Who, int Number);

    private static readonly Gen<Deed> Deeds =
        from what in Gen.Int[0, 15]
        from key in Gen.Int[0, 11]
        from who in Gen.Int[0, 3]
        from number in Gen.Int[0, 400]
        select new Deed(what, key, who, number);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Whatever_several_people_do_at_once_the_figures_are_those_of_the_source_rows(string engine)
    {
        for (uint round = 0; round < TestSize.Of(4); round++)
        {
            await using var house = await TestHouse.Make(engine);
            var deeds = Deeds.Array[90].Generate(new PCG(round), null, out _);
            var writers = deeds
                .Chunk(30)
                .Select(mine =>
                    Task.Run(async () =>
                    {
                        foreach (var deed in mine)
                        {
                            await Do(deed, house);
                        }
                    })
                );
            await Task.WhenAll(writers);
            await house.RunJobs();

            await using var db = house.Open();
            (await db.Bookings.CountAsync()).ShouldBeGreaterThan(5);
            (await house.Check(new())).ShouldBeEmpty($"round {round}");
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_broken_figure_is_found_and_mended(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        for (var i = 0; i < 6; i++)
        {
            await house.Book($"b{i}", phone: Phones[i % 3], amount: 100 + i, arrival: house.Day(-20 + (7 * i)));
        }

        (await house.Check(new())).ShouldBeEmpty();
        await using (var db = house.Open())
        {
            var one = (await db.Contacts.AsNoTracking().OrderBy(c => c.Id).FirstAsync()).Id;
            await db
                .Contacts.Where(c => c.Id == one)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(c => c.Spent, 7L).SetProperty(c => c.Bookings, c => c.Bookings + 3).SetProperty(c => c.Search, "nobody\n")
                );
            await db
                .ContactsAtProperty.Where(a => a.ContactId == one)
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.LastArrival, (DateOnly?)null).SetProperty(a => a.LastEmpty, (short)1));
            await db
                .Counters.Where(t => t.Measure == Bellhop.Features.Intake.Measure.WithBookings)
                .ExecuteUpdateAsync(s => s.SetProperty(t => t.Amount, t => t.Amount + 5));
            await db.Bookings.Where(b => b.ExternalId == "b3").ExecuteUpdateAsync(s => s.SetProperty(b => b.Paid, 1L));
            await db.Bookings.Where(b => b.ExternalId == "b4").ExecuteUpdateAsync(s => s.SetProperty(b => b.Converted, 1L));
            await db.Contacts.Where(c => c.Id == one).ExecuteUpdateAsync(s => s.SetProperty(c => c.Rating, (short)3));
            await db
                .ArrivalDays.Where(d => d.Arrival < house.Day(-10))
                .ExecuteUpdateAsync(s => s.SetProperty(d => d.Nights, d => d.Nights + 1));
            await db.ArrivalDays.Where(d => d.Arrival > house.Day(10)).ExecuteDeleteAsync();
            await db.Contacts.Where(c => c.Id == one).ExecuteUpdateAsync(s => s.SetProperty(c => c.FirstArrival, house.Day(-99)));
            await db.Identities.Where(i => i.ContactId == one).ExecuteUpdateAsync(s => s.SetProperty(i => i.MatchKey, "nobody"));
        }

        var found = await house.Check(new(Fix: true));
        found
            .Select(d => d.Field)
            .Distinct()
            .Order()
            .ShouldBe(
                [
                    "amount",
                    "bookings",
                    "converted",
                    "firstArrival",
                    "lastArrival",
                    "lastEmpty",
                    "matchKey",
                    "paid",
                    "rating",
                    "searchText",
                    "spent",
                    "sums",
                ],
                ignoreOrder: true
            );
        (await house.Check(new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_shown_phone_or_address_that_leads_to_nobody_is_found_and_mended(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = (await house.Book("b1", phone: Phones[0], email: "ana@harbour-guests.net")).ContactId!.Value;
        await using (var db = house.Open())
        {
            await db.Identities.Where(i => i.ContactId == ana).ExecuteDeleteAsync();
        }

        var found = await house.Check(new(Fix: true));
        found.Select(d => (d.Entity, d.Id, d.Field)).ShouldBe([("contact", $"{ana}", "phone"), ("contact", $"{ana}", "email")], true);
        (await house.Check(new())).ShouldBeEmpty();
        (await house.Book("b2", phone: Phones[0])).ContactId.ShouldBe(ana);
        (await house.Book("b3", phone: null, email: "ana@harbour-guests.net")).ContactId.ShouldBe(ana);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task An_identity_that_leads_to_nobody_is_found_and_taken_away(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var ana = (await house.Book("b1", phone: Phones[0])).ContactId!.Value;
        await using (var db = house.Open())
        {
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync(
                engine == "sqlite" ? "PRAGMA foreign_keys = off" : "SET session_replication_role = replica"
            );
            await db
                .Identities.Where(i => i.ContactId == ana)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.ContactId, Guid.CreateVersion7()));
            await db.Database.ExecuteSqlRawAsync(
                engine == "sqlite" ? "PRAGMA foreign_keys = on" : "SET session_replication_role = DEFAULT"
            );
        }

        (await house.Check(new(Fix: true))).ShouldContain(d => d.Entity == "identity" && d.Field == "contactId");
        (await house.Check(new())).ShouldBeEmpty();
        (await house.Book("b2", phone: Phones[0])).ContactId.ShouldBe(ana);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_guest_whose_row_carries_other_tags_than_they_have_is_found_and_mended(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var (ana, ben) = (
            (await house.Book("b1", phone: Phones[0])).ContactId!.Value,
            (await house.Book("b2", phone: Phones[1])).ContactId!.Value
        );
        await using var db = house.Open();
        foreach (var (guest, tag) in new[] { (ana, "VIP"), (ana, "Chess"), (ben, "VIP") })
        {
            await TagContact.Run(guest, tag, house.Owner, db, default);
        }

        (await house.Check(new())).ShouldBeEmpty();
        var tags = await db.Tags.ToDictionaryAsync(t => t.Name, t => t.Id);
        await db.Contacts.Where(c => c.Id == ana).ExecuteUpdateAsync(s => s.SetProperty(c => c.TagIds, new[] { tags["VIP"] }));
        await db
            .Contacts.Where(c => c.Id == ben)
            .ExecuteUpdateAsync(s =>
                s.SetProperty(c => c.TagIds, new[] { tags["VIP"], Guid.Parse("019a0000-0000-7000-8000-00000000dead") })
            );

        var found = await house.Check(new(Fix: true));

        found
            .Select(d => (d.Entity, d.Id, d.Field))
            .ShouldBe([("contact", ana.ToString(), "tags"), ("contact", ben.ToString(), "tags")], ignoreOrder: true);
        found.Single(d => d.Id == ana.ToString()).Right.ShouldBe(string.Join(',', tags.Values.Order()));
        (await house.Check(new())).ShouldBeEmpty();
        await using var after = house.Open();
        (await after.Contacts.SingleAsync(c => c.Id == ben)).TagIds.ShouldBe([tags["VIP"]]);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_guest_with_a_booking_where_they_are_not_known_is_found_and_known_there_again(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        var guest = (await house.Book("b1", phone: Phones[0])).ContactId!.Value;
        house.Clock.Jump(TimeSpan.FromDays(2));
        var there = await house.Book("b2", phone: Phones[0], inLisbon: false, currency: "EUR", amount: 70);
        await using (var db = house.Open())
        {
            await db.Touches.Where(t => t.PropertyId == house.Auckland).ExecuteDeleteAsync();
            await db.ContactsAtProperty.Where(a => a.PropertyId == house.Auckland).ExecuteDeleteAsync();
        }

        var found = await house.Check(new(Fix: true));

        found
            .Where(d => d.Entity != "counter")
            .Select(d => (d.Entity, d.Id, d.Field))
            .ShouldBe([("touch", $"{guest} at {house.Auckland}", "known"), ("contactAt", $"{guest} at {house.Auckland}", "known")]);
        (await house.Check(new())).ShouldBeEmpty();
        await using var after = house.Open();
        var touch = await after.Touches.SingleAsync(t => t.PropertyId == house.Auckland);
        (touch.ContactId, touch.BookingId, touch.Kind, touch.Source, touch.At).ShouldBe(
            (guest, there.Id, Bellhop.Features.Intake.TouchKind.Booking, Source.Website, there.CreatedAt)
        );
        var at = await after.ContactsAtProperty.SingleAsync(a => a.PropertyId == house.Auckland);
        (at.Bookings, at.Spent, at.CreatedAt).ShouldBe((1, 7_000L, there.CreatedAt));
    }

    // PostgreSQL's search index is an index of the contacts' own rows: it cannot stray.
    [Theory]
    [InlineData("DELETE FROM contact_search_rows WHERE contact_id = @one", 1)]
    [InlineData("INSERT INTO contact_search (contact_search) VALUES ('delete-all')", 3)]
    [InlineData(
        "INSERT INTO contact_search (contact_search, rowid, text) "
            + "SELECT 'delete', id, @text FROM contact_search_rows WHERE contact_id = @one",
        1
    )]
    [InlineData("INSERT INTO contact_search_rows (organization_id, contact_id) VALUES (1, x'FFFFFFFFFFFF7FFFBFFFFFFFFFFFFFFF')", 1)]
    [InlineData("INSERT INTO contact_search_rows (organization_id, contact_id) VALUES (1, x'00000000000070008000000000000001')", 1)]
    public async Task A_guest_whom_the_search_misses_and_one_it_should_not_know_are_found_and_mended(string harm, int strayed)
    {
        await using var house = await TestHouse.Make("sqlite");
        foreach (var (name, phone) in new[] { ("Zoë Muñoz", Phones[0]), ("王伟 😀", Phones[1]), ("A", null) })
        {
            await house.Book("b " + name, phone: phone, name: name);
        }

        (await house.Check(new())).ShouldBeEmpty();
        Guid one;
        await using (var db = house.Open())
        {
            var zoe = await db.Contacts.AsNoTracking().SingleAsync(c => c.Name == "Zoë Muñoz");
            one = zoe.Id;
            await db.Save(async () =>
            {
                await using var command = await db.Sql(harm, default);
                if (harm.Contains("@one", StringComparison.Ordinal))
                {
                    command.With("one", db.Stored(one));
                }

                if (harm.Contains("@text", StringComparison.Ordinal))
                {
                    command.With("text", zoe.Search);
                }

                await command.ExecuteNonQueryAsync();
            });
        }

        var found = await house.Check(new(Fix: true));
        found.ShouldAllBe(d => d.Entity == "contact" && d.Field == "search" && d.Stored == null && d.Right == null);
        found.Count.ShouldBe(strayed);
        (await house.Check(new())).ShouldBeEmpty();
        await using var after = house.Open();
        var page = await ListContacts.Run(
            new(ContactFilter.None with { Q = "muñoz" }, ContactSort.Created, true, 25, null),
            house.Owner,
            after,
            Cursors,
            default
        );
        page.Items.ShouldHaveSingleItem().Id.ShouldBe(one);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Figures_are_proved_for_any_day(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("past", arrival: house.Day(-30));
        await house.Book("next", arrival: house.Day(10));
        foreach (var days in new[] { -400, -20, 0, 9, 10, 12, 400 })
        {
            (await house.Check(new(house.Day(days)))).ShouldBeEmpty($"day {days}");
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
