using System.Collections.Concurrent;
using System.Net;

namespace Bellhop.Providers;

/// <summary>
/// Plays Meta's Graph API, Telegram's Bot API and channel managers over HTTP, with a page on which one writes as a guest and one on which
/// one books. It counts what each guest has got.
/// </summary>
public sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly ConcurrentDictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Received> _received = [];
    private readonly ConcurrentQueue<Said> _said = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _hanging = new(StringComparer.Ordinal);
    private int _calls;
    private long _last = 1000;

    private StandIn(WebApplication app)
    {
        _app = app;
        Managers = new(_http);
    }

    /// <summary>The channel managers that it plays.</summary>
    public ManagerDesk Managers { get; }

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Files that guests sent or accounts uploaded, by their ids. One that is taken out is gone, as after some days.</summary>
    public ConcurrentDictionary<string, SentFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>How many more fetches of a file fail in passing.</summary>
    public ConcurrentDictionary<string, int> FailingFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Templates by WhatsApp Business account.</summary>
    public ConcurrentDictionary<string, string> Templates { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens that are no longer good.</summary>
    public ConcurrentDictionary<string, bool> DeadTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts and bots whose events are no longer asked for, until somebody asks for them again.</summary>
    public ConcurrentDictionary<string, bool> LostSubscriptions { get; } = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Account> Accounts => [.. _accounts.Values];

    /// <summary>How many calls that send have come, whatever became of them.</summary>
    public int Calls => _calls;

    /// <param name="address">Such as <c>http://127.0.0.1:0</c>, for a port that is free.</param>
    public static async Task<StandIn> Start(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 120 * 1024 * 1024);
        var app = builder.Build();
        var standIn = new StandIn(app);
        new GraphApi(standIn).Map(app);
        new BotApi(standIn).Map(app);
        new GuestPage(standIn).Map(app);
        standIn.Managers.Map(app);
        await app.StartAsync();
        standIn.Address = app.Urls.First();
        return standIn;
    }

    public Task UntilStopped() => _app.WaitForShutdownAsync();

    /// <summary>Connects an account, or changes where its events go.</summary>
    public void Connect(Account account, HttpClient? client = null) => _accounts[account.Id] = account with { Client = client };

    public Account? Find(string id) => _accounts.GetValueOrDefault(id);

    /// <summary>What goes wrong at the account's next calls, in this order.</summary>
    public void Next(string account, params Fault[] faults)
    {
        var queue = _faults.GetOrAdd(account, _ => []);
        foreach (var fault in faults)
        {
            for (var i = 0; i < fault.Times; i++)
            {
                queue.Enqueue(fault);
            }
        }
    }

    /// <summary>What guests have got from the account, in the order of arrival.</summary>
    public IReadOnlyList<Received> Got(string account) => [.. _received.Where(r => r.Account == account)];

    /// <summary>Lets calls that hang end.</summary>
    public void Release(string account)
    {
        if (_hanging.TryRemove(account, out var waiting))
        {
            waiting.TrySetResult();
        }
    }

    /// <summary>A guest writes. The event is signed and sent to the account's webhook.</summary>
    /// <returns>The provider's id of the message.</returns>
    public async Task<string> Write(string account, string guest, string name, string text)
    {
        var to = _accounts[account];
        var id = NewId(to, guest);
        _said.Enqueue(new(account, guest, name, text, IsGuest: true, DateTime.UtcNow));
        await Deliver(to, Payloads.Message(to, guest, name, id, text));
        return id;
    }

    /// <summary>A guest sends a file, with or without words. Bellhop fetches it by the id or address that the event names.</summary>
    /// <param name="failing">So many fetches fail in passing.</param>
    /// <param name="gone">The provider no longer has it when it is asked for.</param>
    /// <param name="album">What files that were sent together have in common. Only Telegram says it.</param>
    /// <returns>The provider's id of the message, and that of the file.</returns>
    public async Task<(string Message, string File)> WriteFile(
        string account,
        string guest,
        string name,
        SentFile file,
        string? text = null,
        int failing = 0,
        bool gone = false,
        string? album = null
    )
    {
        var to = _accounts[account];
        var (id, media) = (NewId(to, guest), NewFile(file));
        FailingFiles[media] = failing;
        if (gone)
        {
            Files.TryRemove(media, out _);
        }

        _said.Enqueue(new(account, guest, name, text, IsGuest: true, DateTime.UtcNow, Shown(media)));
        await Deliver(to, Payloads.File(to, guest, name, id, (media, $"{Address}/cdn/{media}", file), text, album));
        return (id, media);
    }

    /// <summary>Sends a payload to the account's webhook as the provider does.</summary>
    public async Task<HttpStatusCode> Deliver(Account account, byte[] payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, account.Webhook)
        {
            Content = new ByteArrayContent(payload) { Headers = { ContentType = new("application/json") } },
        };
        var (header, proof) = Payloads.Proof(account, payload);
        request.Headers.TryAddWithoutValidation(header, proof);
        using var answer = await (account.Client ?? _http).SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>What was said between an account and a guest, for the page.</summary>
    internal IEnumerable<Said> Conversation(string account, string guest) =>
        _said.Where(s => s.Account == account && s.Guest == guest).OrderBy(s => s.At);

    internal string NewFile(SentFile file)
    {
        var id = Guid.CreateVersion7().ToString("N");
        Files[id] = file;
        return id;
    }

    /// <summary>The file, unless it is gone or this fetch of it is to fail. Then it has answered.</summary>
    internal async Task<SentFile?> Fetched(HttpContext http, string id)
    {
        if (FailingFiles.TryGetValue(id, out var left) && left > 0)
        {
            FailingFiles[id] = left - 1;
            await Answer(http, 503, "{}");
            return null;
        }

        if (Files.TryGetValue(id, out var file))
        {
            return file;
        }

        await Answer(http, 404, "{}");
        return null;
    }

    private Attached? Shown(string? id) => id is not null && Files.TryGetValue(id, out var file) ? new(id, file.Name, file.Kind) : null;

    internal string NewId(Account account, string guest) =>
        account.Kind switch
        {
            "telegram" => $"{guest}:{Interlocked.Increment(ref _last)}",
            "whatsApp" => $"wamid.{Guid.CreateVersion7():N}",
            _ => $"m_{Guid.CreateVersion7():N}",
        };

    /// <summary>Takes a message for a guest, unless something is to go wrong. Writes the answer.</summary>
    /// <param name="answer">Makes the provider's answer from the new message's id.</param>
    internal async Task Take(
        HttpContext http,
        Account account,
        (string Guest, string Type, string? Text, string? OwnId, string Body) message,
        Func<string, string> answer,
        string? file = null
    )
    {
        Interlocked.Increment(ref _calls);
        var fault = _faults.TryGetValue(account.Id, out var queue) && queue.TryDequeue(out var next) ? next : null;
        if (fault?.What == "refuse")
        {
            await Answer(http, fault.Status, fault.Body!);
            return;
        }

        if (fault?.What == "lose")
        {
            http.Abort();
            return;
        }

        var (guest, type, text, ownId, body) = message;
        var id = NewId(account, guest);
        _received.Enqueue(new(account.Id, guest, type, text, id, ownId, body, DateTime.UtcNow, file));
        _said.Enqueue(
            new(account.Id, guest, account.Name, text ?? (file is null ? $"[{type}]" : null), IsGuest: false, DateTime.UtcNow, Shown(file))
        );
        if (fault?.What == "cut")
        {
            http.Abort();
        }
        else if (fault?.What == "plain")
        {
            await Answer(http, fault.Status, "<html>Bad gateway</html>", "text/html");
        }
        else
        {
            if (fault?.What == "hang")
            {
                await _hanging.GetOrAdd(account.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await Answer(http, 200, answer(id));
        }

        if (account.TellsStatus && !account.IsTelegram)
        {
            _ = Tell(account, guest, id, text, ownId, fault?.What == "fail" ? fault.Status : null);
        }
    }

    /// <summary>Tells the account what became of a message: statuses of WhatsApp, an echo and a receipt of the others.</summary>
    private async Task Tell(Account account, string guest, string id, string? text, string? ownId, int? failedWith)
    {
        try
        {
            foreach (var payload in Payloads.Fate(account, guest, id, text, ownId, failedWith))
            {
                await Deliver(account, payload);
            }
        }
        catch (HttpRequestException)
        {
            // Nobody listens any more; a provider would try again.
        }
    }

    internal static Task Answer(HttpContext http, int status, string body, string type = "application/json")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var account in _hanging.Keys)
        {
            Release(account);
        }

        await _app.DisposeAsync();
        _http.Dispose();
    }

    internal sealed record Said(string Account, string Guest, string Name, string? Text, bool IsGuest, DateTime At, Attached? File = null);

    /// <summary>A file, as the page shows it.</summary>
    internal sealed record Attached(string Id, string Name, string Kind);
}
