using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;

namespace Bellhop.Features.Team;

/// <summary>How an account comes to be, whoever makes it.</summary>
internal static class Accounts
{
    /// <summary>An address somebody can sign in with; an error and null where it is none.</summary>
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

    /// <summary>A new account, not yet anybody's member. Slow: outside saves only.</summary>
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
