using Bellhop.Data;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Duplicates;

/// <summary>A contact that was added or changed, and has not been compared with others since.</summary>
public sealed class DuplicateCheck
{
    public int OrganizationId { get; init; }
    public Guid ContactId { get; init; }
}

/// <summary>
/// One key of a contact, by which others that may be the same guest are found. The keys are hashes of folded phones, addresses, days and
/// words. They say what the contact's values are, and change with them.
/// </summary>
public sealed class DuplicateKey
{
    public int OrganizationId { get; init; }
    public long Key { get; init; }
    public Guid ContactId { get; init; }
}

/// <summary>What was learned of an organisation's guests, and how far a sweep has got.</summary>
public sealed class DuplicateWeights
{
    public int OrganizationId { get; init; }

    /// <summary>A <see cref="LearnedWeights"/> as JSON; null before the first sweep.</summary>
    public string? Weights { get; set; }
    public DateTime? LearnedAt { get; set; }

    /// <summary>The sweep that is running, or ran last.</summary>
    public Guid? SweepId { get; set; }

    /// <summary>Where the sweep goes on when its job runs again.</summary>
    public string? SweepPlace { get; set; }
}

internal sealed class DuplicateCheckTable : IEntityTypeConfiguration<DuplicateCheck>
{
    public void Configure(EntityTypeBuilder<DuplicateCheck> table)
    {
        // No foreign key: the save that changes a contact writes the row, and must not pay for a look at the contact.
        table.ToTable("duplicate_checks").HasKey(c => new { c.OrganizationId, c.ContactId });
        table.WhenMerged(new(OnMerge.Ends, nameof(DuplicateCheck.ContactId)));
    }
}

internal sealed class DuplicateKeyTable : IEntityTypeConfiguration<DuplicateKey>
{
    public void Configure(EntityTypeBuilder<DuplicateKey> table)
    {
        table
            .ToTable("duplicate_keys")
            .HasKey(k => new
            {
                k.OrganizationId,
                k.Key,
                k.ContactId,
            });
        table.WhenMerged(new(OnMerge.Ends, nameof(DuplicateKey.ContactId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(k => new { k.OrganizationId, k.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(k => new { k.OrganizationId, k.ContactId });
    }
}

internal sealed class DuplicateWeightsTable : IEntityTypeConfiguration<DuplicateWeights>
{
    public void Configure(EntityTypeBuilder<DuplicateWeights> table)
    {
        table.ToTable("duplicate_weights").HasKey(w => w.OrganizationId);
        table.Property(w => w.OrganizationId).ValueGeneratedNever();
        table.Property(w => w.SweepPlace).HasMaxLength(64);
    }
}
