using Bellhop.Data;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Channels;

/// <summary>Where providers send their events. They have no account here: each event proves itself.</summary>
public static class HookRoutes
{
    // Meta's largest batches are 3 MB.
    internal const int BodyMost = 4 * 1024 * 1024;

    public static void AddChannels(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddSingleton<ConnectionSecrets>()
            .AddSingleton<SendingConnections>()
            .AddSingleton<HookWriter>()
            .AddSingleton<ProviderSettings>()
            .AddSingleton<Providers>()
            .AddSingleton<ProviderMedia>();
        builder.Services.AddSingleton<LookAtConnection>().AddSingleton<CheckConnections>().AddSingleton<RefreshTemplatesJob>();
        builder.Services.AddProvider<MetaClient>();
        builder.Services.AddProvider<TelegramClient>();
    }

    public static void MapHooks(this RouteGroupBuilder app)
    {
        app.MapGet("/webhooks/meta/{connectionId:guid}", ShakeHands)
            .WithHead()
            .WithName("VerifyMetaWebhook")
            .WithSummary("Answers Meta's challenge when the webhook is entered")
            .ExcludeFromDescription();
        app.MapPost("/webhooks/meta/{connectionId:guid}", TakeMeta)
            .WithName("ReceiveMetaEvent")
            .WithSummary("WhatsApp, Messenger and Instagram: an event, signed over its raw bytes")
            .WithMetadata(new RequestSizeLimitAttribute(BodyMost))
            .DisableAntiforgery()
            .ExcludeFromDescription();
        app.MapPost("/webhooks/telegram/{connectionId:guid}", TakeTelegram)
            .WithName("ReceiveTelegramUpdate")
            .WithSummary("Telegram: an update, with the connection's secret token")
            .WithMetadata(new RequestSizeLimitAttribute(BodyMost))
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    internal static string PathOf(ConnectionKind kind, Guid id) =>
        kind switch
        {
            ConnectionKind.Meta => $"/webhooks/meta/{id}",
            ConnectionKind.Telegram => $"/webhooks/telegram/{id}",
            _ => $"/webhooks/channel-manager/{id}",
        };

    private static async Task<IResult> ShakeHands(
        Guid connectionId,
        HttpContext http,
        BellhopDb db,
        ConnectionSecrets secrets,
        CancellationToken cancel
    )
    {
        var query = http.Request.Query;
        var isRight = await ReceiveHook.IsVerifyToken(connectionId, One(query["hub.verify_token"]), db, secrets, cancel);
        return isRight && One(query["hub.mode"]) == "subscribe" && One(query["hub.challenge"]) is { } challenge
            ? Results.Text(challenge)
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private static Task TakeMeta(
        Guid connectionId,
        HttpContext http,
        SendingConnections connections,
        HookWriter writer,
        TimeProvider clock,
        CancellationToken cancel
    ) => Take(ConnectionKind.Meta, connectionId, "X-Hub-Signature-256", http, connections, writer, clock, cancel);

    private static Task TakeTelegram(
        Guid connectionId,
        HttpContext http,
        SendingConnections connections,
        HookWriter writer,
        TimeProvider clock,
        CancellationToken cancel
    ) => Take(ConnectionKind.Telegram, connectionId, "X-Telegram-Bot-Api-Secret-Token", http, connections, writer, clock, cancel);

    private static async Task Take(
        ConnectionKind kind,
        Guid connectionId,
        string header,
        HttpContext http,
        SendingConnections connections,
        HookWriter writer,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var body = await ReadBody(http, cancel);
        await ReceiveHook.Run(new(kind, connectionId, One(http.Request.Headers[header]), body), connections, writer, clock, cancel);
    }

    /// <summary>The raw body of a webhook.</summary>
    /// <exception cref="BadHttpRequestException">413 for one of more than <see cref="BodyMost"/> bytes.</exception>
    internal static async Task<byte[]> ReadBody(HttpContext http, CancellationToken cancel)
    {
        using var body = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? 0, BodyMost));
        await http.Request.Body.CopyToAsync(body, cancel);
        return body.Length <= BodyMost
            ? body.ToArray()
            : throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
    }

    private static string? One(StringValues values) => values is [{ Length: > 0 } value] ? value : null;
}
