using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Contacts.Segments;

/// <summary>A saved filter over contacts. It is always live and stores no contacts.</summary>
public sealed class Segment
{
    public const int NameMax = 100;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The name as it was written last.</summary>
    public required string Name { get; set; }

    /// <summary>The folded name. It is unique among shared segments and among each person's own.</summary>
    public required string NameKey { get; set; }

    /// <summary>Who saved it: the user's or key's id.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Whose list shows it: empty for everybody's, otherwise its owner's id.</summary>
    public Guid ListedFor { get; set; }

    /// <summary>The conditions, as JSON: groups of which all or any members must hold.</summary>
    public required string Conditions { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Whether everybody who sees contacts sees it.</summary>
    public bool IsShared => ListedFor == Guid.Empty;

    public static string Key(string name) => Fold.Key(name) is { Length: > 0 } key ? key : name;
}

internal sealed class SegmentTable : IEntityTypeConfiguration<Segment>
{
    public void Configure(EntityTypeBuilder<Segment> table)
    {
        table.ToTable("segments").HasKey(s => new { s.OrganizationId, s.Id });
        table.IsAudited("segment", s => s.Id);
        table.Ignore(s => s.IsShared);
        table.Property(s => s.Name).HasMaxLength(Segment.NameMax);

        // One character may fold to many letters.
        table.Property(s => s.NameKey).HasMaxLength(20 * Segment.NameMax);
        table
            .HasIndex(s => new
            {
                s.OrganizationId,
                s.ListedFor,
                s.NameKey,
            })
            .IsUnique();
    }
}

/// <summary>Makes segments use the tag that another tag was merged into.</summary>
internal sealed class SegmentFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [];

    public override async Task TagReplaced(BellhopDb db, int organizationId, Guid from, Guid to, CancellationToken cancel)
    {
        var (old, other) = (from.ToString("D"), to.ToString("D"));
        await db.Execute(
            $"""
            UPDATE segments SET conditions = replace(conditions, {old}, {other})
            WHERE organization_id = {organizationId} AND conditions LIKE {'%' + old + '%'}
            """,
            cancel
        );
    }
}
