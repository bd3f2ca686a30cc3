using System.Reflection;

namespace Bellhop.Platform;

public enum ActorKind
{
    /// <summary>Not signed in: may do nothing.</summary>
    Nobody,

    /// <summary>A person signed in.</summary>
    User,

    /// <summary>A program with an API key.</summary>
    ApiKey,

    /// <summary>Bellhop itself: commands, jobs.</summary>
    System,
}

/// <summary>Who is asking, in which organisation, with which rights. Every use case takes an actor and checks it first.</summary>
/// <param name="Kind">What sort of caller.</param>
/// <param name="Id">The user's or key's id; empty for nobody and for Bellhop itself.</param>
/// <param name="Name">For the audit log: a user's display name, a key's name. Never a guest's.</param>
/// <param name="OrganizationId">The organisation of everything that they read or write.</param>
/// <param name="Permissions">What they may do.</param>
/// <param name="Properties">The only properties they may see; null means all of the organisation's, future ones too.</param>
public sealed record Actor(
    ActorKind Kind,
    Guid Id,
    string Name,
    int OrganizationId,
    PermissionSet Permissions,
    IReadOnlyList<Guid>? Properties = null
)
{
    public static readonly Actor Nobody = new(ActorKind.Nobody, Guid.Empty, "nobody", 0, PermissionSet.None);

    /// <summary>The network address of the call; null if there is none.</summary>
    public string? From { get; init; }

    /// <summary>Somebody's approval of what the call does, where the organisation asks for one; null if none came.</summary>
    public string? Approval { get; init; }

    /// <summary>
    /// Whether the person must first set up a second factor, because their organisation asks for one. Until then they may only look after
    /// their own account.
    /// </summary>
    public bool LacksSecondFactor { get; init; }

    /// <summary>Whether the actor belongs to an organisation at all.</summary>
    public bool IsKnown => Kind != ActorKind.Nobody;

    /// <summary>Bellhop itself, in one organisation: everything allowed. For commands and jobs.</summary>
    public static Actor System(int organizationId) =>
        new(ActorKind.System, Guid.Empty, "Bellhop", organizationId, PermissionSet.Everything);

    public bool Can(Permission permission) => Permissions.Holds(permission);

    /// <exception cref="Refusal">403 if the permission is missing, or a second factor; 401 for nobody.</exception>
    public void Demand(Permission permission)
    {
        DemandSecondFactor();
        if (!Can(permission))
        {
            throw IsKnown ? Refusal.NotAllowed(permission) : Refusal.NotSignedIn();
        }
    }

    /// <exception cref="Refusal">401 for nobody; 403 for a person who must first set up a second factor.</exception>
    public void DemandKnown()
    {
        DemandSignedIn();
        DemandSecondFactor();
    }

    /// <summary>As <see cref="DemandKnown"/>, for one's own account: it lets through who must first set up a second factor.</summary>
    /// <exception cref="Refusal">401 for nobody.</exception>
    public void DemandSignedIn()
    {
        if (!IsKnown)
        {
            throw Refusal.NotSignedIn();
        }
    }

    /// <summary>Refuses everybody except Bellhop's own commands, which may act across organisations.</summary>
    /// <exception cref="Refusal">404 for other actors, so that they do not learn that this exists; 401 for nobody.</exception>
    public void DemandSystem()
    {
        DemandKnown();
        if (Kind != ActorKind.System)
        {
            throw Refusal.NotThere();
        }
    }

    private void DemandSecondFactor()
    {
        if (LacksSecondFactor)
        {
            throw Refusal.SecondFactorNeeded();
        }
    }

    /// <summary>Whether the actor may see a property of their organisation.</summary>
    public bool Sees(Guid propertyId) => Properties is null || Properties.Contains(propertyId);

    /// <summary>Whether two actors may do and see the same.</summary>
    internal bool HasRightsOf(Actor other) =>
        Kind == other.Kind
        && Permissions == other.Permissions
        && (
            Properties is null
                ? other.Properties is null
                : other.Properties is not null && Properties.ToHashSet().SetEquals(other.Properties)
        );

    /// <summary>Lets a route have an actor parameter. Authentication has put the actor on the request.</summary>
    public static ValueTask<Actor?> BindAsync(HttpContext http, ParameterInfo _) => ValueTask.FromResult<Actor?>(Of(http));

    public static Actor Of(HttpContext http) => http.Features.Get<Actor>() ?? Nobody;
}
