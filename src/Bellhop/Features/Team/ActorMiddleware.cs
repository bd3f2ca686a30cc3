using Bellhop.Platform;
using Microsoft.Extensions.Primitives;

namespace Bellhop.Features.Team;

/// <summary>Sets the request's actor before other code runs: from an API key or from a session, never from both.</summary>
internal sealed class ActorMiddleware(RequestDelegate next, ActorSource actors, SessionCookie cookie)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http)
    {
        var from = http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4().ToString()
            : http.Connection.RemoteIpAddress?.ToString();
        // Providers prove themselves to their webhook by secrets of its own, which are no keys of ours.
        var given = http.Request.Path.StartsWithSegments("/webhooks", StringComparison.OrdinalIgnoreCase)
            ? StringValues.Empty
            : http.Request.Headers.Authorization;
        Actor? actor = null;
        if (
            given.Any(h =>
                h is not null
                && (h.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || h.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            )
        )
        {
            // Exactly one valid key, or no actor. With a wrong key the cookie's session is not used.
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

        http.Features.Set((actor ?? Actor.Nobody) with { From = from, Approval = Approvals.Of(http.Request) });
        await next(http);
    }
}

/// <summary>
/// Set on the request when a session's cookie proved the actor. Then forms and other unsafe methods need an antiforgery token too.
/// </summary>
public sealed record SignedIn(SessionTicket Ticket);
