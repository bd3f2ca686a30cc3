using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>Nobody gives what they have not: rights and properties that one actor hands to a person or key.</summary>
internal static class Rights
{
    /// <summary>The named permissions; all of the actor's own where none are named.</summary>
    public static PermissionSet Read(ValidationErrors errors, string field, IReadOnlyList<string>? names, Actor who)
    {
        if (names is null)
        {
            return who.Permissions;
        }

        if (names.Count == 0)
        {
            errors.Add(field, ErrorText.Of<TeamTexts>("NoPermissions"));
        }

        if (names.Any(n => Permission.Find(n) is null))
        {
            errors.Add(field, "OneOf", string.Join(", ", Permission.All));
        }

        return new(names.Select(Permission.Find).OfType<Permission>());
    }

    /// <exception cref="Refusal">403 where one is not the actor's own.</exception>
    public static void DemandOwn(PermissionSet permissions, Actor who)
    {
        if (!permissions.List().All(who.Can))
        {
            throw Beyond();
        }
    }

    /// <summary>The ids to store for the given ones; null, for all and later ones too, only from somebody who has that.</summary>
    /// <exception cref="Refusal">404 for a property that is not there or not the actor's.</exception>
    public static async Task<Guid[]?> Properties(IReadOnlyList<Guid>? given, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (given is null)
        {
            return who.Properties?.ToArray();
        }

        Guid[] wanted = [.. given.Distinct()];
        var there = await db.Properties.VisibleTo(who).Where(p => wanted.Contains(p.Id)).Select(p => p.Id).ToListAsync(cancel);
        return Array.Find(wanted, id => !there.Contains(id)) is var missing && missing != Guid.Empty
                ? throw Refusal.NotThere("property", missing)
            : wanted.Contains(Guid.Empty) ? throw Refusal.NotThere("property", Guid.Empty)
            : wanted;
    }

    /// <summary>Whether the actor sees every property that somebody's place holds for.</summary>
    public static bool Covers(this Actor who, Guid[]? properties) =>
        who.Properties is null || (properties is not null && properties.All(who.Sees));

    public static Refusal Beyond() => Refusal.Forbidden(ErrorText.Of<TeamTexts>("BeyondYours"));
}
