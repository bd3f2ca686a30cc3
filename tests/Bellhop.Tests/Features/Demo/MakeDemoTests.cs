using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Demo;
using Bellhop.Features.Intake;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Demo;

public class MakeDemoTests
{
    private static readonly Passwords Passwords = new(new PasswordHasher<User>());
    private static readonly ILookupNormalizer Names = new UpperInvariantLookupNormalizer();

    /// <summary>Days of the demo: two years in a full run, which is more than the program makes.</summary>
    private static readonly int Days = TestSize.Of(730);

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task The_demo_is_lifelike_has_true_figures_and_is_made_once(string engine)
    {
        await using var database = await TestDatabase.Create(engine, new TestClock(new(2026, 5, 14, 9, 30, 0, TimeSpan.Zero)));
        await using var db = database.Open();

        var made = (
            await MakeDemo.Run(Actor.System(0), db, Passwords, Names, null, TestContext.Current.CancellationToken, Days)
        ).ShouldNotBeNull();

        var owner = await db.Users.SingleAsync(u => u.Email == made.SignIns[0].Email);
        Passwords.Fits(owner, made.Password).ShouldBeTrue();
        (await db.Memberships.Select(m => m.Role).Distinct().CountAsync()).ShouldBe(5);
        (await db.Memberships.CountAsync(m => m.UpdatedAt != m.CreatedAt)).ShouldBe(0);

        var bookings = await db.Bookings.AsNoTracking().ToListAsync();
        bookings.Count.ShouldBeInRange(5 * Days, (11 * Days) + 300); // and those ahead
        bookings.ShouldAllBe(b => b.Converted != null && b.ContactId != null && !b.PhoneUnusable);
        bookings.Select(b => b.Status).Distinct().Order().ShouldBe(Enum.GetValues<BookingStatus>());
        var contacts = await db.Contacts.AsNoTracking().ToDictionaryAsync(c => c.Id);
        contacts.Count.ShouldBeInRange(3 * Days, (5 * Days) + 500);
        contacts.Values.Select(c => c.Source).Distinct().Count().ShouldBe(Enum.GetValues<Source>().Length);
        (database.Clock.Now() - contacts.Values.Min(c => c.CreatedAt)).Days.ShouldBeGreaterThan(Days - 30);
        contacts.Values.Max(c => c.CreatedAt).ShouldBeLessThanOrEqualTo(database.Clock.Now());
        contacts.Values.Count(c => c.Bookings > 1).ShouldBeGreaterThan(Days / 2);
        contacts.Values.Count(c => c.Phone is null).ShouldBeGreaterThan(Days / 7);

        contacts.Values.Count(c => c.TagIds.Length > 0).ShouldBeInRange(Days / 7, contacts.Count / 2);
        var rated = contacts.Values.Where(c => c.Rating is not null).ToList();
        rated.Count.ShouldBeGreaterThan(Days / 7);
        (await db.Reviews.AllAsync(r => r.At <= db.Now)).ShouldBeTrue();

        await FiguresAreTrue(db, contacts, bookings);

        var before = (
            await db.Bookings.CountAsync(),
            await db.Contacts.CountAsync(),
            await db.Events.CountAsync(),
            await db.Users.CountAsync()
        );
        (await MakeDemo.Run(Actor.System(0), db, Passwords, Names, null, TestContext.Current.CancellationToken)).ShouldBeNull();
        (
            await db.Bookings.CountAsync(),
            await db.Contacts.CountAsync(),
            await db.Events.CountAsync(),
            await db.Users.CountAsync()
        ).ShouldBe(before);
    }

    private static async Task FiguresAreTrue(BellhopDb db, Dictionary<Guid, Contact> contacts, List<Booking> bookings)
    {
        var zones = await db.Properties.ToDictionaryAsync(p => p.Id, p => p.Zone);
        foreach (var (id, stays) in bookings.GroupBy(b => b.ContactId!.Value).ToDictionary(g => g.Key, g => g.ToList()))
        {
            var counted = GuestFigures.Count([.. stays.Select(GuestFigures.Stay.Of)], "EUR", p => zones[p], z => db.Now.DayIn(z));
            var contact = contacts[id];
            (contact.Bookings, contact.Spent, contact.LastBookingId, contact.ActiveUntil).ShouldBe(
                (counted.Bookings, counted.Spent, counted.LastBookingId, counted.ActiveUntil)
            );
        }

        foreach (var measure in new[] { Measure.Contacts, Measure.Spent })
        {
            var counter = await db.Counters.Where(t => t.PropertyId == Guid.Empty && t.Measure == measure).SumAsync(t => t.Amount);
            counter.ShouldBe(measure == Measure.Contacts ? contacts.Count : contacts.Values.Sum(c => c.Spent));
        }
    }

    [Fact]
    public void Every_number_of_a_demo_guest_is_valid_in_its_country_and_nobody_elses()
    {
        var seen = new HashSet<string>();
        var wrong = new List<string>();
        foreach (var nation in Nations.All)
        {
            for (var serial = 0; serial < 80; serial++)
            {
                var phone = Phone.Parse(DemoGuest.Number(nation.Phones, serial), null);
                if (!phone.Valid || phone.IsDummy || (phone.Region ?? nation.Country) != nation.Country || !seen.Add(phone.MatchKey!))
                {
                    wrong.Add($"{nation.Country} {DemoGuest.Number(nation.Phones, serial)} {phone.Region}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void The_same_moment_gives_the_same_guests()
    {
        var now = new DateTime(2026, 5, 14, 9, 30, 0, DateTimeKind.Utc);

        var (one, other) = (DemoPlan.Make(now), DemoPlan.Make(now));

        one.Select(a => (a.At, a.Guest.Name, a.Guest.Phone, a.Stay))
            .ShouldBe(other.Select(a => (a.At, a.Guest.Name, a.Guest.Phone, a.Stay)));
        one.ShouldAllBe(a => a.At <= now);
        one.Select(a => a.Stay?.Currency).Distinct().Order().ShouldBe([null, "CZK", "EUR", "USD"]);
    }
}
