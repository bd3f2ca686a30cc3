using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Team;

/// <summary>With what a person signs in besides the password. A new password leaves it in place: only its owner removes it.</summary>
/// <param name="Names">The passkeys as the person named them, and the provider where the account is connected.</param>
internal sealed record OtherWays(IReadOnlyList<string> Names)
{
    /// <summary>Where a person sees and removes them.</summary>
    public const string Page = "/settings/account";

    public bool Any => Names.Count > 0;

    /// <summary>Each name, with a comma between two.</summary>
    public string Said => string.Join(", ", Names);

    public static async Task<OtherWays> Of(Guid userId, OpenIdSettings provider, BellhopDb db, CancellationToken cancel)
    {
        var names = await db
            .Passkeys.Where(p => p.UserId == userId)
            .OrderBy(p => p.CreatedAt)
            .ThenBy(p => p.Id)
            .Select(p => p.Name)
            .ToListAsync(cancel);
        if (provider.IsOn && await db.UserLogins.AnyAsync(l => l.UserId == userId && l.LoginProvider == OpenIdPerson.Provider, cancel))
        {
            names.Add(provider.Name);
        }

        return new(names);
    }
}
