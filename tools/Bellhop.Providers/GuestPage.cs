using System.Text.Json.Nodes;

namespace Bellhop.Providers;

/// <summary>The page on which one writes as a guest, and the calls by which it and Bellhop's demo use the stand-in.</summary>
internal sealed class GuestPage(StandIn standIn)
{
    private sealed record Written(string Account, string Guest, string Name, string Text);

    private sealed record Wrong(string Account, string What, int Status = 500, int Times = 1);

    public void Map(WebApplication app)
    {
        app.MapGet("/", Page);
        var own = app.MapGroup("/stand-in");
        own.MapGet(
            "/accounts",
            () =>
                standIn.Accounts.Select(a => new
                {
                    a.Kind,
                    a.Id,
                    a.Name,
                })
        );
        own.MapPost("/accounts", (Account account) => standIn.Connect(account));
        own.MapPost("/messages", async (Written said) => await standIn.Write(said.Account, said.Guest, said.Name, said.Text));
        own.MapPost("/files", WriteFile).DisableAntiforgery();
        own.MapGet("/files/{id}", ShowFile);
        own.MapPost("/faults", Fail);
        own.MapGet("/received", (string account) => standIn.Got(account));
        own.MapGet("/conversation", (string account, string guest) => standIn.Conversation(account, guest));
        own.MapPost("/plays/{name}", Play);
    }

    private static async Task Page(HttpContext http)
    {
        await using var page = typeof(GuestPage).Assembly.GetManifestResourceStream("guest.html")!;
        http.Response.ContentType = "text/html; charset=utf-8";
        await page.CopyToAsync(http.Response.Body);
    }

    private async Task<IResult> WriteFile(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var (account, text) = (form["account"].ToString(), form["text"].ToString());
        if (standIn.Find(account) is null || form.Files is not [var file])
        {
            return Results.NotFound();
        }

        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        await standIn.WriteFile(
            account,
            form["guest"].ToString(),
            form["name"].ToString(),
            new(file.FileName, file.ContentType, content.ToArray()),
            text.Length == 0 ? null : text
        );
        return Results.NoContent();
    }

    // Pictures are shown; anything else is a download.
    private IResult ShowFile(string id, HttpContext http)
    {
        if (!standIn.Files.TryGetValue(id, out var file))
        {
            return Results.NotFound();
        }

        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return file.Type is "image/png" or "image/jpeg" or "image/gif" or "image/webp"
            ? Results.File(file.Content, file.Type)
            : Results.File(file.Content, "application/octet-stream", file.Name);
    }

    private IResult Fail(Wrong wrong)
    {
        if (standIn.Find(wrong.Account) is not { } account)
        {
            return Results.NotFound();
        }

        standIn.Next(
            account.Id,
            wrong.What != "refuse" ? new(wrong.What, wrong.Status, Times: wrong.Times)
                : account.IsTelegram ? Fault.Bot(wrong.Status, wrong.Status == 429 ? 3 : null, wrong.Times)
                : Fault.Graph(wrong.Status, times: wrong.Times)
        );
        return Results.NoContent();
    }

    /// <summary>What providers are known to do: the same event twice, many in one, an album at once (each
    /// picture in a POST of its own), a reply by the phone's app.</summary>
    private async Task<IResult> Play(string name, string account, string guest)
    {
        if (standIn.Find(account) is not { } to)
        {
            return Results.NotFound();
        }

        switch (name)
        {
            case "twice":
                var again = Payloads.Message(to, guest, "Ana", standIn.NewId(to, guest), "I came twice");
                await Task.WhenAll(standIn.Deliver(to, again), standIn.Deliver(to, again));
                break;
            case "thousand" when to.Kind == "whatsApp":
                var many = Enumerable.Range(0, 1000).Select(i => (Guest: $"3519{10_000_000 + i}", Text: $"I am number {i}")).ToList();
                await standIn.Deliver(
                    to,
                    Payloads.WhatsApp(
                        to,
                        "messages",
                        many.Select(m => Payloads.WhatsAppText(m.Guest, standIn.NewId(to, m.Guest), m.Text)),
                        many.Select(m => (m.Guest, (string?)("Guest " + m.Guest)))
                    )
                );
                break;
            case "album":
                var album = Guid.CreateVersion7().ToString("N");
                await Task.WhenAll(
                    Enumerable
                        .Range(1, 4)
                        .Select(i =>
                            standIn.WriteFile(
                                to.Id,
                                guest,
                                "Ana",
                                new($"picture-{i}.png", "image/png", Picture.Of(i)),
                                i == 1 ? "Our last stay with you" : null,
                                album: album
                            )
                        )
                );
                break;
            case "phone" when !to.IsTelegram:
                await standIn.Deliver(to, Payloads.PhoneEcho(to, guest, standIn.NewId(to, guest), "Answered by the phone"));
                break;
            default:
                return Results.NotFound();
        }

        return Results.NoContent();
    }
}
