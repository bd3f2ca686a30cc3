using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Bellhop.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace Bellhop.Tests.Features.Inbox.Media;

/// <summary>Files that guests send.</summary>
public class MediaInTests
{
    private const string Guest = "351912345678";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_guests_picture_is_fetched_on_each_channel_and_shown_without_what_the_camera_wrote(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var photo = Pictures.Photo();
        foreach (var kind in new[] { "whatsApp", "messenger", "instagram", "telegram" })
        {
            var file = await Sent(line, line.Of(kind), new("IMG.png", "image/png", photo), "Our terrace");
            file["contentType"]!.GetValue<string>().ShouldBe("image/jpeg", "the content counts, not what the sender says");
            file["bytes"]!.GetValue<long>().ShouldBe(photo.Length);

            using var whole = await line.Client.GetAsync(file["url"]!.GetValue<string>());
            (await whole.Content.ReadAsByteArrayAsync()).ShouldBe(photo);
            Guarded(whole);
            whole.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");

            using var small = await line.Client.GetAsync(file["previewUrl"]!.GetValue<string>());
            small.Content.Headers.ContentType!.MediaType.ShouldBe("image/webp");
            Guarded(small);
            var preview = await small.Content.ReadAsByteArrayAsync();
            Encoding.Latin1.GetString(preview).ShouldNotContain("GPS");
            using var picture = SKBitmap.Decode(preview);
            (picture.Width, picture.Height).ShouldBe((300, 400));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whatever_may_do_harm_is_only_a_download_under_a_plain_name(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        byte[] polyglot = [.. "GIF89a/*"u8, .. new byte[6], .. "*/=1;alert(1)//<script>alert(1)</script>"u8];
        (string Name, string Type, byte[] Content, string Shown, string Found)[] files =
        [
            ("logo.svg", "image/svg+xml", "<svg onload='alert(1)'/>"u8.ToArray(), "logo.svg", "text/plain"),
            ("../../bellhop.db", "text/html", "<script>alert(1)</script>"u8.ToArray(), "bellhop.db", "text/plain"),
            ("a\u202Egpj.exe", "image/jpeg", "MZ\x90\0"u8.ToArray(), "agpj.exe", "application/octet-stream"),
            ("two\r\nlines\".html", "application/pdf", "<html>"u8.ToArray(), "two lines\".html", "text/plain"),
            ("poly.gif", "application/javascript", polyglot, "poly.gif", "image/gif"),
            ("huge.png", "application/x", Pictures.Claiming(60_000, 60_000), "huge.png", "image/png"),
        ];
        foreach (var (name, type, content, shown, found) in files)
        {
            var file = await Sent(line, line.Telegram, new(name, "application/" + type.Split('/')[1], content));
            (file["fileName"]!.GetValue<string>(), file["contentType"]!.GetValue<string>()).ShouldBe((shown, found));
            file["previewUrl"].ShouldBeNull();

            using var answer = await line.Client.GetAsync(file["url"]!.GetValue<string>());
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(content);
            Guarded(answer);
            var disposition = answer.Content.Headers.ContentDisposition!;
            disposition.DispositionType.ShouldBe("attachment");
            disposition.FileNameStar.ShouldBe(shown);
            var small = await line.Client.GetAsync(file["url"]!.GetValue<string>() + "?preview=true");
            small.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fetch_that_fails_in_passing_is_tried_again_and_then_left_to_staff(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var once = await Sent(line, line.WhatsApp, new("a.pdf", "application/pdf", "%PDF-1"u8.ToArray()), failing: 1);
        once["contentType"]!.GetValue<string>().ShouldBe("application/pdf");

        var (_, media) = await SendingLine.Providers.WriteFile(
            line.WhatsApp.Id,
            Guest,
            "Ana",
            new("b.pdf", "application/pdf", "%PDF-2"u8.ToArray()),
            failing: 1000
        );
        var id = await FileOf(line, media);
        await using var db = app.Open();
        var fetch = app.Services.GetRequiredService<FetchMedia>();
        await fetch.Run(id, 5, Actor.System(line.House.OrganizationId), db, default);
        (await StateOf(line, id)).ShouldBe(MediaState.Failed);
        SendingLine.Providers.FailingFiles[media] = 0;

        var again = await line.Client.PostAsync($"/api/v1/attachments/{id}/fetches", null);
        (await again.Json(202))["url"].ShouldBeNull();
        await Wait.Until(async () => await StateOf(line, id) == MediaState.Kept);
        var twice = await line.Client.PostAsync($"/api/v1/attachments/{id}/fetches", null);
        (await twice.Json(409))["type"]!.GetValue<string>().ShouldEndWith("not-failed");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_the_provider_no_longer_has_and_what_lies_in_a_private_network_is_not_here(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        foreach (var kind in new[] { "whatsApp", "messenger", "telegram" })
        {
            var (_, gone) = await SendingLine.Providers.WriteFile(
                line.Of(kind).Id,
                Guest,
                "Ana",
                new("a.pdf", "application/pdf", "%PDF"u8.ToArray()),
                gone: true
            );
            await Wait.Until(async () => await StateOf(line, await FileOf(line, gone)) == MediaState.Gone);
        }

        using var inside = new TcpListener(IPAddress.Loopback, 0);
        inside.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)inside.LocalEndpoint).Port}/metadata";
        var secret = Payloads.File(line.Messenger, Guest, "Ana", "m_inside", ("x", address, new("x.png", "image/png", [])), null);
        (await Deliver(line, secret)).ShouldBe(HttpStatusCode.OK);
        await Wait.Until(async () => await StateOf(line, await FileAt(line, address)) == MediaState.Gone);
        inside.Pending().ShouldBeFalse("nobody may have called");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_guests_and_a_withdrawn_messages_files_are_off_the_disk(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var folder = app.Services.GetRequiredService<MediaFolder>();
        var (organization, png) = (line.House.OrganizationId, Pictures.Png());
        var withdrawn = await Sent(line, line.Messenger, new("a.png", "image/png", png));
        var kept = await Sent(line, line.Messenger, new("b.png", "image/png", png));
        string[] Paths(JsonNode file) =>
            [
                folder.PathOf(organization, Guid.Parse(file["id"]!.GetValue<string>())),
                folder.PreviewOf(organization, Guid.Parse(file["id"]!.GetValue<string>())),
            ];
        Paths(withdrawn).Concat(Paths(kept)).ShouldAllBe(p => File.Exists(p));

        var message = (await Messages(line, line.Messenger)).Single(m =>
            m!["attachments"]!.AsArray().Any(f => f!["id"]!.GetValue<string>() == withdrawn["id"]!.GetValue<string>())
        )!;
        await Deliver(line, Payloads.Withdrawal(line.Messenger, Guest, message["externalId"]!.GetValue<string>()));
        await Wait.Until(() => !Paths(withdrawn).Any(File.Exists));
        Paths(kept).ShouldAllBe(p => File.Exists(p));
        (await line.Client.GetAsync($"/api/v1/attachments/{withdrawn["id"]}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var contact = (await line.Client.GetFromJson("/api/v1/contacts"))["items"]![0]!["id"]!.GetValue<string>();
        (await line.Client.DeleteAsync($"/api/v1/contacts/{contact}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Wait.Until(() => !Paths(kept).Any(File.Exists));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_does_not_see_the_conversation_has_none_of_its_files(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var file = await Sent(line, line.WhatsApp, new("a.png", "image/png", Pictures.Png()));
        var elsewhere = await app.SignedIn(line.House.OrganizationId, "Owner", line.House.Berlin);
        var stranger = app.As((await app.MakeHouse()).Owner);
        foreach (var who in new[] { elsewhere, stranger })
        {
            foreach (var query in new[] { "", "?preview=true" })
            {
                (await who.GetAsync($"/api/v1/attachments/{file["id"]}{query}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            }
        }

        (await app.Anonymous().GetAsync($"/api/v1/attachments/{file["id"]}")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await line.Client.GetAsync($"/api/v1/attachments/{file["id"]}?preview=maybe")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<HttpStatusCode> Deliver(SendingLine line, byte[] payload) =>
        SendingLine.Providers.Deliver(SendingLine.Providers.Find(line.Messenger.Id)!, payload);

    private static void Guarded(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    /// <summary>A guest sends a file; the file as the conversation has it, once it is here.</summary>
    private static async Task<JsonNode> Sent(SendingLine line, Account account, SentFile file, string? text = null, int failing = 0)
    {
        var (message, _) = await SendingLine.Providers.WriteFile(account.Id, Guest, "Ana Silva", file, text, failing);
        JsonNode? found = null;
        await Wait.Until(async () =>
        {
            found = (await Messages(line, account))
                .SingleOrDefault(m => m!["externalId"]!.GetValue<string>() == message)
                ?["attachments"]![0];
            return found?["url"] is not null;
        });
        return found!;
    }

    private static async Task<JsonArray> Messages(SendingLine line, Account account)
    {
        var channel = char.ToLowerInvariant(account.Kind[0]) + account.Kind[1..];
        var conversations = (await line.Client.GetFromJson($"/api/v1/conversations?channel={channel}"))["items"]!.AsArray();
        return conversations.Count == 0
            ? []
            : (await line.Client.GetFromJson($"/api/v1/conversations/{conversations[0]!["id"]}/messages?limit=100"))["items"]!.AsArray();
    }

    private static Task<Guid> FileOf(SendingLine line, string media) =>
        Find(line, f => f.MediaId == media || f.ProviderUrl!.EndsWith(media));

    private static Task<Guid> FileAt(SendingLine line, string address) => Find(line, f => f.ProviderUrl == address);

    private static async Task<Guid> Find(SendingLine line, System.Linq.Expressions.Expression<Func<MessageFile, bool>> which)
    {
        await using var db = line.App.Open();
        Guid id = default;
        await Wait.Until(async () =>
            (
                id = await db
                    .MessageFiles.Where(f => f.OrganizationId == line.House.OrganizationId)
                    .Where(which)
                    .Select(f => f.Id)
                    .SingleOrDefaultAsync()
            ) != default
        );
        return id;
    }

    private static async Task<MediaState> StateOf(SendingLine line, Guid id)
    {
        await using var db = line.App.Open();
        return await db
            .MessageFiles.Where(f => f.OrganizationId == line.House.OrganizationId && f.Id == id)
            .Select(f => f.State)
            .SingleAsync();
    }
}
