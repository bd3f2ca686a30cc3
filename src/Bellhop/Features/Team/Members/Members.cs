using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Which members an actor may see and change.</summary>
internal static class Members
{
    internal sealed record Person(Membership Place, User Account);

    /// <summary>The members that the actor may see: those who work at one of the actor's properties.</summary>
    public static async Task<List<Person>> Visible(BellhopDb db, Actor who, CancellationToken cancel)
    {
        var all = await db
            .Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == who.OrganizationId)
            .Join(db.Users.AsNoTracking(), m => m.UserId, u => u.Id, (m, u) => new Person(m, u))
            .ToListAsync(cancel);
        return all.FindAll(p => Sees(who, p.Place));
    }

    /// <summary>
    /// One member to change, tracked. Call it inside a save that holds the settings lock alone, so that two owners cannot demote each other
    /// at the same time.
    /// </summary>
    /// <exception cref="Refusal">404 for a member who does not exist or whom the actor does not see; 403 for a member with rights or
    /// properties that the actor does not have, or for an owner when the actor is not one.</exception>
    public static async Task<Person> ForChange(BellhopDb db, Guid userId, Actor who, CancellationToken cancel)
    {
        var place = await db.Memberships.SingleOrDefaultAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == userId, cancel);
        if (place is null || !Sees(who, place))
        {
            throw Refusal.NotThere("member", userId);
        }

        if (place.Role == Roles.Owner)
        {
            await DemandOwner(db, who, cancel);
        }

        Rights.DemandOwn(await Roles.Find(place.Role, who.OrganizationId, db, cancel) ?? PermissionSet.None, who);
        if (!who.Covers(place.Properties))
        {
            throw Rights.Beyond();
        }

        return new(place, await db.Users.SingleAsync(u => u.Id == userId, cancel));
    }

    /// <summary>Whether the actor is an owner at this moment. A key never is.</summary>
    public static Task<bool> IsOwner(Actor who, BellhopDb db, CancellationToken cancel) =>
        who.Kind == ActorKind.User
            ? db.Memberships.AnyAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == who.Id && m.Role == Roles.Owner, cancel)
            : Task.FromResult(false);

    /// <exception cref="Refusal">403 when the actor is not an owner at this moment. A key never is.</exception>
    public static async Task DemandOwner(BellhopDb db, Actor who, CancellationToken cancel)
    {
        if (who.Kind != ActorKind.System && !await IsOwner(who, db, cancel))
        {
            throw Refusal.Forbidden(ErrorText.Of<TeamTexts>("OwnersOnly"));
        }
    }

    /// <exception cref="Refusal">409 when no other owner of all properties is left.</exception>
    public static async Task DemandOtherOwner(BellhopDb db, Membership leaving, CancellationToken cancel)
    {
        if (
            leaving.Role == Roles.Owner
            && !await db.Memberships.AnyAsync(
                m =>
                    m.OrganizationId == leaving.OrganizationId
                    && m.UserId != leaving.UserId
                    && m.Role == Roles.Owner
                    && m.Properties == null
                    && m.DisabledAt == null,
                cancel
            )
        )
        {
            throw Refusal.Conflict("last-owner", ErrorText.Of<TeamTexts>("LastOwner"));
        }
    }

    public static Task<Dictionary<Guid, string>> PropertyNames(BellhopDb db, Actor who, CancellationToken cancel) =>
        db.Properties.AsNoTracking().VisibleTo(who).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);

    private static bool Sees(Actor who, Membership place) =>
        who.Properties is null || place.Properties is null || place.Properties.Any(who.Sees);
}
