using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Two contacts that were made one. While this row stands, the id of the merged contact leads to the one that is kept. A split deletes it.
/// </summary>
public sealed class Merge
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The contact to which the merged id leads now: a later merge of that contact takes it along.</summary>
    public Guid ContactId { get; set; }

    /// <summary>The contact that was merged into the other. It has no row of its own now.</summary>
    public Guid FromId { get; init; }

    /// <summary>When, UTC; later than each earlier merge of the contact.</summary>
    public DateTime At { get; init; }
    public ActorKind WhoKind { get; init; }
    public Guid WhoId { get; init; }

    /// <summary>The actor's name at that time.</summary>
    public required string WhoName { get; init; }

    /// <summary>What each of the two had: a <see cref="MergeState"/> as JSON.</summary>
    public required string State { get; set; }
}

internal sealed class MergeTable : IEntityTypeConfiguration<Merge>
{
    public void Configure(EntityTypeBuilder<Merge> table)
    {
        table.ToTable("merges").HasKey(m => new { m.OrganizationId, m.Id });
        table.HasPersonalData();
        table.WhenMerged(new(OnMerge.Moves, nameof(Merge.ContactId)));
        table.HasOne<Contact>().WithMany().HasForeignKey(m => new { m.OrganizationId, m.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(m => m.WhoKind).HasConversion<string>().HasMaxLength(16);
        table.Property(m => m.WhoName).HasMaxLength(256);
        table.HasIndex(m => new { m.OrganizationId, m.FromId }).IsUnique();
        table.HasIndex(m => new
        {
            m.OrganizationId,
            m.ContactId,
            m.At,
        });
    }
}

/// <summary>When one tag replaces another, the tags that a split gives back are replaced too.</summary>
internal sealed class MergeFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(Merge)];

    public override async Task TagReplaced(BellhopDb db, int organizationId, Guid from, Guid to, CancellationToken cancel)
    {
        var (old, text) = (from.ToString(), to.ToString());
        foreach (var merge in await db.Merges.Where(m => m.OrganizationId == organizationId && m.State.Contains(old)).ToListAsync(cancel))
        {
            merge.State = merge.State.Replace(old, text, StringComparison.Ordinal);
        }
    }
}
