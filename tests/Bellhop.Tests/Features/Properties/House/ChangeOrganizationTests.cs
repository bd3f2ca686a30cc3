using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Properties;

public class ChangeOrganizationTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Another_currency_converts_every_total_anew_and_leaves_out_what_has_no_rate(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        await SetRate.Run("2020-01-01", "EUR", "USD", new(1.10m), house.Owner, db, default);
        await SetRate.Run("2020-01-01", "NZD", "EUR", new(0.5m), house.Owner, db, default);
        await house.RunJobs();
        await house.Book("euro", amount: 100, currency: "EUR");
        await house.Book("zealand", amount: 80, currency: "NZD");
        await house.Book("dollar", amount: 7, currency: "USD");
        (await Spent()).ShouldBe((new(14000, "EUR"), new(14000, "EUR")));

        await ChangeOrganization.Run(new(Currency: "USD"), house.Owner, db, default);

        // Meanwhile: what comes is converted to the new currency at once, and the old amounts wait for their turn.
        (await house.Book("meanwhile", amount: 10, currency: "EUR", phone: "+351912345679")).Converted.ShouldBe(new Money(1100, "USD"));
        await house.RunJobs();

        (await Spent()).ShouldBe((new(11700, "USD"), new(12800, "USD")));
        (await db.Bookings.AsNoTracking().Where(b => b.Converted == null).Select(b => b.ExternalId).ToListAsync()).ShouldBe(["zealand"]);
        (await house.Check(new())).ShouldBeEmpty();

        await SetRate.Run("2020-01-01", "NZD", "USD", new(0.6m), house.Owner, db, default);
        await house.RunJobs();
        (await Spent()).ShouldBe((new(16500, "USD"), new(17600, "USD")));
        (await house.Check(new())).ShouldBeEmpty();

        async Task<(Money Guest, Money All)> Spent()
        {
            await using var fresh = house.Open();
            var guest = await fresh.Contacts.AsNoTracking().SingleAsync(c => c.Phone == "+351912345678");
            var cards = await SummarizeContacts.Run(ContactFilter.None, house.Owner, fresh, default);
            var having = await fresh.Contacts.CountAsync(c => c.Bookings > 0);
            return (
                (await GetContact.Run(guest.Id, house.Owner, fresh, default)).Value.TotalSpent,
                new(cards.AverageLifetimeValue.Minor * having, cards.AverageLifetimeValue.Currency)
            );
        }
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task In_another_zone_guests_came_in_another_month_and_property_days_begin_at_another_hour(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await using var db = house.Open();
        house.Clock.SetUtcNow(new(2026, 6, 30, 23, 30, 0, TimeSpan.Zero)); // half past midnight of 1 July in Lisbon
        await house.Book("late", arrival: new(2026, 7, 1));
        (await SummarizeContacts.Run(ContactFilter.None, house.Owner, db, default)).NewThisMonth.ShouldBe(1);
        var before = await db.Contacts.AsNoTracking().SingleAsync();

        await ChangeOrganization.Run(new(TimeZone: "Atlantic/Azores"), house.Owner, db, default);
        house.Clock.SetUtcNow(new(2026, 7, 2, 12, 0, 0, TimeSpan.Zero));
        (await SummarizeContacts.Run(ContactFilter.None, house.Owner, db, default)).NewThisMonth.ShouldBe(0, "there it was still June");
        (await house.Check(new())).ShouldBeEmpty();

        await ChangeProperty.Run(house.Lisbon, new(TimeZone: "Pacific/Honolulu"), house.Owner, db, IfMatch.Any, default);
        await house.RunJobs();
        var after = await db.Contacts.AsNoTracking().SingleAsync();
        after.CustomerSince.ShouldBe(new(2026, 6, 1));
        before.CustomerSince.ShouldBe(new(2026, 7, 1));
        (after.ActiveUntil - before.ActiveUntil).ShouldBe(TimeSpan.FromHours(11));
        (await house.Check(new())).ShouldBeEmpty();
    }
}
