using System.Buffers.Text;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.ChannelManagers;

/// <summary>Where channel managers send reservations.</summary>
public static class ChannelManagerRoutes
{
    public static void AddChannelManagers(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new ConnectionPart(ConnectionKinds.Name(ConnectionKind.ChannelManager), typeof(ManagerPart)));

    public static void MapChannelManagers(this RouteGroupBuilder app) =>
        app.MapPost("/webhooks/channel-manager/{connectionId:guid}", Take)
            .WithName("ReceiveReservations")
            .WithSummary("Reservations of a channel manager: each is taken or refused by name in the answer")
            .WithMetadata(new RequestSizeLimitAttribute(HookRoutes.BodyMost))
            .DisableAntiforgery()
            .ExcludeFromDescription();

    /// <summary>What staff see of a channel manager's connection beside the connection itself.</summary>
    public static void MapManagedConnections(this RouteGroupBuilder api)
    {
        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections
            .MapGet("/{id}/traffic", SeeTraffic.Run)
            .WithName("SeeTraffic")
            .Needs(Permission.SettingsManage)
            .WithSummary("What a channel manager sent on each of the last days");
        connections
            .MapPost("/{id}/trials", TryMessage.Run)
            .WithName("TryMessage")
            .Needs(Permission.SettingsManage)
            .WithSummary("Tries a message of a channel manager, or a sample: how it would be answered; nothing is stored");
    }

    private static async Task<IResult> Take(
        Guid connectionId,
        HttpContext http,
        BellhopDb db,
        ConnectionSecrets secrets,
        IStringLocalizer<ChannelTexts> texts,
        CancellationToken cancel
    )
    {
        // Who does not know the secret has nothing read of what they send.
        var (connection, isPulled) = await ReceiveReservations.Prove(
            connectionId,
            SecretOf(http.Request.Headers.Authorization),
            db,
            secrets,
            cancel
        );
        var body = await HookRoutes.ReadBody(http, cancel);
        var envelope =
            await SentEnvelope.Open(body, http.Request.ContentType, http.Request.Headers.ContentEncoding, cancel)
            ?? throw Refusal.Of(400, "invalid", ErrorText.Of<ChannelTexts>("NotReservations"));
        if (envelope.Action == Handshake.Action && Handshake.Answer(envelope.Message) is { } hello)
        {
            http.Response.Headers["X-AlpineBits-Server-Accept-Encoding"] = "gzip";
            return Results.Bytes(hello, "application/xml; charset=utf-8");
        }

        if (envelope.Action is { } action && !IsReservations(action))
        {
            return Results.Text("ERROR:unknown or missing action", statusCode: StatusCodes.Status400BadRequest);
        }

        var message = SentMessage.Read(envelope.Message) ?? throw Refusal.Of(400, "invalid", ErrorText.Of<ChannelTexts>("NotReservations"));
        var outcomes = await ReceiveReservations.Run(connection, isPulled, message, db, texts, cancel);
        var (answer, mediaType) = SentAnswer.Write(message, outcomes);
        return Results.Bytes(answer, mediaType);
    }

    private static bool IsReservations(string action) =>
        action.StartsWith("OTA_HotelRes", StringComparison.Ordinal)
        || action.StartsWith("OTA_ResRetrieve", StringComparison.Ordinal)
        || action.StartsWith("OTA_Cancel", StringComparison.Ordinal);

    /// <summary>The secret, sent as Bearer or as the password of Basic; null where it is absent or stands twice.</summary>
    private static string? SecretOf(StringValues header)
    {
        if (header is not [{ } value] || value.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and var end))
        {
            return null;
        }

        var (scheme, credentials) = (value[..end], value[(end + 1)..].Trim());
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return credentials;
        }

        if (!scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || !Base64.IsValid(credentials))
        {
            return null;
        }

        var both = Encoding.UTF8.GetString(Convert.FromBase64String(credentials));
        return both.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? both[(colon + 1)..] : null;
    }
}
