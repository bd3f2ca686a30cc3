using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Bellhop.Providers;

/// <summary>Plays a channel manager: a page to book, change and cancel, messages in each form, and a feed with acknowledgements.</summary>
public sealed class ManagerDesk(HttpClient http)
{
    private const int PageOfFeed = 10;

    private readonly ConcurrentDictionary<string, Manager> _managers = new(StringComparer.Ordinal);
    private int _last = 1000;

    /// <summary>Connects an account, or changes where its messages go.</summary>
    public void Connect(Manager manager, HttpClient? client = null) => _managers[manager.Id] = manager with { Client = client };

    /// <summary>Puts a revision into the feed; it comes until it is acknowledged.</summary>
    public void Feed(string manager, string id, JsonNode revision) => _managers[manager].Feed[id] = revision;

    /// <summary>The revisions that were acknowledged, in that order.</summary>
    public IReadOnlyList<string> Acknowledged(string manager) => [.. _managers[manager].Acknowledged];

    /// <summary>Whether every revision was acknowledged.</summary>
    public bool IsDone(string manager) => _managers[manager].Feed.IsEmpty;

    internal void Map(WebApplication app)
    {
        app.MapGet("/manager", Page);
        var own = app.MapGroup("/stand-in/managers");
        own.MapGet("/", () => _managers.Values.Select(m => new { m.Id, m.Name }));
        own.MapPost("/", (Manager manager) => Connect(manager));
        own.MapGet("/{id}/reservations", (string id) => (Find(id)?.Reservations.Values ?? []).OrderByDescending(r => r.Code));
        own.MapPost("/{id}/reservations", (string id, Reservation booked) => Change(id, null, _ => booked));
        own.MapPost(
            "/{id}/reservations/{code}/changes",
            (string id, string code, Reservation to) => Change(id, code, r => to with { Form = r.Form }) // a sender keeps to its form
        );
        own.MapPost(
            "/{id}/reservations/{code}/cancellations",
            (string id, string code) => Change(id, code, r => r with { Status = "cancelled" })
        );
        own.MapPost("/{id}/reservations/{code}/repetitions", Repeat);
        var feed = app.MapGroup("/manager/{id}/api/v1/booking_revisions");
        feed.MapGet("/feed", Unacknowledged);
        feed.MapPost("/{revision}/ack", Acknowledge);
    }

    private Manager? Find(string id) => _managers.GetValueOrDefault(id);

    private static async Task Page(HttpContext context)
    {
        await using var page = typeof(ManagerDesk).Assembly.GetManifestResourceStream("manager.html")!;
        context.Response.ContentType = "text/html; charset=utf-8";
        await page.CopyToAsync(context.Response.Body);
    }

    /// <summary>Books, changes or cancels, and sends what is so now.</summary>
    private async Task<IResult> Change(string id, string? code, Func<Reservation, Reservation> change)
    {
        if (Find(id) is not { } manager)
        {
            return Results.NotFound();
        }

        var before = code is null ? null : manager.Reservations.GetValueOrDefault(code);
        if (code is not null && before is null)
        {
            return Results.NotFound();
        }

        var key = code ?? Interlocked.Increment(ref _last).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        var after = change(before ?? new("own", "", null, null, "", "", 0)) with { Code = key, Revision = (before?.Revision ?? 0) + 1 };
        if (before is not null && after.Status == "new")
        {
            after = after with { Status = "modified" };
        }

        manager.Reservations[key] = after;
        return Results.Ok(await Send(manager, after));
    }

    /// <summary>Sends the same message again, as senders do that have heard no answer.</summary>
    private async Task<IResult> Repeat(string id, string code) =>
        Find(id) is { } manager && manager.Reservations.TryGetValue(code, out var known)
            ? Results.Ok(await Send(manager, known))
            : Results.NotFound();

    private async Task<Reservation> Send(Manager manager, Reservation reservation)
    {
        if (reservation.Form == "feed")
        {
            var revision = ReservationPayloads.Revision(reservation);
            manager.Feed[revision["id"]!.GetValue<string>()] = revision;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, manager.Webhook) { Content = ReservationPayloads.Content(reservation) };
        request.Headers.Authorization =
            reservation.Form == "alpineBits"
                ? new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("hotel:" + manager.Secret)))
                : new AuthenticationHeaderValue("Bearer", manager.Secret);
        if (reservation.Form == "alpineBits")
        {
            request.Headers.Add("X-AlpineBits-ClientProtocolVersion", "2020-10");
        }

        string answer;
        try
        {
            using var got = await (manager.Client ?? http).SendAsync(request);
            answer = $"{(int)got.StatusCode} {await got.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException error)
        {
            answer = $"no answer: {error.Message}";
        }

        return manager.Reservations[reservation.Code] = reservation with { Answer = answer };
    }

    private IResult Unacknowledged(string id, HttpRequest request) =>
        Find(id) is not { } manager || request.Headers["user-api-key"] != manager.Secret
            ? Results.Unauthorized()
            : Results.Json(
                new JsonObject
                {
                    ["data"] = new JsonArray([
                        .. manager.Feed.OrderBy(r => r.Key, StringComparer.Ordinal).Take(PageOfFeed).Select(r => r.Value.DeepClone()),
                    ]),
                }
            );

    private IResult Acknowledge(string id, string revision, HttpRequest request)
    {
        if (Find(id) is not { } manager || request.Headers["user-api-key"] != manager.Secret)
        {
            return Results.Unauthorized();
        }

        if (!manager.Feed.TryRemove(revision, out _))
        {
            return Results.NotFound();
        }

        manager.Acknowledged.Enqueue(revision);
        return Results.Ok();
    }
}
