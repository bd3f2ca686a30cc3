using System.Net;
using System.Text.RegularExpressions;
using Bellhop.Features.Audit;
using Bellhop.Platform;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Guards;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Bellhop.Tests.Features.Audit;

public partial class AuditLogTests
{
    private const string Path = "/api/v1/audit";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_log_is_filtered_by_kind_row_person_day_and_refusals_and_its_file_says_the_same(string engine)
    {
        var clock = new TestClock(new(2026, 3, 1, 22, 30, 0, TimeSpan.Zero));
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        var (owner, hers) = (app.As(house.Owner), app.As(await app.MakeKey(house.OrganizationId, PermissionSet.Everything)));
        var booking = await (await owner.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon, "one"))).Json(201);
        clock.Advance(TimeSpan.FromHours(3)); // the next day in Lisbon
        await (await hers.Post("/api/v1/bookings", ReceiveBookingTests.Body(house.Lisbon, "two"))).Json(201);
        (await hers.GetAsync("/api/v1/bookings/" + Guid.CreateVersion7())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var ana = (await (await owner.GetAsync(Path)).Json(200))["items"]![0]!["who"]!["id"]!.GetValue<Guid>();

        (await Actions("kind=booking")).ShouldBe(["access.refused", "booking.created", "booking.created"]);
        (await Actions("kind=booking&refused=false")).ShouldBe(["booking.created", "booking.created"]);
        (await Actions("refused=true")).ShouldBe(["access.refused"]);
        (await Actions($"entityId={booking["id"]}")).ShouldBe(["booking.created"]);
        (await Actions($"whoId={ana}&kind=booking&refused=false")).ShouldBe(["booking.created"]);
        (await Actions("kind=booking&to=2026-03-01")).ShouldBe(["booking.created"]);
        (await Actions("kind=booking&from=2026-03-02&refused=false")).ShouldBe(["booking.created"]);
        (await Actions("kind=booking&from=2026-03-03")).ShouldBeEmpty();
        (await Actions("kind=%3Cscript%3E")).ShouldBeEmpty();
        foreach (var wrong in (string[])["from=yesterday", "from=2026-03-02&to=2026-03-01", "whoId=me", "refused=maybe", "sort=at"])
        {
            (await owner.GetAsync($"{Path}?{wrong}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
            (await owner.GetAsync($"{Path}.csv?{wrong}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong);
        }

        var first = await (await owner.GetAsync($"{Path}?kind=booking&limit=1")).Json(200);
        (await owner.GetAsync($"{Path}?limit=1&cursor={first["nextCursor"]}")).StatusCode.ShouldBe(
            HttpStatusCode.BadRequest,
            "a cursor belongs to its question"
        );

        async Task<IEnumerable<string>> Actions(string query)
        {
            var listed = (await (await owner.GetAsync($"{Path}?{query}")).Json(200))["items"]!
                .AsArray()
                .Select(e => e!["action"]!.GetValue<string>())
                .ToList();
            using var file = await owner.GetAsync($"{Path}.csv?{query}");
            file.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
            var lines = (await file.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            lines.Skip(1).Select(l => l.Split(',')[3]).ShouldBe(listed, query);
            return listed;
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_file_longer_than_one_reading_has_every_event_once(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        await using var db = app.Open();
        await db.Arrange(() =>
        {
            for (var i = 0; i < 1001; i++)
            {
                db.Happened(TestApp.Everything(house), "tag.created", "tag", Guid.CreateVersion7());
            }

            return Task.CompletedTask;
        });

        var lines = (await app.As(house.Owner).GetStringAsync(Path + ".csv?kind=tag")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(1002);
        lines.Distinct().Count().ShouldBe(1002);
    }

    [Fact]
    public async Task Every_action_that_the_code_names_is_said_in_words()
    {
        await using var app = await TestApp.Start("sqlite");
        var texts = app.Services.GetRequiredService<IStringLocalizer<AuditTexts>>();
        var named = Directory
            .EnumerateFiles(ShapeTests.Source, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("Migrations", StringComparison.Ordinal))
            .SelectMany(f => Happened().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value)
            .Distinct()
            .ToList();

        named.Count.ShouldBeGreaterThan(30);
        named.Where(action => texts["Action." + action].ResourceNotFound).ShouldBeEmpty("AuditTexts.resx says what was done.");
        AuditKinds.All.Where(kind => texts["Kind." + kind].ResourceNotFound).ShouldBeEmpty();
    }

    [GeneratedRegex("Happened\\([^;\"]*\"([a-zA-Z]+\\.[a-zA-Z]+)\"")]
    private static partial Regex Happened();
}
