using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Team;

/// <summary>Checks the rights and properties that an actor gives to a person or key: nobody can give more than their own.</summary>
internal static class Rights
{
    /// <summary>The named permissions; all of the actor's own when no names are given.</summary>
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

    /// <exception cref="Refusal">403 for a permission that the actor does not have.</exception>
    public static void DemandOwn(PermissionSet permissions, Actor who)
    {
        if (!permissions.List().All(who.Can))
        {
            throw Beyond();
        }
    }

    /// <summary>The ids to store. Null means all properties, later ones too; it is stored only when the actor has that.</summary>
    /// <exception cref="Refusal">404 for a property that does not exist or that the actor does not see.</exception>
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

    /// <summary>Whether the actor sees all the properties of a member, invitation or key; null means all.</summary>
    public static bool Covers(this Actor who, Guid[]? properties) =>
        who.Properties is null || (properties is not null && properties.All(who.Sees));

    /// <summary>What the permissions allow, as people read it.</summary>
    /// <param name="permissions">Names of permissions that this version knows.</param>
    public static string Words(IReadOnlyList<string> permissions, IStringLocalizer<TeamTexts> texts) =>
        permissions.Count == Permission.All.Count
            ? texts["Role.Everything"]
            : string.Join(", ", permissions.Select(name => Permission.Find(name)!.Title));

    public static Refusal Beyond() => Refusal.Forbidden(ErrorText.Of<TeamTexts>("BeyondYours"));
}
