using System.Security.Claims;
using Bellhop.Platform;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Bellhop.Features.Team;

/// <summary>
/// Who sits before an open page, with the rights they have now. A page asks before every use case it calls; the answer is at most a few
/// seconds old.
/// </summary>
public sealed class CurrentActor(AuthenticationStateProvider state, ActorSource actors)
{
    private const string Ticket = "bellhop.ticket";
    private const string From = "bellhop.from";
    private const string Key = "bellhop.key";

    private static readonly TimeSpan AskedAgain = TimeSpan.FromSeconds(4);

    /// <summary>The answer of the last <see cref="Get"/>.</summary>
    public Actor Last { get; private set; } = Actor.Nobody;

    /// <summary>The session has ended while the page was open: it must show nothing more.</summary>
    public event Action? SignedOut;

    /// <summary>The actor of now; <see cref="Actor.Nobody"/> where nobody is signed in, or no longer.</summary>
    public async ValueTask<Actor> Get(CancellationToken cancel = default)
    {
        var before = Last;
        Last =
            Read((await state.GetAuthenticationStateAsync()).User) is var (ticket, from)
            && await actors.OfSession(ticket, cancel) is { } actor
                ? actor with
                {
                    From = from,
                }
                : Actor.Nobody;
        if (before.IsKnown && !Last.IsKnown)
        {
            SignedOut?.Invoke();
        }

        return Last;
    }

    /// <summary>
    /// Asks again as long as the page is open, so that whoever was taken off the team sees nothing more within five seconds.
    /// </summary>
    internal async Task Watch(TimeProvider clock, Func<Func<Task>, Task> onPage, CancellationToken closed)
    {
        using var timer = new PeriodicTimer(AskedAgain, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(closed))
            {
                await onPage(async () => await Get(closed));
            }
        }
        catch (OperationCanceledException)
        {
            // The page is closed.
        }
    }

    /// <summary>The session of the page, for signing out; null where nobody is signed in.</summary>
    public async ValueTask<Guid?> SessionId() => Read((await state.GetAuthenticationStateAsync()).User)?.Ticket.SessionId;

    /// <summary>What the framework carries from the request to the page: who, never what they may do.</summary>
    internal static ClaimsPrincipal Principal(SessionTicket ticket, string? from) =>
        new(
            new ClaimsIdentity(
                [
                    new(ClaimTypes.NameIdentifier, ticket.UserId.ToString()),
                    new(Ticket, $"{ticket.UserId:N}{ticket.SessionId:N}{ticket.OrganizationId}"),
                    new(From, from ?? ""),
                ],
                "Bellhop"
            )
        );

    /// <summary>A program's: it has no page.</summary>
    internal static ClaimsPrincipal Principal(Actor key) =>
        new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, key.Id.ToString()), new(Key, "")], "Bellhop"));

    internal static (SessionTicket Ticket, string? From)? Read(ClaimsPrincipal user) =>
        user.FindFirst(Ticket)?.Value is { Length: > 64 } text
            ? (
                new(
                    Guid.ParseExact(text[..32], "N"),
                    Guid.ParseExact(text[32..64], "N"),
                    int.Parse(text[64..], System.Globalization.CultureInfo.InvariantCulture)
                ),
                user.FindFirst(From)?.Value is { Length: > 0 } from ? from : null
            )
            : null;
}

/// <summary>Asks again who sits there before anything a page sends is done.</summary>
internal sealed class CircuitActor(CurrentActor current) : CircuitHandler
{
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async activity =>
        {
            await current.Get();
            await next(activity);
        };
}
