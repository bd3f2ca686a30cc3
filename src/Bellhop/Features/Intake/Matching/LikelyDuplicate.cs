using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Intake;

/// <summary>Two contacts that may be one guest. A person decides; Bellhop never merges them by itself.</summary>
public sealed class LikelyDuplicate
{
    public int OrganizationId { get; init; }

    /// <summary>The older contact (the smaller id).</summary>
    public Guid OlderId { get; init; }
    public Guid NewerId { get; init; }

    /// <summary>
    /// Why, comma-separated: <c>same-phone</c>, <c>same-email</c>, or <c>claimed-phone</c>, <c>claimed-email</c> when one of the two only
    /// claims it; <c>channel-says-same</c> when a provider signed that an id of each is one person's.
    /// </summary>
    public required string Reasons { get; set; }
    public DateTime FoundAt { get; init; }

    internal const string ChannelSaysSame = "channel-says-same";

    /// <summary>The reason to list two contacts that show one phone or address.</summary>
    /// <param name="claimed">One of the two only claims it.</param>
    private static string Reason(IdentityKind kind, bool claimed) =>
        (kind, claimed) switch
        {
            (IdentityKind.Phone, true) => "claimed-phone",
            (IdentityKind.Phone, false) => "same-phone",
            (_, true) => "claimed-email",
            _ => "same-email",
        };

    /// <summary>The reasons with one more. Of one kind of identity, what both have proven counts and not what one claims.</summary>
    internal static string With(string? reasons, IdentityKind kind, bool claimed)
    {
        var (weak, strong) = (Reason(kind, claimed: true), Reason(kind, claimed: false));
        var present = (reasons ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var reason = claimed && !present.Contains(strong, StringComparer.Ordinal) ? weak : strong;
        return string.Join(',', present.Where(r => r != weak && r != strong).Append(reason));
    }

    /// <summary>The reasons with one that a provider's statement gives.</summary>
    internal static string WithChannel(string? reasons) =>
        string.Join(
            ',',
            (reasons ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Where(r => r != ChannelSaysSame).Append(ChannelSaysSame)
        );

    /// <summary>A pair of two contacts, found as another was.</summary>
    internal static LikelyDuplicate Of(Guid one, Guid other, LikelyDuplicate found) =>
        new()
        {
            OrganizationId = found.OrganizationId,
            OlderId = one.CompareTo(other) < 0 ? one : other,
            NewerId = one.CompareTo(other) < 0 ? other : one,
            Reasons = found.Reasons,
            FoundAt = found.FoundAt,
        };

    /// <summary>Whether each of the two has more than a claim to the phone or address.</summary>
    internal bool IsProven(IdentityKind kind) => Reasons.Split(',').Contains(Reason(kind, claimed: false), StringComparer.Ordinal);
}

internal sealed class LikelyDuplicateTable : IEntityTypeConfiguration<LikelyDuplicate>
{
    public void Configure(EntityTypeBuilder<LikelyDuplicate> table)
    {
        table
            .ToTable("likely_duplicates")
            .HasKey(d => new
            {
                d.OrganizationId,
                d.OlderId,
                d.NewerId,
            });
        table.WhenMerged(new(OnMerge.Own, nameof(LikelyDuplicate.OlderId), nameof(LikelyDuplicate.NewerId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.OlderId }).OnDelete(DeleteBehavior.Cascade);
        table.HasOne<Contact>().WithMany().HasForeignKey(d => new { d.OrganizationId, d.NewerId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(d => d.Reasons).HasMaxLength(100);
        table.HasIndex(d => new { d.OrganizationId, d.NewerId });
    }
}
