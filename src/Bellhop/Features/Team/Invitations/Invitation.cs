using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>
/// A place on the team that somebody was asked to take. It goes once it is taken or withdrawn; whoever has its link takes it, once, within
/// seven days.
/// </summary>
public sealed class Invitation
{
    /// <summary>How long it can be taken.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The address whose account takes it; whether there is one by now is nobody's to know.</summary>
    public required string Email { get; init; }

    /// <summary>Name of a role.</summary>
    public required string Role { get; init; }

    /// <summary>Property ids; null for all, later ones too.</summary>
    public Guid[]? Properties { get; init; }

    /// <summary>As colleagues are to see them; chosen by whoever accepts where left out.</summary>
    public string? Name { get; init; }

    /// <summary>SHA-256 of the link's secret.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Who asked, with whose rights of the moment it is taken.</summary>
    public Guid InviterId { get; set; }
    public ActorKind InviterKind { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; set; }
}

/// <summary>What stands in an invitation's link: which one it is, and a secret of 256 bits.</summary>
internal static class InvitationToken
{
    private const int Secret = 32,
        Size = sizeof(int) + 16 + Secret;

    /// <summary>A new token, and the hash that is kept of it.</summary>
    public static (string Token, byte[] Hash) New(int organizationId, Guid id)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, organizationId);
        id.TryWriteBytes(bytes.AsSpan(sizeof(int)), bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes.AsSpan(Size - Secret));
        return (Base64Url.EncodeToString(bytes), SHA256.HashData(bytes.AsSpan(Size - Secret)));
    }

    /// <summary>The path of the page on which it is accepted.</summary>
    public static string Path(string token) => "/invite/" + token;

    /// <summary>Which invitation, and the hash its secret has; null for what is no token.</summary>
    public static (int OrganizationId, Guid Id, byte[] Hash)? Read(string token)
    {
        if (token.Length > 2 * Size || !Base64Url.IsValid(token) || Base64Url.DecodeFromChars(token) is not { Length: Size } bytes)
        {
            return null;
        }

        return (
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            new Guid(bytes.AsSpan(sizeof(int), 16), bigEndian: true),
            SHA256.HashData(bytes.AsSpan(Size - Secret))
        );
    }
}

/// <summary>An invitation as the API shows it.</summary>
/// <param name="Properties">Null for all, later ones too; else those the viewer may see.</param>
public sealed record InvitationRow(
    Guid Id,
    string Email,
    string Role,
    IReadOnlyList<PropertyName>? Properties,
    string? Name,
    DateTime CreatedAt,
    DateTime ExpiresAt
)
{
    internal static InvitationRow Of(Invitation invitation, IReadOnlyDictionary<Guid, string> names) =>
        new(
            invitation.Id,
            invitation.Email,
            invitation.Role,
            invitation.Properties?.Where(names.ContainsKey).Select(id => new PropertyName(id, names[id])).ToList(),
            invitation.Name,
            invitation.CreatedAt,
            invitation.ExpiresAt
        );
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> table)
    {
        table.ToTable("invitations").HasKey(i => new { i.OrganizationId, i.Id });
        table.HasOne<Organization>().WithMany().HasForeignKey(i => i.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(i => i.Email).HasMaxLength(254);
        table.Property(i => i.Role).HasMaxLength(50);
        table.Property(i => i.Name).HasMaxLength(200);
        table.Property(i => i.InviterKind).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(i => i.ExpiresAt);
    }
}
