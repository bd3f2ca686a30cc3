using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Bulk;
using Bellhop.Features.Doctor;
using Bellhop.Features.Duplicates;
using Bellhop.Features.Imports;
using Bellhop.Features.Properties;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bellhop.Tests;

/// <summary>
/// An organisation with a property in Lisbon and one in Auckland, for tests that call use cases; the clock stands still until told.
/// </summary>
public sealed class TestHouse : IAsyncDisposable, IDbContextFactory<BellhopDb>
{
    private readonly DbHost _jobs;

    private TestHouse(TestDatabase database, int organizationId)
    {
        Database = database;
        OrganizationId = organizationId;
        _jobs = new(database.Clock) { Folder = new(database.Folder) };
    }

    public TestDatabase Database { get; }
    public int OrganizationId { get; }
    public Guid Lisbon { get; private set; }
    public Guid Auckland { get; private set; }
    public TestClock Clock => (TestClock)Database.Clock;

    /// <summary>May do everything, everywhere.</summary>
    public Actor Owner =>
        new(ActorKind.User, Guid.Parse("019a0000-0000-7000-8000-000000000001"), "Owner", OrganizationId, PermissionSet.Everything);

    /// <summary>May do everything at one property.</summary>
    public Actor At(Guid property) => Owner with { Id = Guid.Parse("019a0000-0000-7000-8000-000000000002"), Properties = [property] };

    public static async Task<TestHouse> Make(string engine) => await Make(await TestDatabase.Create(engine, Noon()));

    /// <summary>With the property in Lisbon alone, until <see cref="OpenAuckland"/>.</summary>
    public static async Task<TestHouse> MakeSmall(string engine) => await Make(await TestDatabase.Create(engine, Noon()), isSmall: true);

    /// <summary>On a database that no other test has: for a test that changes the schema.</summary>
    public static async Task<TestHouse> MakeNew(string engine) => await Make(await TestDatabase.CreateNew(engine, Noon()));

    private static TestClock Noon() => new(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));

    private static async Task<TestHouse> Make(TestDatabase database, bool isSmall = false)
    {
        await using var db = database.Open();
        var organization = new Organization
        {
            Name = "House",
            Currency = "EUR",
            TimeZone = "Europe/Lisbon",
            CreatedAt = db.Now,
        };
        await db.Arrange(() =>
        {
            db.Add(organization);
            return Task.CompletedTask;
        });
        var house = new TestHouse(database, organization.Id);
        house.Lisbon = (await AddProperty.Run(new("Lisbon", "EUR", "Europe/Lisbon", "PT"), house.Owner, db, default)).Value.Id;
        if (!isSmall)
        {
            await house.OpenAuckland();
        }

        return house;
    }

    public async Task OpenAuckland()
    {
        await using var db = Open();
        Auckland = (await AddProperty.Run(new("Auckland", "NZD", "Pacific/Auckland", "NZ"), Owner, db, default)).Value.Id;
    }

    public BellhopDb Open() => Database.Open();

    public BellhopDb CreateDbContext() => Database.Open();

    /// <summary>A day so many after today.</summary>
    public DateOnly Day(int days) => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime).AddDays(days);

    /// <summary>A booking from outside, of three nights unless told otherwise.</summary>
    public async Task<BookingRow> Book(
        string key,
        string status = "Confirmed",
        string? phone = "+351912345678",
        string? email = null,
        decimal amount = 100,
        string currency = "EUR",
        DateOnly? arrival = null,
        bool inLisbon = true,
        Actor? who = null,
        string? name = "Ana",
        long? revision = null,
        int nights = 3,
        string source = "Website"
    )
    {
        await using var db = Open();
        var from = arrival ?? Day(-5);
        var saved = await ReceiveBooking.Run(
            new(
                inLisbon ? Lisbon : Auckland,
                source,
                status,
                $"{from:yyyy-MM-dd}",
                $"{from.AddDays(nights):yyyy-MM-dd}",
                new(amount, currency),
                new(name, phone, email),
                key,
                Revision: revision is { } number ? new Revision(number) : null
            ),
            who ?? Owner,
            db,
            default
        );
        return saved.Value;
    }

    /// <summary>Runs everything due, as one more process would.</summary>
    public async Task RunJobs() => await Runner().RunDue(default);

    // Every change of a guest queues it. A test that is about it gives the work itself.
    private static readonly JobHandler Comparing = new(FindDuplicates.Kind, (_, _, _, _) => Task.CompletedTask);

    public JobRunner Runner(params JobHandler[] more) =>
        new(
            this,
            _jobs,
            [
                BulkJobs.Deletion,
                BulkJobs.Change,
                ReverseBulk.Handler,
                ImportJob.Handler,
                ReverseImport.Handler,
                ConvertBookings.Handler,
                WriteBookingTexts.Handler,
                RollLast.Handler,
                DeleteTag.Handler,
                .. more.Any(m => m.Kind == FindDuplicates.Kind) ? [] : new[] { Comparing },
                .. more,
            ],
            (_, _, _, _, _) => Task.FromResult<Actor?>(Owner),
            NullLogger<JobRunner>.Instance
        );

    /// <summary>A runner as the server of an embedded database has it.</summary>
    public JobRunner ServersRunner(params JobHandler[] more)
    {
        _jobs.Serves = true;
        return Runner(more);
    }

    public async Task<List<CheckFigures.Difference>> Check(CheckFigures.Input input)
    {
        await using var db = Open();
        return await CheckFigures.Run(input, Owner, db, default).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _jobs.Dispose();
        await Database.DisposeAsync();
    }
}
