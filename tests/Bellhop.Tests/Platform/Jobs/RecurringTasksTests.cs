using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Team;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bellhop.Tests.Platform.Jobs;

public class RecurringTasksTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task What_has_run_out_is_forgotten_and_nothing_else(string engine)
    {
        await using var app = await TestApp.StartNew(engine, new(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero)));
        var house = await app.MakeHouse();
        var person = await app.MakePerson(house.OrganizationId, "ana@example.org");
        await using var db = app.Open();
        var now = db.Now;
        await db.Save(() =>
        {
            for (var i = 0; i < 2_100; i++) // more than go in one save
            {
                db.Add(IdempotentResponse("old " + i, now.AddMinutes(-1)));
            }

            db.AddRange(IdempotentResponse("just over", now), IdempotentResponse("kept", now.AddMilliseconds(1)));
            db.AddRange(Session("over", now.AddSeconds(-1)), Session("kept", now.AddSeconds(1)));
            db.AddRange(
                Job("done long ago", JobState.Done, now - RecurringTasks.KeptDone - TimeSpan.FromSeconds(1)),
                Job("done lately", JobState.Done, now - RecurringTasks.KeptDone + TimeSpan.FromSeconds(1)),
                Job("parked long ago", JobState.Parked, now.AddYears(-1)),
                Job("waiting", JobState.Queued, null)
            );
            return Task.CompletedTask;
        });

        await app.Services.GetServices<IHostedService>().OfType<RecurringTasks>().Single().Run(default);

        (await db.IdempotentResponses.Select(a => a.Key).ToListAsync()).ShouldBe(["kept"]);
        (await db.Sessions.Select(s => s.Agent).ToListAsync()).ShouldBe(["kept"]);
        (await db.Jobs.Where(j => j.Kind == "test.old").Select(j => j.Argument).ToListAsync())
            .Order()
            .ShouldBe(["done lately", "parked long ago", "waiting"]);

        IdempotentResponse IdempotentResponse(string key, DateTime until) =>
            new()
            {
                OrganizationId = house.OrganizationId,
                CallerId = Guid.Empty,
                Path = "/x",
                Key = key,
                BodyHash = [1],
                Status = 200,
                ExpiresAt = until,
            };
        Session Session(string agent, DateTime until) =>
            new()
            {
                OrganizationId = house.OrganizationId,
                UserId = person,
                Stamp = "s",
                Agent = agent,
                CreatedAt = now.AddDays(-14),
                LastSeenAt = now.AddDays(-1),
                ExpiresAt = until,
            };
        Job Job(string argument, JobState state, DateTime? finished) =>
            new()
            {
                OrganizationId = house.OrganizationId,
                Kind = "test.old",
                Argument = argument,
                State = state,
                CreatedAt = now.AddYears(-1),
                RunAt = now.AddYears(1),
                FinishedAt = finished,
            };
    }
}
