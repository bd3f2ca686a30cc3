using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>
/// Changes a member's role or properties, or disables or enables a member. It takes effect within five seconds wherever they are signed in.
/// </summary>
public static class ChangeMember
{
    /// <param name="Role">The name of a role.</param>
    /// <param name="Properties">Ids; null for all, later ones too.</param>
    /// <param name="Disabled">True ends the member's sessions here and keeps them out until it is false again.</param>
    public sealed record Input(
        Optional<string> Role = default,
        Optional<IReadOnlyList<Guid>> Properties = default,
        Optional<bool> Disabled = default
    );

    /// <exception cref="Refusal">403 for an owner when the actor is not one, or for rights that the actor does not have; 409 for the last
    /// owner.</exception>
    public static async Task<Saved<MemberRow>> Run(
        Guid id,
        Input input,
        Actor who,
        BellhopDb db,
        ActorSource actors,
        IfMatch match,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.TeamManage);
        var errors = new ValidationErrors();
        if (input.Properties is { IsGiven: true, Value.Count: 0 })
        {
            errors.Add("properties", ErrorText.Of<TeamTexts>("NoProperties"));
        }

        var saved = await db.Save(
            async () =>
            {
                var (place, account) = await Members.ForChange(db, id, who, cancel);
                var rights = input.Role.IsGiven
                    ? await Roles.Read(errors, input.Role.Value, who.OrganizationId, db, cancel)
                    : PermissionSet.None;
                errors.Refuse();
                match.Demand(place.UpdatedAt);
                var role = input.Role.Or(place.Role)!;
                var properties = input.Properties.IsGiven ? await Given(input.Properties.Value, who, db, cancel) : place.Properties;
                if (role != place.Role)
                {
                    Rights.DemandOwn(rights, who);
                    if (role == Roles.Owner)
                    {
                        await Members.DemandOwner(db, who, cancel);
                    }
                }

                var disabled = input.Disabled.IsGiven ? input.Disabled.Value : place.DisabledAt is not null;
                if (role != Roles.Owner || properties is not null || disabled)
                {
                    await Members.DemandOtherOwner(db, place, cancel);
                }

                string[] changed =
                [
                    .. role != place.Role ? ["role"] : Array.Empty<string>(),
                    .. Same(properties, place.Properties) ? Array.Empty<string>() : ["properties"],
                    .. disabled == place.DisabledAt is not null ? Array.Empty<string>() : ["disabled"],
                ];
                if (changed.Length > 0)
                {
                    (place.Role, place.Properties, place.UpdatedAt) = (role, properties, db.Now.After(place.UpdatedAt));
                    place.DisabledAt = disabled ? place.DisabledAt ?? db.Now : null;
                    if (disabled)
                    {
                        await db.Sessions.Where(s => s.UserId == id && s.OrganizationId == who.OrganizationId).ExecuteDeleteAsync(cancel);
                    }

                    db.Happened(who, "member.updated", "member", id, changed);
                }

                return MemberRow.Saved(place, account, await Members.PropertyNames(db, who, cancel));
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
        actors.Forget();
        return saved;
    }

    private static async Task<Guid[]?> Given(IReadOnlyList<Guid>? given, Actor who, BellhopDb db, CancellationToken cancel) =>
        given is null && who.Properties is not null ? throw Rights.Beyond() : await Rights.Properties(given, who, db, cancel);

    private static bool Same(Guid[]? one, Guid[]? other) =>
        one is null || other is null ? ReferenceEquals(one, other) : one.ToHashSet().SetEquals(other);
}
