using System.Net;
using System.Text;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Tests.Features.Bookings;
using Bellhop.Tests.Guards;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Platform.Web;

/// <summary>What is asked of a call before anything of it is taken.</summary>
public class DoorTests
{
    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_permission_is_asked_for_before_a_body_is_read(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var world = await World.Make(app, house);
        var rightless = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.None));
        var wrong = new List<string>();
        var before = await app.Snapshot();
        foreach (var row in MatrixRows.Api.Where(r => r.Permission is not null && r.Method.Method is "POST" or "PUT" or "PATCH"))
        {
            using var request = world.Own(row).Message(row.Method);
            request.Content = new StringContent("this is no JSON", Encoding.UTF8, "application/json");
            using var answer = await rightless.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Forbidden)
            {
                wrong.Add($"{row.Route}: {(int)answer.StatusCode}");
            }
        }

        wrong.ShouldBeEmpty();
        (await app.Snapshot()).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_charset_in_quotes_or_capitals_is_the_same_charset(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        foreach (
            var type in (string[])
                ["application/json;charset=\"utf-8\"", "application/json; charset=\"UTF-8\"", "application/json; charset=UTF-8"]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings")
            {
                Content = new ByteArrayContent(
                    System.Text.Encoding.UTF8.GetBytes(ReceiveBookingTests.Body(house.Lisbon, null).ToJsonString())
                ),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            (await app.As(house.Owner).SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Created, type);
        }
    }

    [Fact]
    public async Task A_form_in_a_charset_that_we_do_not_speak_is_refused_on_every_page_that_takes_one()
    {
        await using var app = await TestApp.Start("sqlite");
        var house = await app.MakeHouse();
        foreach (var page in (string[])["/sign-in", $"/book/{house.Lisbon}", "/review/x", "/invite/x"])
        {
            foreach (var charset in (string[])["utf-7", "utf-16", "bogus"])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, page) { Content = new ByteArrayContent("name=x"u8.ToArray()) };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", $"application/x-www-form-urlencoded; charset={charset}");
                (await app.Anonymous().SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, page + " " + charset);
            }
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_we_do_not_speak_is_refused_and_what_is_long_lies_in_our_own_folder_no_longer_than_the_call(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var house = await app.MakeHouse();
        var owner = app.As(house.Owner);
        var before = await app.Snapshot();
        foreach (
            var type in (string[])
                ["application/json; charset=utf-16", "application/json; charset=iso-8859-1", "text/plain", "application/xml", "nonsense"]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/bookings")
            {
                Content = new ByteArrayContent("{}"u8.ToArray()),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            (await owner.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, type);
        }

        (await app.Snapshot()).ShouldBe(before);
        var folder = app.Services.GetRequiredService<DataFolder>();
        var body = ReceiveBookingTests.Body(house.Lisbon);
        body["notes"] = new string('n', 4000);
        body["reference"] = new string('r', 300_000);
        (await owner.Post("/api/v1/bookings", body, "long")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        folder.Files(DataFolder.Temporary).ShouldBeEmpty();
        Directory.Exists(folder.Where(DataFolder.Temporary)).ShouldBeTrue("the body was there");

        await File.WriteAllTextAsync(
            Path.Combine(folder.Sub(DataFolder.Temporary), "left.tmp"),
            "of a process that died",
            TestContext.Current.CancellationToken
        );
        folder.Empty(DataFolder.Temporary, DateTime.MaxValue);
        folder.Files(DataFolder.Temporary).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(28, true)]
    [InlineData(122, true)]
    [InlineData(24, true)]
    [InlineData(23, true)]
    [InlineData(2, false)]
    public void A_full_disk_a_reached_quota_and_no_handle_left_are_told_from_other_failures(int errno, bool full) =>
        DiskFailure.IsFull(new InvalidOperationException("outer", new IOException("inner", errno))).ShouldBe(full);

    [Theory, MemberData(nameof(Engines))]
    public async Task Refusals_of_one_caller_have_so_many_rows_a_minute_and_the_rest_is_counted(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock, ("Limits:RefusalsPerMinute", "2"));
        var house = await app.MakeHouse();
        var rightless = app.As(await app.MakeKey(house.OrganizationId, PermissionSet.None));
        var count = app.Services.GetRequiredService<RefusalCount>();
        for (var i = 0; i < 5; i++)
        {
            (await rightless.GetAsync("/api/v1/contacts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        (await app.Events("access.refused")).ShouldBe(2);
        await count.Close(default);
        await using var db = app.Open();
        (await db.Events.Where(e => e.Action == "access.refused").OrderBy(e => e.Id).Select(e => e.Fields).ToListAsync()).ShouldBe([
            "",
            "",
            "more=3",
        ]);
        await count.Close(default);
        await rightless.GetAsync("/api/v1/contacts");
        (await app.Events("access.refused")).ShouldBe(4);
    }

    [Fact]
    public async Task A_channel_is_ours_alone_and_one_person_has_so_many()
    {
        await using var app = await TestApp.StartNew("sqlite", null, ("Limits:CircuitsPerUser", "2"), ("Limits:SocketsPerNetwork", "3"));
        var house = await app.MakeHouse();
        var key = await app.MakeKey(house.OrganizationId, PermissionSet.Everything);
        await Refused(key, "https://elsewhere.example", 403);
        var first = await Open(key, "http://localhost");
        using var second = await Open(key, null);
        await Refused(key, null, 429);
        using var other = await Open(house.Owner, null);
        await Refused(await app.MakeKey(house.OrganizationId, PermissionSet.Everything), null, 429);

        first.Abort();
        first.Dispose();
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var again = await Open(key, null);
                break;
            }
            catch (InvalidOperationException) when (tries < 50)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken); // the place is given back when the server has seen it go
            }
        }

        (await app.As(key).GetAsync("/_blazor?id=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "a channel is a WebSocket");

        Task<System.Net.WebSockets.WebSocket> Open(string who, string? origin)
        {
            var client = ((TestServer)app.Services.GetRequiredService<IServer>()).CreateWebSocketClient();
            client.ConfigureRequest = request =>
            {
                request.Headers.Authorization = "Bearer " + who;
                if (origin is not null)
                {
                    request.Headers.Origin = origin;
                }
            };
            return client.ConnectAsync(new Uri("ws://localhost/_blazor"), TestContext.Current.CancellationToken);
        }

        async Task Refused(string who, string? origin, int status) =>
            (await Should.ThrowAsync<InvalidOperationException>(() => Open(who, origin))).Message.ShouldContain(
                status.ToString(System.Globalization.CultureInfo.InvariantCulture)
            );
    }
}
