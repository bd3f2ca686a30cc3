using Bellhop.Features.Audit;
using Bellhop.Features.Contacts;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Tests.Data;

/// <summary>
/// The audit log is append-only by the database's own word. A migration that rebuilds the table drops its triggers: this is where that
/// shows.
/// </summary>
public class EventTriggerTests
{
    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Events_are_neither_changed_nor_deleted_but_by_the_one_way_that_says_so(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("b1");
        house.Clock.Jump(TimeSpan.FromDays(1));
        await house.Book("b1", amount: 99);
        await using var db = house.Open();
        var before = await db.Events.AsNoTracking().OrderBy(e => e.Id).Select(e => e.Id).ToListAsync();

        await Should.ThrowAsync<Exception>(() => db.Events.ExecuteUpdateAsync(set => set.SetProperty(e => e.WhoName, "Nobody")));
        await Should.ThrowAsync<Exception>(() => db.Events.ExecuteDeleteAsync());
        await Should.ThrowAsync<Exception>(async () =>
        {
            await using var sql = await db.Sql(engine == "postgres" ? "TRUNCATE events" : "DELETE FROM events WHERE 1 = 1", default);
            await sql.ExecuteNonQueryAsync();
        });
        (await db.Events.AsNoTracking().OrderBy(e => e.Id).Select(e => e.Id).ToListAsync()).ShouldBe(before);

        // The day begins in the organisation's own zone, here Lisbon's in summer.
        var (today, begins) = (house.Day(0), house.Day(-1).ToDateTime(new(23, 0), DateTimeKind.Utc));
        var bellhop = Actor.System(house.OrganizationId);
        var old = await db.Events.CountAsync(e => e.At < begins);
        old.ShouldBeGreaterThan(0);
        (await db.EventContacts.CountAsync()).ShouldBe(1);
        (await ForgetEvents.Count(today, bellhop, db, default)).ShouldBe(old);
        (await Should.ThrowAsync<Refusal>(() => ForgetEvents.Run(house.Day(1), bellhop, db, default))).Status.ShouldBe(400);
        (await Should.ThrowAsync<Refusal>(() => ForgetEvents.Run(today, house.Owner, db, default))).Status.ShouldBe(404);
        (await db.Events.CountAsync(e => e.At < begins)).ShouldBe(old);

        (await ForgetEvents.Run(today, bellhop, db, default)).ShouldBe(old);

        (await db.Events.CountAsync(e => e.At < begins)).ShouldBe(0);
        (await db.EventContacts.CountAsync()).ShouldBe(1, "what happened today stays on the timeline");
        var said = await db.Events.AsNoTracking().SingleAsync(e => e.Action == "events.forgotten");
        said.Fields.ShouldBe($"rows={old},before={begins:yyyy-MM-ddTHH:mm:ssZ}");
        await Should.ThrowAsync<Exception>(() => db.Events.ExecuteDeleteAsync());
        (await ForgetEvents.Run(today, bellhop, db, default)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_deleted_guests_events_stay_as_they_are_and_lead_to_them_no_more(string engine)
    {
        await using var house = await TestHouse.Make(engine);
        await house.Book("b1");
        var booking = await house.Book("b1", amount: 99);
        await using var db = house.Open();
        (await db.EventContacts.CountAsync(c => c.ContactId == booking.ContactId)).ShouldBe(1);
        var events = await db.Events.CountAsync();

        await DeleteContact.Run(booking.ContactId!.Value, house.Owner, db, IfMatch.Any, default);

        (await db.EventContacts.CountAsync(), await db.EventDetails.CountAsync(), await db.Events.CountAsync()).ShouldBe(
            (0, 0, events + 1)
        );
    }
}
