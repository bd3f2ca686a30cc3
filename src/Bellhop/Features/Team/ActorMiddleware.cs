using Bellhop.Platform;

namespace Bellhop.Features.Team;

/// <summary>Puts the actor on the request before anything else looks at it: by API key or by session, never by both.</summary>
internal sealed class ActorMiddleware(RequestDelegate next, ActorSource actors, SessionCookie cookie)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http)
    {
        var from = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4().ToString()
            : http.Connection.RemoteIpAddress?.ToString();
        var given = http.Request.Headers.Authorization;
        Actor? actor = null;
        if (
            given.Any(h =>
                h is not null
                && (h.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || h.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            )
        )
        {
            // One key that holds, or nothing: a wrong one never becomes the cookie's session.
            actor =
                given.Count == 1 && given[0]!.Length > Scheme.Length
                    ? await actors.OfKey(given[0]![Scheme.Length..].Trim(), http.RequestAborted)
                    : null;
            if (actor is null)
            {
                throw Refusal.NotSignedIn();
            }

            http.User = CurrentActor.Principal(actor);
        }
        else if (cookie.Read(http) is { } ticket && await actors.OfSession(ticket, http.RequestAborted) is { } person)
        {
            actor = person;
            http.User = CurrentActor.Principal(ticket, from);
            http.Features.Set(new SignedIn(ticket));
        }

        http.Features.Set((actor ?? Actor.Nobody) with { From = from });
        await next(http);
    }
}

/// <summary>
/// On the request where a session's cookie proved who asks, so that forms and other unsafe methods need an antiforgery token too.
/// </summary>
public sealed record SignedIn(SessionTicket Ticket);
