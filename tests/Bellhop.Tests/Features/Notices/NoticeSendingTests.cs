using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Notices;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Tests.Features.Team;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace Bellhop.Tests.Features.Notices;

public class NoticeSendingTests
{
    private const string Choices = "/api/v1/me/notices/choices";
    private const string Push = "/api/v1/me/push";
    private const string Everything = """{"page":["mentioned","noteDue"],"mail":["mentioned"],"push":["mentioned"]}""";

    private static readonly (string, string) Loopback = ("Outside:AllowedNetworks", "127.0.0.0/8");

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_wanted_kind_comes_by_mail_with_a_link_and_without_a_word_of_the_guest(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow), mail.Settings);
        var (ana, rui, guest) = await People(app);
        await Write(ana, guest, "@rui@example.org once, unasked");
        await app.RunJobs();
        mail.Left.ShouldBe(0, "nothing is mailed that nobody asked for");

        (await (await rui.Send(HttpMethod.Put, Choices, Everything)).Json(200)).ToJsonString().ShouldBe(Everything);
        await Write(ana, guest, "@rui@example.org Rita has lost her key");
        await app.RunJobs();

        var got = await mail.Next();
        (got.To.Mailboxes.Single().Address, got.Subject).ShouldBe(("rui@example.org", "A note names you"));
        TestMail.LinkOf(got).ShouldBe($"/contacts/{guest}");
        got.TextBody!.ShouldNotContain("Rita");
        mail.Left.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_seen_or_may_be_seen_no_more_is_not_sent(string engine)
    {
        await using var mail = TestMail.Start();
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow), mail.Settings);
        var (ana, rui, guest) = await People(app);
        await rui.Send(HttpMethod.Put, Choices, Everything);
        await using var db = app.Open();

        await db.Memberships.Where(m => m.Role == Roles.Manager).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, "Nothing"));
        await Write(ana, guest, "@rui@example.org");
        await app.RunJobs();
        await db.Memberships.Where(m => m.Role == "Nothing").ExecuteUpdateAsync(set => set.SetProperty(m => m.DisabledAt, DateTime.UtcNow));
        await Write(ana, guest, "@rui@example.org");
        await app.RunJobs();

        mail.Left.ShouldBe(0);
        (await db.Jobs.AnyAsync(j => j.State == JobState.Parked)).ShouldBeFalse("somebody who left is no fault");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_device_gets_it_encrypted_and_signed_until_its_session_ends(string engine)
    {
        await using var service = await PushService.Start();
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow), Loopback);
        var (ana, rui, guest) = await People(app);
        await rui.Send(HttpMethod.Put, Choices, Everything);
        var key = (await (await rui.Post(Push + "/setup", new JsonObject())).Json(200))["publicKey"]!.GetValue<string>();
        (await (await rui.Post(Push + "/setup", new JsonObject())).Json(200))["publicKey"]!.GetValue<string>().ShouldBe(key);
        (await (await rui.Post(Push + "/subscriptions", service.Subscription)).Json(201))["current"]!.GetValue<bool>().ShouldBeTrue();
        await rui.Post(Push + "/subscriptions", service.Subscription);
        (await rui.GetFromJson(Push + "/subscriptions"))["items"]!.AsArray().Count.ShouldBe(1, "a browser has one");

        await Write(ana, guest, "@rui@example.org Rita has lost her key");
        await app.RunJobs();

        var (headers, body) = service.Calls.ShouldHaveSingleItem();
        var said = service.Read(body);
        (said["title"]!.GetValue<string>(), said["path"]!.GetValue<string>()).ShouldBe(("A note names you", $"/contacts/{guest}"));
        (headers.ContentEncoding.ToString(), headers["TTL"].ToString()).ShouldBe(("aes128gcm", "86400"));
        IsSigned(headers.Authorization.ToString(), key, service.Origin, app.Clock.GetUtcNow());
        await using var db = app.Open();
        var stored = await db.PushKeys.SingleAsync();
        using var signer = ECDsa.Create();
        Should.Throw<CryptographicException>(() => signer.ImportPkcs8PrivateKey(stored.PrivateKey, out _)); // it is encrypted

        await db.Sessions.Where(s => db.PushSubscriptions.Any(p => p.SessionId == s.Id)).ExecuteDeleteAsync();
        (await db.PushSubscriptions.CountAsync()).ShouldBe(0);
        await Write(ana, guest, "@rui@example.org");
        await app.RunJobs();
        service.Calls.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_device_that_is_gone_is_forgotten_and_a_service_that_is_away_is_asked_again_some_times(string engine)
    {
        await using var service = await PushService.Start();
        await using var app = await TestApp.StartNew(engine, new TestClock(DateTimeOffset.UtcNow), Loopback);
        var (ana, rui, guest) = await People(app);
        await rui.Send(HttpMethod.Put, Choices, Everything);
        await rui.Post(Push + "/setup", new JsonObject());
        await rui.Post(Push + "/subscriptions", service.Subscription);
        service.Status = 503;
        await Write(ana, guest, "@rui@example.org");
        for (var i = 0; i < 8; i++)
        {
            await app.RunJobs();
            app.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        service.Calls.Count.ShouldBe(4);
        await using var db = app.Open();
        (await db.Jobs.AnyAsync(j => j.State == JobState.Parked)).ShouldBeFalse("nobody need see to it");
        service.Status = 410;
        await Write(ana, guest, "@rui@example.org");
        await app.RunJobs();
        (await db.PushSubscriptions.CountAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_private_address_and_keys_that_are_none_are_refused(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var (_, rui, _) = await People(app);
        await using var service = await PushService.Start();
        var good = service.Subscription;
        async Task<string[]> Fields(string name, string value)
        {
            var bad = (JsonObject)good.DeepClone();
            (bad["endpoint"], bad[name]) = ("https://push.example.org/x", value);
            return (await (await rui.Post(Push + "/subscriptions", bad)).Json(400)).Fields();
        }

        (await Fields("endpoint", service.Origin + "/x")).ShouldBe(["endpoint"]);
        (await Fields("endpoint", "https://127.0.0.1/x")).ShouldBe(["endpoint"]);
        (await Fields("endpoint", "https://10.0.0.1/x")).ShouldBe(["endpoint"]);
        (await Fields("p256dh", WebEncoders.Base64UrlEncode([4, .. new byte[64]]))).ShouldBe(["p256dh"]);
        (await Fields("auth", "AAAA")).ShouldBe(["auth"]);
        (await rui.Send(HttpMethod.Delete, $"{Push}/subscriptions/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_kind_has_its_words_for_a_mail_and_a_device()
    {
        await using var app = await TestApp.Start("sqlite");
        var texts = app.Services.GetRequiredService<IStringLocalizer<NoticeTexts>>();

        NoticeKind.All.Where(k => texts["Sent." + k.Name].ResourceNotFound).Select(k => k.Name).ShouldBeEmpty();
    }

    [Fact]
    public void The_example_of_RFC_8291_comes_out()
    {
        static byte[] Bytes(string text) => WebEncoders.Base64UrlDecode(text);
        var ours = Bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        using var once = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                D = Bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
                Q = new() { X = ours[1..33], Y = ours[33..] },
            }
        );

        var body = PushKeys.Encrypt(
            Encoding.UTF8.GetBytes("When I grow up, I want to be a watermelon"),
            Bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            Bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            once,
            Bytes("DGv6ra1nlYgDCS1FRnbzlw")
        );

        WebEncoders
            .Base64UrlEncode(body)
            .ShouldBe(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
                    + "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
            );
    }

    private static void IsSigned(string authorization, string key, string origin, DateTimeOffset now)
    {
        authorization.ShouldStartWith("vapid t=");
        authorization.ShouldEndWith(", k=" + key);
        var parts = authorization["vapid t=".Length..authorization.IndexOf(',', StringComparison.Ordinal)].Split('.');
        var claims = JsonNode.Parse(WebEncoders.Base64UrlDecode(parts[1]))!;
        claims["aud"]!.GetValue<string>().ShouldBe(origin);
        claims["exp"]!.GetValue<long>().ShouldBeInRange(now.ToUnixTimeSeconds(), now.AddHours(24).ToUnixTimeSeconds());
        var point = WebEncoders.Base64UrlDecode(key);
        using var check = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = point[1..33], Y = point[33..] },
            }
        );
        check
            .VerifyData(Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), WebEncoders.Base64UrlDecode(parts[2]), HashAlgorithmName.SHA256)
            .ShouldBeTrue();
    }

    private static async Task<(HttpClient Ana, HttpClient Rui, Guid Guest)> People(TestApp app)
    {
        var house = await app.MakeHouse();
        await app.MakePerson(house.OrganizationId, "ana@example.org");
        await app.MakePerson(house.OrganizationId, "rui@example.org", Roles.Manager);
        var rita = new JsonObject
        {
            ["name"] = "Rita",
            ["phone"] = "+351912345678",
            ["propertyId"] = house.Lisbon,
        };
        var guest = await (await app.As(house.Owner).Post("/api/v1/contacts", rita)).Json(201);
        return (await app.Enter("ana@example.org"), await app.Enter("rui@example.org"), guest["id"]!.GetValue<Guid>());
    }

    private static async Task Write(HttpClient who, Guid guest, string text) =>
        await (await who.Post($"/api/v1/contacts/{guest}/notes", new JsonObject { ["text"] = text })).Json(201);
}
