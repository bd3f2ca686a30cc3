using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Who may approve an action: members who may do it themselves, who answer for the settings, and who see every property that the person
/// sees who is to do it.
/// </summary>
public static class Approvers
{
    /// <param name="Pin">Whether the member has a PIN.</param>
    /// <param name="Code">Whether the member has an app that makes codes.</param>
    /// <param name="Passkey">Whether the member has a passkey.</param>
    public sealed record Row(Guid Id, string Name, bool Pin, bool Code, bool Passkey);

    /// <summary>The members who may approve what the actor is to do, by name.</summary>
    /// <exception cref="Refusal">403 when the actor may not do it at all.</exception>
    public static async Task<IReadOnlyList<Row>> Run(ApprovalAction action, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        who.Demand(action.Permission);
        var members = await db
            .Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == who.OrganizationId && m.DisabledAt == null)
            .Join(
                db.Users,
                m => m.UserId,
                u => u.Id,
                (m, u) =>
                    new
                    {
                        Place = m,
                        Name = u.DisplayName ?? u.Email ?? "",
                        Code = db.SecondFactors.Any(f => f.UserId == u.Id && f.ConfirmedAt != null),
                        Passkey = db.Passkeys.Any(p => p.UserId == u.Id),
                    }
            )
            .ToListAsync(cancel);
        var rows = new List<Row>();
        foreach (var member in members)
        {
            if (await May(member.Place, action, who, db, cancel))
            {
                rows.Add(new(member.Place.UserId, member.Name, member.Place.PinHash is not null, member.Code, member.Passkey));
            }
        }

        return [.. rows.OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>Whether a member may approve what the actor is to do.</summary>
    internal static async Task<bool> May(Guid memberId, ApprovalAction action, Actor who, BellhopDb db, CancellationToken cancel) =>
        await db
            .Memberships.AsNoTracking()
            .SingleOrDefaultAsync(m => m.OrganizationId == who.OrganizationId && m.UserId == memberId && m.DisabledAt == null, cancel)
            is { } place
        && await May(place, action, who, db, cancel);

    private static async Task<bool> May(Membership place, ApprovalAction action, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var permissions = await Roles.Find(place.Role, who.OrganizationId, db, cancel) ?? PermissionSet.None;
        return permissions.Holds(action.Permission)
            && permissions.Holds(Permission.SettingsManage)
            && (place.Properties is null || (who.Properties is { } mine && mine.All(place.Properties.Contains)));
    }
}
