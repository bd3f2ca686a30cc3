using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Features.Contacts;

/// <summary>An organisation with three properties in three zones, on a database and a clock of its own.</summary>
internal sealed class GuestHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private GuestHouse(TestDatabase database, TestClock clock)
    {
        Database = database;
        Clock = clock;
    }

    public TestDatabase Database { get; }
    public TestClock Clock { get; }
    public Cursors Cursors { get; } = new(new EphemeralDataProtectionProvider(), TimeProvider.System);
    public Property[] Properties { get; private set; } = [];
    public Actor Owner { get; private set; } = Actor.Nobody;

    public static async Task<GuestHouse> Create(string engine)
    {
        var clock = new TestClock(Noon);
        var house = new GuestHouse(await TestDatabase.Create(engine, clock), clock);
        await using var db = house.Database.Open();
        var organization = new Organization
        {
            Name = "Harbour Group",
            Currency = "EUR",
            TimeZone = "Europe/Lisbon",
            CreatedAt = db.Now,
        };
        await db.Arrange(() =>
        {
            db.Organizations.Add(organization);
            return Task.CompletedTask;
        });
        house.Owner = Actor.System(organization.Id);
        house.Properties =
        [
            Place("Harbour", "Europe/Lisbon", "PT"),
            Place("Kiwi", "Pacific/Auckland", "NZ"),
            Place("Aloha", "Pacific/Honolulu", "US"),
        ];
        await db.Arrange(() =>
        {
            db.Properties.AddRange(house.Properties);
            return Task.CompletedTask;
        });
        return house;

        Property Place(string name, string zone, string country) =>
            new()
            {
                OrganizationId = organization.Id,
                Name = name,
                NameKey = Fold.Key(name),
                Currency = "EUR",
                TimeZone = zone,
                Country = country,
                CreatedAt = db.Now,
                UpdatedAt = db.Now,
            };
    }

    /// <summary>The owner's rights, limited to some properties.</summary>
    public Actor LimitedTo(params int[] properties) => Owner with { Properties = [.. properties.Select(i => Properties[i].Id)] };

    public async Task<BookingRow> Book(
        int property,
        string? name = null,
        string? phone = null,
        string? email = null,
        string source = "Website",
        string status = "Confirmed",
        int arrivesIn = 3,
        int nights = 2,
        decimal total = 100,
        DateTimeOffset? bookedAt = null
    )
    {
        await using var db = Database.Open();
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var input = new ReceiveBooking.Input(
            Properties[property].Id,
            source,
            status,
            today.AddDays(arrivesIn).ToString("yyyy-MM-dd"),
            today.AddDays(arrivesIn + nights).ToString("yyyy-MM-dd"),
            new(total, "EUR"),
            new(name, phone, email),
            BookedAt: bookedAt
        );
        return (await ReceiveBooking.Run(input, Owner, db, default)).Value;
    }

    public async Task<Page<ContactRow>> List(ListContacts.Query query, Actor? who = null)
    {
        await using var db = Database.Open();
        return await ListContacts.Run(query, who ?? Owner, db, Cursors, default);
    }

    /// <summary>Every page of a list, one after the other.</summary>
    public async Task<List<ContactRow>> All(
        ContactFilter filter,
        ContactSort sort = default,
        bool descending = true,
        int limit = 7,
        Actor? who = null
    )
    {
        var rows = new List<ContactRow>();
        string? cursor = null;
        do
        {
            var page = await List(new(filter, sort, descending, limit, cursor), who);
            page.Items.Count.ShouldBeLessThanOrEqualTo(limit);
            rows.AddRange(page.Items);
            cursor = page.NextCursor;
        } while (cursor is not null);

        return rows;
    }

    public async Task<ContactSummary> Cards(ContactFilter filter, Actor? who = null)
    {
        await using var db = Database.Open();
        return await SummarizeContacts.Run(filter, who ?? Owner, db, default);
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
