using System.Buffers.Text;
using System.Security.Cryptography;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

public enum AccountLinkKind
{
    /// <summary>Sets a new password.</summary>
    Recovery,

    /// <summary>Makes <see cref="AccountLink.Email"/> the account's address.</summary>
    EmailChange,

    /// <summary>Gives the account back its former address, <see cref="AccountLink.Email"/>.</summary>
    EmailUndo,
}

/// <summary>A link about an account, for whoever reads the mail. It works once, and is deleted then.</summary>
public sealed class AccountLink
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid UserId { get; init; }
    public AccountLinkKind Kind { get; init; }

    /// <summary>SHA-256 of the secret in the link.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The address that the link gives the account; null where it gives none.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// The account's security stamp; with another one the link no longer works. Null for an undo: it works against whoever took the
    /// account.
    /// </summary>
    public string? Stamp { get; init; }
    public DateTime ExpiresAt { get; set; }
}

/// <summary>Makes and finds the links about accounts.</summary>
internal static class AccountLinks
{
    /// <summary>How long a link to a new password or a new address works.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    /// <summary>How long a changed address can be taken back.</summary>
    public static readonly TimeSpan UndoLasts = TimeSpan.FromDays(7);

    private const int SecretBytes = 32;

    /// <summary>A new secret for a link, and the hash to store.</summary>
    public static (string Token, byte[] Hash) NewToken()
    {
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        return (Base64Url.EncodeToString(secret), SHA256.HashData(secret));
    }

    /// <summary>The path of the page that a link leads to.</summary>
    public static string Path(AccountLinkKind kind, string token) =>
        (kind == AccountLinkKind.Recovery ? "/recover/" : "/confirm-email/") + token;

    /// <summary>The link, and its account, both tracked.</summary>
    /// <param name="isRecovery">Whether the link must be one to a new password; else it must be one about an address.</param>
    /// <exception cref="Refusal">404 for a link that is wrong or no longer works.</exception>
    public static async Task<(AccountLink Link, User Account)> Find(string token, bool isRecovery, BellhopDb db, CancellationToken cancel)
    {
        if (token.Length > 2 * SecretBytes || !Base64Url.IsValid(token))
        {
            throw Refusal.NotThere();
        }

        var hash = SHA256.HashData(Base64Url.DecodeFromChars(token));
        var now = db.Now;
        var found = await db
            .AccountLinks.Where(l => l.TokenHash == hash && l.ExpiresAt > now && (l.Kind == AccountLinkKind.Recovery) == isRecovery)
            .Join(db.Users, l => l.UserId, u => u.Id, (l, u) => new { Link = l, Account = u })
            .SingleOrDefaultAsync(cancel);
        return found is not null && (found.Link.Stamp is null || found.Link.Stamp == found.Account.SecurityStamp)
            ? (found.Link, found.Account)
            : throw Refusal.NotThere();
    }
}

internal sealed class AccountLinkTable : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> table)
    {
        table.ToTable("account_links").HasKey(l => l.Id);
        table.HasOne<User>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
        table.Property(l => l.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(l => l.Email).HasMaxLength(254);
        table.Property(l => l.Stamp).HasMaxLength(64);
        table.HasIndex(l => l.TokenHash).IsUnique();
        table.HasIndex(l => l.UserId);
    }
}
