using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Demo;

/// <summary>
/// Makes a demo organisation with two properties, a small team, and thirteen months of invented guests. They are matched, counted and
/// converted by the same rules as real ones, so every figure is right and <c>bellhop doctor</c> finds nothing.
/// </summary>
public static class MakeDemo
{
    public const string OrganizationName = "Lantern Houses (demo)";

    /// <summary>The demo's team: a member for every role, two of them limited to one property.</summary>
    public static IReadOnlyList<SignIn> Team { get; } =
    [
        new("Ana Sequeira", "owner@lantern.example", Roles.Owner, null),
        new("Ondřej Beneš", "manager@lantern.example", Roles.Manager, null),
        new("Rita Vilar", "lisbon@lantern.example", Roles.FrontDesk, DemoProperty.Hostel.Name),
        new("Tereza Kolářová", "prague@lantern.example", Roles.FrontDesk, DemoProperty.Hotel.Name),
        new("Caio Monteiro", "marketing@lantern.example", Roles.Marketing, null),
        new("Élise Faure", "viewer@lantern.example", Roles.Viewer, null),
    ];

    /// <summary>How many guests go into one save.</summary>
    private const int Batch = 500;

    /// <summary>How to sign in: one password for all accounts, shown once.</summary>
    public sealed record Made(string Organization, string Password, IReadOnlyList<SignIn> SignIns);

    /// <summary>A member of the demo's team.</summary>
    /// <param name="Property">The only property that the member sees; null for both.</param>
    public sealed record SignIn(string Name, string Email, string Role, string? Property);

    /// <summary>Makes the demo once. If it exists, returns null and changes nothing.</summary>
    /// <param name="progress">Receives the progress in percent.</param>
    /// <param name="daysBack">How many days ago the first guests arrived.</param>
    /// <param name="secrets">With them, the demo has channels and an inbox.</param>
#pragma warning disable CA1068 // the last arguments have a usual value
    public static async Task<Made?> Run(
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        IProgress<int>? progress,
        CancellationToken cancel,
        int daysBack = DemoPlan.DaysBack,
        ConnectionSecrets? secrets = null
    )
#pragma warning restore CA1068
    {
        who.DemandSystem();
        var now = db.Now;
        var host = db.Host;
        using var past = new DbHost(new DemoClock(now));
        db.Host = past;
        try
        {
            var plan = DemoPlan.Make(now, daysBack);
            ((DemoClock)past.Clock).Now = plan[0].At.AddDays(-30);
            var password = string.Join(
                '-',
                Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5))
            );
            // Hashing passwords is slow, so do it before the save.
            var team = Team.Select(m => (Member: m, Account: Accounts.New(m.Email, m.Name, password, passwords, names, db.Now))).ToList();
            if (await Found(team, now, db, cancel) is not { } founded)
            {
                return null;
            }

            var bellhop = Actor.System(founded.OrganizationId);
            ((DemoClock)past.Clock).Now = now;
            await Fill(plan, founded.Properties, bellhop, db, progress, cancel);
            await DemoRemarks.Write(bellhop, db, cancel);
            await DemoLoyalty.Write(founded.Properties[DemoProperty.Hostel.Name], bellhop, db, cancel);
            if (secrets is not null)
            {
                await DemoInbox.Write(founded.Properties, secrets, bellhop, db, cancel);
            }

