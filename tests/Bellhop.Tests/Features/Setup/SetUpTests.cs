using Bellhop.Features.Setup;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Team;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bellhop.Tests.Features.Setup;

public class SetUpTests
{
    private static readonly Passwords Passwords = new(new PasswordHasher<User>());
    private static readonly UpperInvariantLookupNormalizer Names = new();

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_set_ups_at_once_one_wins_and_it_is_closed_for_ever(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var refused = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        await using var db = database.OpenElsewhere();
                        try
                        {
                            await SetUp.Run(
                                Input($"House {i}", $"owner{i}@example.org"),
                                Actor.Nobody,
                                db,
                                Passwords,
                                Names,
                                Gate(database),
                                CancellationToken.None
                            );
                        }
                        catch (Refusal refusal) when (refusal is { Status: 409, Type: "already-set-up" })
                        {
                            Interlocked.Increment(ref refused);
                        }
                    })
                )
        );

        refused.ShouldBe(3);
        await using var reading = database.Open();
        var organization = await reading.Organizations.SingleAsync();
        (await reading.Properties.SingleAsync()).OrganizationId.ShouldBe(organization.Id);
        (await reading.Memberships.SingleAsync()).Role.ShouldBe(Roles.Owner);
        (await reading.Users.CountAsync()).ShouldBe(1);
        (await Gate(database).IsOpen(CancellationToken.None)).ShouldBeFalse();
        var again = await Should.ThrowAsync<Refusal>(() =>
            SetUp.Run(Input("Late", "late@example.org"), Actor.Nobody, reading, Passwords, Names, Gate(database), CancellationToken.None)
        );
        again.Status.ShouldBe(409);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Set_up_stays_closed_after_a_restart_and_while_the_database_is_away(string engine)
    {
        await using var database = await TestDatabase.CreateNew(engine);
        await using (var app = TestApp.On(database))
        await using (var db = app.Open())
        {
            var gate = app.Services.GetRequiredService<SetupGate>();
            (await gate.IsOpen(CancellationToken.None)).ShouldBeTrue();
            await SetUp.Run(Input("Sea", "ana@example.org"), Actor.Nobody, db, Passwords, Names, gate, CancellationToken.None);
        }

        await using var restarted = TestApp.On(database);
        // What each start does goes first.
        await restarted.Services.GetServices<IHostedService>().OfType<RecurringTasks>().Single().Run(CancellationToken.None);
        await restarted.RunJobs();
        var before = await restarted.Snapshot();
        using var browser = restarted.Browser();
        var late = await browser.Send(
            "/setup",
            ("_handler", "setup"),
            ("organization", "Thieves"),
            ("property", "Den"),
            ("email", "eve@example.org"),
            ("password", "blue tram lisbon 9"),
            ("currency", "EUR"),
            ("timeZone", "Europe/Lisbon"),
            ("country", "PT")
        );

        ((int)late.StatusCode).ShouldBe(409);
        (await restarted.Snapshot()).ShouldBe(before);
        (await restarted.Anonymous().GetAsync("/")).Headers.Location?.ToString().ShouldNotBe("/setup");
        (await new SetupGate(new IsAway()).IsOpen(CancellationToken.None)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Everything_wrong_is_said_at_once_and_nothing_is_written(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        var refusal = await Should.ThrowAsync<Refusal>(() =>
            SetUp.Run(
                new("", "x", "short", " ", "eur", "Lisbon", "PRT", new('n', 201)),
                Actor.Nobody,
                db,
                Passwords,
                Names,
                Gate(database),
                CancellationToken.None
            )
        );

        refusal.Status.ShouldBe(400);
        refusal.Errors.Keys.Order().ShouldBe(["country", "currency", "email", "name", "organization", "password", "property", "timeZone"]);
        (await db.Users.AnyAsync()).ShouldBeFalse();
        (await Gate(database).IsOpen(CancellationToken.None)).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Further_organisations_are_for_whoever_runs_Bellhop(string engine)
    {
        await using var database = await TestDatabase.Create(engine);
        await using var db = database.Open();
        await SetUp.Run(Input("Sea", "ana@example.org"), Actor.Nobody, db, Passwords, Names, Gate(database), CancellationToken.None);
        var ana = new Actor(ActorKind.User, Guid.CreateVersion7(), "Ana", 1, PermissionSet.Everything);
        Task<object> Make(Founding input, Actor who) =>
            Task.Run<object>(async () => await CreateOrganization.Run(input, who, db, Passwords, Names, CancellationToken.None));

        (await Should.ThrowAsync<Refusal>(() => Make(Input("Hill", "rui@example.org"), ana))).Status.ShouldBe(404);
        (await Should.ThrowAsync<Refusal>(() => Make(Input("Hill", "rui@example.org"), Actor.Nobody))).Status.ShouldBe(401);
        await Make(Input("Hill", "rui@example.org"), Actor.System(0));
        await Make(Input("Lake", "ana@example.org"), Actor.System(0)); // one account, two organisations
        (await Should.ThrowAsync<Refusal>(() => Make(Input("Hill", "eva@example.org"), Actor.System(0)))).Type.ShouldBe("name-taken");
        (
            await Should.ThrowAsync<Refusal>(() =>
                Make(Input("Moor", "ana@example.org") with { Password = "another good one" }, Actor.System(0))
            )
        ).Type.ShouldBe("account-exists");

        (await ListOrganizations.Run(Actor.System(0), db, CancellationToken.None)).Select(o => o.Name).ShouldBe(["Hill", "Lake", "Sea"]);
        (await db.Memberships.CountAsync()).ShouldBe(3);
        (await db.Users.CountAsync()).ShouldBe(2);
    }

    private static Founding Input(string organization, string email) =>
        new(organization, email, "blue tram lisbon 9", "Sea Hostel", "EUR", "Europe/Lisbon", "PT");

    private static SetupGate Gate(TestDatabase database) => new(new Opens(database));

    private sealed class Opens(TestDatabase database) : IDbContextFactory<Bellhop.Data.BellhopDb>
    {
        public Bellhop.Data.BellhopDb CreateDbContext() => database.Open();
    }

    private sealed class IsAway : IDbContextFactory<Bellhop.Data.BellhopDb>
    {
        public Bellhop.Data.BellhopDb CreateDbContext() => throw new Npgsql.NpgsqlException("away");
    }
}
