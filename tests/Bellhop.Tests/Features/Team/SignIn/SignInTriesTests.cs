using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Team;

/// <summary>How often passwords may be wrong: strangers wait, and never the owner.</summary>
public class SignInTriesTests
{
    private const string Ana = "ana@example.org";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Whatever_strangers_spend_the_owner_gets_in_from_a_network_and_a_device_of_their_own(string engine)
    {
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow));
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Ana);
        var session = await Try(app, Ana, People.Password, "10.0.0.1");
        var device = new KnownDevice(session!.UserId, KnownDevice.Hash(session.Stamp));

        // From three networks, ten each: the account is spent everywhere.
        for (var i = 0; i < 30; i++)
        {
            (await Fails(app, Ana, $"10.0.1.{i / 10}")).ShouldBe(401, $"try {i}");
        }

        (await Fails(app, Ana, "10.0.1.0")).ShouldBe(429, "a network that failed has no reserve");

        // Their own network did nothing wrong: three tries are kept for it.
        (await Fails(app, Ana, "10.0.0.1")).ShouldBe(401);
        (await Fails(app, Ana, "10.0.0.1")).ShouldBe(401);
        (await Try(app, Ana, People.Password, "10.0.0.1")).ShouldNotBeNull();
        (await Fails(app, Ana, "10.0.0.1")).ShouldBe(401, "what was right was given back");
        (await Fails(app, Ana, "10.0.0.1")).ShouldBe(429);

        // A device that signed in before is not asked at all, from wherever, until the password changes.
        (await Try(app, Ana, People.Password, "10.0.1.7", device)).ShouldNotBeNull();
        (await Fails(app, Ana, "10.0.0.1", device with { StampHash = KnownDevice.Hash("another") })).ShouldBe(429);
        (await Fails(app, Ana, "10.0.0.1", device with { UserId = Guid.CreateVersion7() })).ShouldBe(429);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_failures_count_and_an_address_that_nobody_has_counts_alike(string engine)
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew(engine, clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Ana);
        for (var i = 0; i < 70; i++)
        {
            (await Try(app, Ana, People.Password, "10.0.0.1")).ShouldNotBeNull($"sign-in {i}");
        }

        foreach (var address in (string[])[Ana, "nobody@example.org"])
        {
            for (var i = 0; i < 10; i++)
            {
                (await Fails(app, address, "10.0.0.2")).ShouldBe(401);
            }

            (await Fails(app, address, "10.0.0.2")).ShouldBe(429);
        }

        // One network tries many addresses: sixty a minute, whoever they are for.
        var answers = new List<int>();
        for (var i = 0; i < 61; i++)
        {
            answers.Add(await Fails(app, $"guest{i}@example.org", "10.0.0.3"));
        }

        answers.Take(60).ShouldAllBe(a => a == 401);
        answers[60].ShouldBe(429);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await Fails(app, "guest@example.org", "10.0.0.3")).ShouldBe(401);
    }

    [Fact]
    public async Task The_cookie_of_a_device_is_read_back_for_half_a_year_and_by_nobody_else()
    {
        var clock = new TestClock(DateTimeOffset.UtcNow);
        await using var app = await TestApp.StartNew("sqlite", clock);
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, Ana);
        using var browser = app.Browser();
        await browser.SignIn(Ana, People.Password);
        var cookie = browser.Cookie("bellhop-device")!;
        cookie.HttpOnly.ShouldBeTrue();
        var devices = app.Services.GetRequiredService<DeviceCookie>();

        Read(cookie.Value).ShouldNotBeNull();
        Read(cookie.Value[..^2] + "AA").ShouldBeNull();
        Read("nonsense").ShouldBeNull();
        clock.Jump(TimeSpan.FromDays(181));
        Read(cookie.Value).ShouldBeNull();

        KnownDevice? Read(string value)
        {
            var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
            http.Request.Headers.Cookie = "bellhop-device=" + value;
            return devices.Read(http);
        }
    }

    private static async Task<int> Fails(TestApp app, string email, string from, KnownDevice? device = null)
    {
        try
        {
            await Try(app, email, "not her password at all", from, device);
            return 200;
        }
        catch (Refusal refusal)
        {
            return refusal.Status;
        }
    }

    private static async Task<Session?> Try(TestApp app, string email, string password, string from, KnownDevice? device = null)
    {
        await using var db = app.Open();
        return (
            await SignIn.Run(
                new(email, password, null, device),
                Actor.Nobody with
                {
                    From = from,
                },
                db,
                app.Services.GetRequiredService<Passwords>(),
                app.Services.GetRequiredService<Throttles>(),
                app.Services.GetRequiredService<ILookupNormalizer>(),
                default
            )
        ).Session;
    }
}
