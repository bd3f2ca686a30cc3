using System.Security.Claims;
using Bellhop.Platform;
using Bellhop.Ui;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Bellhop.Features.Team;

/// <summary>The actor of an open page's session, read again each time, because rights may be taken away while a page is open.</summary>
public sealed class CurrentActor(AuthenticationStateProvider state, ActorSource actors) : Viewer
{
    private const string Ticket = "bellhop.ticket";
    private const string From = "bellhop.from";
    private const string Key = "bellhop.key";

    protected override async ValueTask<Actor> Find(CancellationToken cancel) =>
        Read((await state.GetAuthenticationStateAsync()).User) is var (ticket, from) && await actors.OfSession(ticket, cancel) is { } actor
            ? actor with
            {
                From = from,
            }
            : Actor.Nobody;

    /// <summary>The session of the page, for signing out; null where nobody is signed in.</summary>
    public async ValueTask<Guid?> SessionId() => Read((await state.GetAuthenticationStateAsync()).User)?.Ticket.SessionId;

    /// <summary>
    /// The principal that the framework carries from the request to the page. It holds who the person is, never their rights.
    /// </summary>
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

    /// <summary>The principal of an API key, which has no page.</summary>
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

/// <summary>
/// Reads the actor again before anything that a page sends is done. What was sent first is done first, however long its reading takes:
/// a field's last letters come before the form that holds them.
/// </summary>
internal sealed class CircuitActor(CurrentActor current) : CircuitHandler
{
    private Task _before = Task.CompletedTask;

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(
        Func<CircuitInboundActivityContext, Task> next
    ) =>
        async activity =>
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var before = Interlocked.Exchange(ref _before, begun.Task);
            Task doing;
            try
            {
                await before;
                await current.Get();
                doing = next(activity);
            }
            finally
            {
                begun.SetResult();
            }

            await doing;
        };
}
