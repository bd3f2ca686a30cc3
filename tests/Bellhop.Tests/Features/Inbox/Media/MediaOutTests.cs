using System.Net;
using System.Text.Json.Nodes;
using Bellhop.Features.Inbox;
using Bellhop.Platform;
using Bellhop.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Bellhop.Tests.Features.Inbox.Media;

/// <summary>Files that staff send.</summary>
public class MediaOutTests
{
    private const string Guest = "351912345678";

    public static TheoryData<string> Engines => TestDatabase.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_picture_and_a_document_reach_the_guest_on_each_channel_as_they_are(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var (picture, map) = (Pictures.Png(), "%PDF-1.7 the way from the station"u8.ToArray());
        foreach (var kind in new[] { "whatsApp", "messenger", "instagram", "telegram" })
        {
            var account = line.Of(kind);
            var conversation = await line.Written(account, Guest);
            var first = await Uploaded(line.Client, conversation, "../terrace.gif", picture);
            first["fileName"]!.GetValue<string>().ShouldBe("terrace.gif");
            first["contentType"]!.GetValue<string>().ShouldBe("image/png");
            first["previewUrl"].ShouldNotBeNull();
            var second = await Uploaded(line.Client, conversation, "The way.pdf", map);

            await Sent(line, conversation, "Our terrace", first, second);

            await Wait.Until(() => Got(account).Count(g => g.File is not null) == 2);
            var got = Got(account);
            var files = got.Where(g => g.File is not null).Select(g => SendingLine.Providers.Files[g.File!]).ToList();
            files.Select(f => f.Content).ShouldBe([picture, map]);
            files[1].Name.ShouldBe("The way.pdf");
            got.Select(g => g.Text).OfType<string>().ShouldBe(["Our terrace"]);
            got.Count.ShouldBe(
                kind is "whatsApp" or "telegram" ? 2 : 3,
                "a caption where the channel has captions, else a message of its own"
            );
            (await line.Client.GetAsync($"/api/v1/attachments/{first["id"]}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_file_that_the_provider_would_not_take_is_refused_before_it_is_sent(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.WhatsApp, Guest);
        await app.RunJobs();
        var folder = app.Services.GetRequiredService<DataFolder>().Where("media");
        int OnDisk() => Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;
        var (before, kept) = (await app.Snapshot(), OnDisk());
        byte[] large = [.. Pictures.Png(), .. new byte[5 * 1024 * 1024]];

        var refused = await (await line.Client.PostAsync("/api/v1/attachments", Uploads.Form(conversation, "a.pdf", large))).Json(413);
        refused["type"]!.GetValue<string>().ShouldEndWith("too-large");
        refused["title"]!.GetValue<string>().ShouldContain("At most 5 MB");
        foreach (
            var (form, status) in new (HttpContent, int)[]
            {
                (Uploads.Form(conversation, "empty.txt", []), 400),
                (Uploads.Form(null, "a.txt", [65]), 400),
                (Uploads.Form(" ", "a.txt", [65]), 400),
                (Uploads.Form("none", "a.txt", [65]), 404),
                (Uploads.Form(Guid.CreateVersion7().ToString(), "a.txt", [65]), 404),
                (new MultipartFormDataContent { { new StringContent(conversation), "conversationId" } }, 400),
                (new MultipartFormDataContent { { new StringContent("x"), "other" } }, 400),
                (new StringContent("{}", null, "application/json"), 415),
            }
        )
        {
            using var answer = await line.Client.PostAsync("/api/v1/attachments", form);
            ((int)answer.StatusCode).ShouldBe(status);
        }

        (await app.Snapshot()).ShouldBe(before);
        OnDisk().ShouldBe(kept);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_not_sent_yet_is_its_uploaders_alone_and_can_be_taken_back(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.Telegram, Guest);
        var other = await line.Written(line.WhatsApp, Guest);
        var colleague = app.As(await app.MakeKey(line.House.OrganizationId, PermissionSet.Everything));
        var file = await Uploaded(line.Client, conversation, "a.png", Pictures.Png());
        var path = $"/api/v1/attachments/{file["id"]}";

        (await colleague.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await colleague.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var theft = new JsonObject { ["attachmentIds"] = new JsonArray(file["id"]!.GetValue<string>()) };
        foreach (var (client, to) in new[] { (colleague, conversation), (line.Client, other) })
        {
            var stolen = await client.Post($"/api/v1/conversations/{to}/messages", theft.DeepClone());
            stolen.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }

        using (var preview = await line.Client.GetAsync(path + "?preview=true"))
        {
            preview.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await line.Client.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await line.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Wait.Until(() => !File.Exists(PathOf(app, line, file)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_nobody_sends_is_gone_after_a_day_and_so_is_a_file_without_a_row(string engine)
    {
        await using var app = await TestApp.Start(engine);
        var line = await SendingLine.Open(app);
        var conversation = await line.Written(line.Telegram, Guest);
        var (old, fresh) = (
            await Uploaded(line.Client, conversation, "old.txt", [65]),
            await Uploaded(line.Client, conversation, "fresh.txt", [66])
        );
        var draft = new JsonObject { ["attachmentIds"] = new JsonArray(Id(old).ToString(), Id(fresh).ToString()) };
        (await line.Client.Send(HttpMethod.Put, $"/api/v1/conversations/{conversation}/draft", draft.ToJsonString())).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        var stray = app.Services.GetRequiredService<MediaFolder>().PathOf(line.House.OrganizationId, Guid.CreateVersion7());
        Directory.CreateDirectory(Path.GetDirectoryName(stray)!);
        await File.WriteAllTextAsync(stray, "left behind");
        await using var db = app.Open();
        var before = db.Now.AddDays(-2);
        foreach (var path in new[] { stray, PathOf(app, line, old) })
        {
            File.SetLastWriteTimeUtc(path, before);
        }

        await db.Save(() => db.Uploads.Where(u => u.Id == Id(old)).ExecuteUpdateAsync(set => set.SetProperty(u => u.CreatedAt, before)));
        var looks = app.Services.GetServices<RecurringTask>().Single(t => t.Name == "deleteMedia");
        for (var hour = 0; hour < DeleteMedia.Parts; hour++)
        {
            await looks.Run(db, default);
        }

        new[] { stray, PathOf(app, line, old), PathOf(app, line, fresh) }.Select(File.Exists).ShouldBe([false, false, true]);
        var left = await line.Client.GetFromJson($"/api/v1/conversations/{conversation}/draft");
        left["attachmentIds"]!.AsArray().Select(i => i!.GetValue<string>()).ShouldBe([Id(fresh).ToString()]);
    }

    private static IReadOnlyList<Received> Got(Account account) => SendingLine.Providers.Got(account.Id);

    private static Guid Id(JsonNode file) => Guid.Parse(file["id"]!.GetValue<string>());

    private static string PathOf(TestApp app, SendingLine line, JsonNode file) =>
        app.Services.GetRequiredService<MediaFolder>().PathOf(line.House.OrganizationId, Id(file));

    private static async Task<JsonNode> Uploaded(HttpClient client, string conversation, string name, byte[] content)
    {
        using var answer = await client.PostAsync("/api/v1/attachments", Uploads.Form(conversation, name, content));
        var file = await answer.Json(201);
        answer.Headers.Location!.ToString().ShouldBe($"/api/v1/attachments/{file["id"]}");
        return file;
    }

    private static async Task<JsonNode> Sent(SendingLine line, string conversation, string text, params JsonNode[] files) =>
        await (
            await line.Post(
                conversation,
                new JsonObject { ["text"] = text, ["attachmentIds"] = new JsonArray([.. files.Select(f => (JsonNode)Id(f).ToString())]) }
            )
        ).Json(201);
}
