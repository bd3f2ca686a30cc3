using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Team;

/// <summary>An action that an organisation may let happen only with somebody's approval.</summary>
/// <param name="Name">Its name in the API.</param>
/// <param name="Permission">What it takes to do it. Whoever approves needs it too.</param>
public sealed record ApprovalAction(string Name, Permission Permission)
{
    /// <summary>Deletes many guests at once.</summary>
    public static readonly ApprovalAction BulkDelete = new("contacts.bulkDelete", Permission.ContactsDelete);

    /// <summary>Writes guests into a file.</summary>
    public static readonly ApprovalAction Export = new("contacts.export", Permission.ContactsImportExport);

    /// <summary>Makes one guest of several; a merge of two concerns two.</summary>
    public static readonly ApprovalAction Merge = new("contacts.merge", Permission.ContactsEdit);

    /// <summary>Every such action, as the settings show them.</summary>
    public static IReadOnlyList<ApprovalAction> All { get; } = [BulkDelete, Export, Merge];

    public static ApprovalAction? Find(string? name) => All.FirstOrDefault(a => a.Name == name);
}

/// <summary>An organisation's rule: the action needs an approval when it concerns more than so many guests.</summary>
public sealed class ApprovalRule
{
    /// <summary>The greatest number that a rule can have.</summary>
    public const int OverMax = 10_000;

    public int OrganizationId { get; init; }
    public required string Action { get; init; }
    public int Over { get; set; }
}

/// <summary>What a member approved. It can be used once, within five minutes.</summary>
public sealed class Approval
{
    /// <summary>How long it can be used.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public int OrganizationId { get; init; }

    /// <summary>SHA-256 of the token.</summary>
    public required byte[] Hash { get; init; }
    public required string Action { get; init; }

    /// <summary>What exactly was approved, in the form of <see cref="SubjectOf(string)"/>.</summary>
    public required string Subject { get; init; }
    public Guid ApproverId { get; init; }

    /// <summary>The approver's security stamp. When it changes, for example with a new password, the approval ends.</summary>
    public required string Stamp { get; init; }
    public DateTime ExpiresAt { get; init; }

    /// <summary>Names what is approved without saying it: guests' ids, or a filter with what was searched.</summary>
    public static string SubjectOf(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)));

    /// <summary>Names guests by their ids, in any order.</summary>
    public static string SubjectOf(IEnumerable<Guid> ids) => SubjectOf(string.Join(',', ids.Distinct().Order()));

    internal static (string Token, byte[] Hash) New()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        return (token, HashOf(token));
    }

    internal static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

internal sealed class ApprovalRuleTable : IEntityTypeConfiguration<ApprovalRule>
{
    public void Configure(EntityTypeBuilder<ApprovalRule> table)
    {
        table.ToTable("approval_rules").HasKey(r => new { r.OrganizationId, r.Action });
        table.IsAudited("approvalRule");
        table.HasOne<Organization>().WithMany().HasForeignKey(r => r.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(r => r.Action).HasMaxLength(50);
    }
}

internal sealed class ApprovalTable : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> table)
    {
        table.ToTable("approvals").HasKey(a => new { a.OrganizationId, a.Hash });
        table.HasOne<Organization>().WithMany().HasForeignKey(a => a.OrganizationId).OnDelete(DeleteBehavior.Restrict);
        table.Property(a => a.Action).HasMaxLength(50);
        table.Property(a => a.Subject).HasMaxLength(64);
        table.Property(a => a.Stamp).HasMaxLength(64);
    }
}
