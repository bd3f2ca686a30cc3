using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Features.Team;

/// <summary>Rules for new accounts, for all use cases that make them.</summary>
internal static class Accounts
{
    /// <summary>Reads an address for signing in. For a wrong one it adds an error and returns null.</summary>
    public static string? ReadEmail(ValidationErrors errors, string field, string raw)
    {
        var text = errors.Text(field, raw, 254, required: true);
        if (text is null)
        {
            return null;
        }

        var email = Email.Parse(text);
        if (!email.Valid)
        {
            errors.Add(field, "Email");
            return null;
        }

        return email.Address;
    }

    /// <summary>Makes a new account without a membership. It is slow, so call it outside saves.</summary>
    public static User New(string email, string? name, string password, Passwords passwords, ILookupNormalizer names, DateTime now)
    {
        var user = new User
        {
            UserName = email,
            NormalizedUserName = names.NormalizeName(email),
            Email = email,
            NormalizedEmail = names.NormalizeEmail(email),
            DisplayName = name,
            CreatedAt = now,
            SecurityStamp = Guid.CreateVersion7().ToString("N"),
            LockoutEnabled = false,
        };
        user.PasswordHash = passwords.Hash(user, password);
        return user;
    }
}
