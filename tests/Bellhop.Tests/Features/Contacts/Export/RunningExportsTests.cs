using System.Net;
using System.Text;
using Bellhop.Features.Contacts;
using Bellhop.Features.Contacts.Export;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Bellhop.Tests.Features.Contacts.Export.ExportGuests;

namespace Bellhop.Tests.Features.Contacts.Export;

public class RunningExportsTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reader_who_goes_away_ends_the_export_and_what_they_got_is_written_down(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await Crowd(app, house, 3_000);
        await using var db = app.Open();
        var question = new ExportRequest(Bellhop.Features.Contacts.ContactFilter.None, default, true, ExportColumns.Usual);
        using var leaving = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(
            ExportContacts.Write(
                question,
                null,
                TestApp.Everything(house),
                db,
                async (_, rows, _) =>
                {
                    if (rows > 100)
                    {
                        await leaving.CancelAsync();
                    }
                },
                leaving.Token
            )
        );

        await using var log = app.Open();
        var sent = (await log.Events.SingleAsync(e => e.Action == "contacts.exported")).Fields;
        int.Parse(sent["rows=".Length..]).ShouldBeInRange(100, 2_900);
        (await db.Contacts.CountAsync()).ShouldBe(3_000); // the connection is good for more
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_writes_meanwhile_is_not_held_up_and_is_not_in_the_file(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await Crowd(app, house, 2_000);
        await using var db = app.Open();
        var (text, written) = (new StringBuilder(), false);
        var question = new ExportRequest(Bellhop.Features.Contacts.ContactFilter.None, NameField.Column.By, false, [NameField.Column.Csv!]);
        var rows = await ExportContacts.Write(
            question,
            null,
            TestApp.Everything(house),
            db,
            async (bytes, _, _) =>
            {
                text.Append(Encoding.UTF8.GetString(bytes.Span));
                if (!written)
                {
                    written = true;
                    await Book(app, house, house.Lisbon, "Zz came meanwhile", null, null, 10).WaitAsync(TimeSpan.FromSeconds(5));
                }
            },
            default
        );

        rows.ShouldBe(2_000);
        Csv.Parse(text.ToString()).Select(r => r[0]).Distinct().Count().ShouldBe(2_001);
        text.ToString().ShouldNotContain("meanwhile");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_person_has_two_exports_running_and_the_third_waits(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var running = app.Services.GetRequiredService<RunningExports>();
        await using var db = app.Open();
        var key = await db.ApiKeys.SingleAsync();
        var who = TestApp.Everything(house) with { Kind = ActorKind.ApiKey, Id = key.Id };
        var (one, two) = (running.Begin(who), running.Begin(who));

        using var third = await app.As(house.Owner).GetAsync("/api/v1/contacts/export");
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        third.Headers.RetryAfter.ShouldNotBeNull();
        (
            await app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything)).GetAsync("/api/v1/contacts/export")
        ).StatusCode.ShouldBe(HttpStatusCode.OK);
        one.Dispose();
        one.Dispose();
        (await app.As(house.Owner).GetAsync("/api/v1/contacts/export")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Should
            .Throw<Refusal>(() =>
            {
                running.Begin(who);
                running.Begin(who);
            })
            .Status.ShouldBe(429);
        two.Dispose();
    }
}
