using System.Globalization;
using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Demo;

/// <summary>
/// Makes a demo organisation with two properties, a small team, and two years of invented guests. The guests come in through the same use
/// cases as real ones, so every figure is right.
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

    /// <summary>How many arrivals go into one save.</summary>
    private const int Batch = 10;

    /// <summary>How to sign in: one password for all accounts, shown once.</summary>
    public sealed record Made(string Organization, string Password, IReadOnlyList<SignIn> SignIns);

    /// <summary>A member of the demo's team.</summary>
    /// <param name="Property">The only property that the member sees; null for both.</param>
    public sealed record SignIn(string Name, string Email, string Role, string? Property);

    /// <summary>Makes the demo once. If it exists, returns null and changes nothing.</summary>
    /// <param name="progress">Receives the progress in percent.</param>
    /// <param name="daysBack">How many days ago the first guests arrived.</param>
#pragma warning disable CA1068 // only tests give the last argument
    public static async Task<Made?> Run(
        Actor who,
        BellhopDb db,
        Passwords passwords,
        ILookupNormalizer names,
        IProgress<int>? progress,
        CancellationToken cancel,
        int daysBack = DemoPlan.DaysBack
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
            await Fill(plan, founded.Properties, bellhop, db, progress, cancel);
            ((DemoClock)past.Clock).Now = now;
            await CatchUp(bellhop, db, cancel);
            await DemoRemarks.Write(bellhop, db, cancel);
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

    /// <summary>Saves every arrival at its own time, many in one save.</summary>
    private static async Task Fill(
        List<DemoPlan.Arrival> plan,
        IReadOnlyDictionary<string, Guid> properties,
        Actor who,
        BellhopDb db,
        IProgress<int>? progress,
        CancellationToken cancel
    )
    {
        var clock = (DemoClock)db.Host.Clock;
        for (var done = 0; done < plan.Count; done += Batch)
        {
            var batch = plan.GetRange(done, Math.Min(Batch, plan.Count - done));
            await db.Save(
                async () =>
                {
                    var met = new HashSet<DemoGuest>();
                    foreach (var arrival in batch)
                    {
                        clock.Now = arrival.At;
                        if (!met.Add(arrival.Guest))
                        {
                            await db.Flush(cancel); // the same guest again: the door looks in the database
                        }

                        await Take(arrival, properties[arrival.DemoProperty.Name], who, db, cancel);
                    }
                },
                cancel,
                SettingsLock.Shared(who.OrganizationId),
                alone: true
            );
            progress?.Report(100 * (done + batch.Count) / plan.Count);
        }
    }

    private static async Task Take(DemoPlan.Arrival arrival, Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var guest = arrival.Guest;
        if (arrival.Stay is not { } stay)
        {
            var property = (await db.Properties.FindAsync([who.OrganizationId, propertyId], cancel))!;
            var given = new ResolveContact.Given(
                guest.Name,
                guest.Phone,
                guest.Phone is null ? null : Phone.Parse(guest.Phone, guest.Country),
                guest.Email,
                Email.Parse(guest.Email)
            );
            await ResolveContact.Run(new(property, arrival.Source, TouchKind.Manual, given), who, db, cancel);
            return;
        }

        var input = new ReceiveBooking.Input(
            propertyId,
            arrival.Source.ToString(),
            stay.Status.ToString(),
            Day(stay.From),
            Day(stay.To),
            new(stay.Total, stay.Currency),
            new(guest.Name, stay.Phone, stay.Email, guest.Country),
            stay.ExternalId,
            stay.Reference,
            RoomType: stay.Room,
            Adults: stay.Adults,
            Children: stay.Children,
            Notes: stay.Notes,
            BookedAt: new DateTimeOffset(arrival.At)
        );
        await ReceiveBooking.Take(propertyId, Incoming.Read(input, db.Now), who, db, cancel);
    }

    /// <summary>Recounts guests whose stays were ahead when they were booked but may be over now.</summary>
    private static async Task CatchUp(Actor who, BellhopDb db, CancellationToken cancel)
    {
        var soon = DateOnly.FromDateTime(db.Now).AddDays(1);
        var past = await db
            .ContactsAtProperty.Where(a => a.OrganizationId == who.OrganizationId && a.NextArrival <= soon)
            .Select(a => a.ContactId)
            .Distinct()
            .ToListAsync(cancel);
        await db.SaveInBatches(
            past,
            48 * Batch,
            some =>
            {
                db.Recompute(who.OrganizationId, some);
                return Task.CompletedTask;
            },
            cancel,
            SettingsLock.Shared(who.OrganizationId)
        );
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A clock that shows the time it was set to.</summary>
    private sealed class DemoClock(DateTime now) : TimeProvider
    {
        public DateTime Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => new(Now, TimeSpan.Zero);
    }
}
