using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>
/// An invitation to join the team. It is deleted when it is accepted or withdrawn. Anybody with its link can accept it, once, within seven
/// days.
/// </summary>
public sealed class Invitation
{
    /// <summary>How long the invitation can be accepted.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The address of the account that accepts. Nobody is told whether the account exists already.</summary>
    public required string Email { get; init; }

    /// <summary>Name of a role.</summary>
    public required string Role { get; init; }

    /// <summary>Property ids; null for all, later ones too.</summary>
    public Guid[]? Properties { get; init; }

    /// <summary>The name that colleagues will see. When null, the person chooses it.</summary>
    public string? Name { get; init; }

    /// <summary>SHA-256 of the link's secret.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>The inviter. Their rights are checked again when the invitation is accepted.</summary>
    public Guid InviterId { get; set; }
    public ActorKind InviterKind { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; set; }
}

/// <summary>The token in an invitation's link: the invitation's id and a secret of 256 bits.</summary>
internal static class InvitationToken
{
    private const int Secret = 32,
        Size = sizeof(int) + 16 + Secret;

    /// <summary>Makes a new token, and the hash to store.</summary>
    public static (string Token, byte[] Hash) New(int organizationId, Guid id)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, organizationId);
        id.TryWriteBytes(bytes.AsSpan(sizeof(int)), bigEndian: true, out _);
        RandomNumberGenerator.Fill(bytes.AsSpan(Size - Secret));
        return (Base64Url.EncodeToString(bytes), SHA256.HashData(bytes.AsSpan(Size - Secret)));
    }

    /// <summary>The path of the page that accepts the invitation.</summary>
    public static string Path(string token) => "/invite/" + token;

    /// <summary>The invitation's id and the secret's hash; null for a text that is not a token.</summary>
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
/// <param name="Properties">Null for all, later ones too. Otherwise those that the viewer may see.</param>
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
