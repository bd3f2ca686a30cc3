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

        var old = await db.Events.CountAsync(e => e.At < db.Now);
        old.ShouldBeGreaterThan(0);
        (await ForgetEvents.Run(db.Now, Actor.System(house.OrganizationId), db, default)).ShouldBe(old);
        (await db.Events.CountAsync(e => e.At < db.Now)).ShouldBe(0);
        var said = await db.Events.AsNoTracking().SingleAsync(e => e.Action == "events.forgotten");
        said.Fields.ShouldBe($"rows={old},before={db.Now:yyyy-MM-ddTHH:mm:ssZ}");
        await Should.ThrowAsync<Exception>(() => db.Events.ExecuteDeleteAsync());
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
