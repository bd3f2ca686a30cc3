using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>Names of the organisations and properties where a person works, which no password of theirs may be made of.</summary>
    public static async Task<List<string?>> Houses(Guid userId, BellhopDb db, CancellationToken cancel)
    {
        var mine = db.Memberships.Where(m => m.UserId == userId).Select(m => m.OrganizationId);
        var organizations = await db.Organizations.Where(o => mine.Contains(o.Id)).Select(o => o.Name).ToListAsync(cancel);
        var properties = await db.Properties.Where(p => mine.Contains(p.OrganizationId)).Select(p => p.Name).ToListAsync(cancel);
        return [.. organizations, .. properties];
    }

    /// <summary>
    /// A person who proved by a mail who they are, as the audit log names them, in the organisation of their first membership.
    /// </summary>
    /// <param name="from">The network address; null when it is not known.</param>
    /// <exception cref="Refusal">404 for a person who is on no team any more.</exception>
    public static async Task<Actor> AsMember(User account, string? from, BellhopDb db, CancellationToken cancel)
    {
        var organization = await db
            .Memberships.Where(m => m.UserId == account.Id)
            .OrderBy(m => m.OrganizationId)
            .Select(m => (int?)m.OrganizationId)
            .FirstOrDefaultAsync(cancel);
        return organization is { } id ? ActorSource.Named(account, id) with { From = from } : throw Refusal.NotThere();
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
