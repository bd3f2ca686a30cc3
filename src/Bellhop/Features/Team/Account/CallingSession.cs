using System.Reflection;

namespace Bellhop.Features.Team;

/// <summary>The session of the caller, which stays when the others end.</summary>
/// <param name="Id">Null where the caller has no session, such as a key.</param>
public sealed record CallingSession(Guid? Id)
{
    public static ValueTask<CallingSession?> BindAsync(HttpContext http, ParameterInfo _) =>
        ValueTask.FromResult<CallingSession?>(new(http.Features.Get<SignedIn>()?.Ticket.SessionId));
}