            return new(OrganizationName, password, Team);
        }
        finally
        {
            db.Host = host;
        }
    }

    private sealed record Founded(int OrganizationId, IReadOnlyDictionary<string, Guid> Properties);

    /// <summary>Makes organisation, properties, rates and team in one save. Null when there is a demo already.</summary>
    private static Task<Founded?> Found(List<(SignIn Member, User Account)> team, DateTime now, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                if (await db.Organizations.AnyAsync(o => o.Name == OrganizationName, cancel))
                {
                    return null;
                }

                var organization = new Organization
                {
                    Name = OrganizationName,
                    Currency = "EUR",
                    TimeZone = "Europe/Lisbon",
                    CreatedAt = db.Now,
                };
                db.Organizations.Add(organization);
                await db.Flush(cancel); // its number, for the rest

                var who = Actor.System(organization.Id);
                db.Happened(who, "organization.created", "organization", null);
                var properties = new Dictionary<string, Guid>(StringComparer.Ordinal);
                foreach (var house in new[] { DemoProperty.Hostel, DemoProperty.Hotel })
                {
                    var property = new Property
                    {
                        OrganizationId = organization.Id,
                        Name = house.Name,
                        NameKey = Fold.Key(house.Name),
                        Currency = house.Currency,
                        TimeZone = house.TimeZone,
                        Country = house.Country,
                        CreatedAt = db.Now,
                        UpdatedAt = db.Now,
                    };
                    db.Properties.Add(property);
                    db.Happened(who, "property.created", "property", property.Id);
                    properties[house.Name] = property.Id;
                }

                Quote(organization.Id, now, db);
                db.Happened(who, "rate.created", "rate", null, "rate");
                foreach (var (member, account) in team)
                {
                    db.Users.Add(account);
                    db.Memberships.Add(
                        new()
                        {
                            OrganizationId = organization.Id,
                            UserId = account.Id,
                            Role = member.Role,
                            Properties = member.Property is { } only ? [properties[only]] : null,
                            CreatedAt = db.Now,
                            UpdatedAt = db.Now,
                        }
                    );
                    db.Happened(who, "member.added", "member", account.Id);
                }

                return new Founded(organization.Id, properties);
            },
            cancel
        );

    /// <summary>Adds a slightly changing rate to the euro for every week, from before the first booking on.</summary>
    private static void Quote(int organizationId, DateTime now, BellhopDb db)
    {
        var dice = new SeededRandom(41);
        foreach (var (from, about) in new[] { ("CZK", 0.0402m), ("USD", 0.9180m) })
        {
            for (var weeks = 150; weeks >= 0; weeks--)
            {
                var rate = about * (1000 + dice.Between(-14, 14)) / 1000;
                db.Rates.Add(
                    new()
                    {
                        OrganizationId = organizationId,
                        Date = DateOnly.FromDateTime(now).AddDays(-7 * weeks),
                        From = from,
                        To = "EUR",
                        Stored = (long)(rate * Rate.Unit),
                    }
                );
            }
        }
    }

    /// <summary>
    /// Lets every arrival in through the door in memory, and then stores guests with everything of theirs, many in one save. Stored one by
    /// one, they take five times as long.
    /// </summary>
    private static async Task Fill(
        List<DemoPlan.Arrival> plan,
        IReadOnlyDictionary<string, Guid> properties,
        Actor who,
        BellhopDb db,
        IProgress<int>? progress,
        CancellationToken cancel
    )
    {
        var places = await db
            .Properties.AsNoTracking()
            .Where(p => p.OrganizationId == who.OrganizationId)
            .ToDictionaryAsync(p => p.Id, cancel);
        var rates = await db
            .Rates.AsNoTracking()
            .Where(r => r.OrganizationId == who.OrganizationId)
            .OrderBy(r => r.Date)
            .ToListAsync(cancel);
        var house = new DemoHouse(who, places, new("EUR", rates.ToLookup(r => r.From, r => (r.Date, r.Value), StringComparer.Ordinal)));
        foreach (var arrival in plan)
        {
            Take(arrival, properties[arrival.DemoProperty.Name], house);
        }

        new DemoMoney(house, who, db.Now).Settle();
        house.Count(db.Now);
        for (var done = 0; done < house.Guests.Count; done += Batch)
        {
            var some = house.Guests.GetRange(done, Math.Min(Batch, house.Guests.Count - done));
            await db.Save(() => Store(some, who, db, cancel), cancel, SettingsLock.Shared(who.OrganizationId), alone: true);
            progress?.Report(100 * (done + some.Count) / house.Guests.Count);
        }

        await db.Save(() => db.BulkInsert([.. house.Pairs], cancel), cancel);
        await db.Settle(cancel);
    }

    private static async Task Store(List<DemoHouse.Known> guests, Actor who, BellhopDb db, CancellationToken cancel)
    {
        await db.BulkInsert(guests.ConvertAll(g => g.Contact), cancel);
        await All(g => g.Places.Values);
        await All(g => g.Identities);
        await All(g => g.Bookings);
        await All(g => g.Touches);
        await All(g => g.Payments);
        await All(g => g.Reviews);
        await All(g => g.Events);
        await All(g => g.EventContacts);
        await All(g => g.EventDetails);
        db.TellOfMany(who.OrganizationId, "contact");

        Task All<T>(Func<DemoHouse.Known, IEnumerable<T>> of)
            where T : class => db.BulkInsert([.. guests.SelectMany(of)], cancel);
    }

    private static void Take(DemoPlan.Arrival arrival, Guid propertyId, DemoHouse house)
    {
        var guest = arrival.Guest;
        if (arrival.Stay is not { } stay)
        {
            house.Ask(guest, arrival.Source, propertyId, arrival.At);
            return;
        }

        house.Take(
            new(
                propertyId,
                arrival.Source.ToString(),
                stay.Status.ToString(),
                stay.From.Iso(),
                stay.To.Iso(),
                new(stay.Total, stay.Currency),
                new(guest.Name, stay.Phone, stay.Email, guest.Country),
                stay.ExternalId,
                stay.Reference,
                RoomType: stay.Room,
                Adults: stay.Adults,
                Children: stay.Children,
                Notes: stay.Notes,
                BookedAt: new DateTimeOffset(arrival.At)
            ),
            arrival.At
        );
    }

    /// <summary>A clock that shows the time it was set to.</summary>
    private sealed class DemoClock(DateTime now) : TimeProvider
    {
        public DateTime Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
    }
}
