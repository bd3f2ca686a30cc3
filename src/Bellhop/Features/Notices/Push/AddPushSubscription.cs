using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Features.Team;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>A browser that shows a person's notices.</summary>
/// <param name="Current">Whether the caller uses this one.</param>
public sealed record PushDevice(Guid Id, bool Current, DateTime CreatedAt);

/// <summary>The browsers that show a person's notices.</summary>
public static class ListPushSubscriptions
{
    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task<Page<PushDevice>> Run(
        PageQuery query,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        var mine = await db
            .PushSubscriptions.AsNoTracking()
            .Where(s => s.UserId == who.Id)
            .Select(s => new PushDevice(s.Id, s.SessionId == calling.Id, s.CreatedAt))
            .ToListAsync(cancel);
        return query.Of(mine, $"push {who.Id:N}", s => $"{s.CreatedAt.Ticks:x16}{s.Id:N}", who, cursors);
    }
}

/// <summary>Gives the key with which a browser subscribes.</summary>
public static class BeginPush
{
    /// <param name="PublicKey">The <c>applicationServerKey</c> of <c>PushManager.subscribe</c>, in base64url.</param>
    public sealed record Result(string PublicKey);

    /// <exception cref="Refusal">403 for a key.</exception>
    public static async Task<Result> Run(Actor who, BellhopDb db, PushKeys keys, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        return new(await keys.PublicKey(db, cancel));
    }
}

/// <summary>The calling browser shows the person's notices from now on. What it had before is replaced.</summary>
public static class AddPushSubscription
{
    public const int EndpointMax = 1000;
    private const int PointSize = 65;
    private const int AuthSize = 16;

    /// <param name="Endpoint">The address at the push service.</param>
    /// <param name="P256dh">The browser's public key, in base64url.</param>
    /// <param name="Auth">The secret of the subscription, in base64url.</param>
    public sealed record Input(string Endpoint, string P256dh, string Auth);

    /// <exception cref="Refusal">403 for a key; 400 for an address that Bellhop does not call, or keys that are none.</exception>
    public static async Task<Answered<PushDevice>> Run(
        Input input,
        Actor who,
        CallingSession calling,
        BellhopDb db,
        OutsideHttp outside,
        CancellationToken cancel
    )
    {
        SeeMe.Demand(who);
        var session = calling.Id ?? throw Refusal.NotSignedIn();
        var errors = new ValidationErrors();
        var endpoint = ReadEndpoint(input.Endpoint, outside, errors);
        var point = Read(input.P256dh, PointSize);
        if (point is null || !IsOnCurve(point))
        {
            errors.Add("p256dh", ErrorText.Of<NoticeTexts>("Push.Key"));
        }

        if (Read(input.Auth, AuthSize) is not { } auth)
        {
            errors.Add("auth", ErrorText.Of<NoticeTexts>("Push.Key"));
            auth = [];
        }

        errors.Refuse();
        return await db.Save(
            async () =>
            {
                // A browser has one subscription, whoever sits before it.
                await db.PushSubscriptions.Where(s => s.SessionId == session || s.Endpoint == endpoint).ExecuteDeleteAsync(cancel);
                var device = new PushSubscription
                {
                    UserId = who.Id,
                    SessionId = session,
                    Endpoint = endpoint!,
                    PublicKey = point!,
                    Auth = auth,
                    CreatedAt = db.Now,
                };
                db.PushSubscriptions.Add(device);
                return new Answered<PushDevice>(new(device.Id, Current: true, device.CreatedAt), 201);
            },
            cancel
        );
    }

    private static string? ReadEndpoint(string? raw, OutsideHttp outside, ValidationErrors errors)
    {
        var text = errors.Text("endpoint", raw, EndpointMax, required: true);
        if (
            text is not null
            && (
                !Uri.TryCreate(text, UriKind.Absolute, out var address)
                || address.UserInfo.Length + address.Fragment.Length > 0
                || !(address.Scheme == "https" || (address.Scheme == "http" && outside.Networks.AllowsAny))
                || (address.IsLoopback && !outside.Networks.MayCall(IPAddress.Loopback))
                || (IPAddress.TryParse(address.IdnHost, out var place) && !outside.Networks.MayCall(place))
            )
        )
        {
            errors.Add("endpoint", ErrorText.Of<NoticeTexts>("Push.Endpoint"));
        }

        return text;
    }

    private static byte[]? Read(string text, int size) =>
        text.Length <= 2 * size && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { } bytes && bytes.Length == size
            ? bytes
            : null;

    private static bool IsOnCurve(byte[] point)
    {
        try
        {
            using var _ = ECDiffieHellman.Create(
                new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new() { X = point[1..33], Y = point[33..] },
                }
            );
            return point[0] == 4;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

/// <summary>One of a person's browsers no longer shows their notices.</summary>
public static class RemovePushSubscription
{
    /// <exception cref="Refusal">403 for a key; 404 for one that is not the actor's own.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        SeeMe.Demand(who);
        await db.Save(
            async () =>
            {
                if (await db.PushSubscriptions.Where(s => s.Id == id && s.UserId == who.Id).ExecuteDeleteAsync(cancel) == 0)
                {
                    throw Refusal.NotThere("pushSubscription", id);
                }
            },
            cancel
        );
    }
}
