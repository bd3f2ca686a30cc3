using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

/// <summary>A text that staff often send, with placeholders for what differs by guest.</summary>
public sealed class SavedReply
{
    public const int NameMax = 100;
    public const int TextMax = 4096;
    public const int LanguageMax = 35;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set; }

    /// <summary>The folded name: the order of the list.</summary>
    public required string NameKey { get; set; }
    public required string Text { get; set; }

    /// <summary>As BCP 47 writes it; null for none in particular.</summary>
    public string? Language { get; set; }

    /// <summary>For everybody who replies; else for its owner alone.</summary>
    public bool Shared { get; set; }

    /// <summary>Who made it: a user or key.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>Only for guests of this property; null for all.</summary>
    public Guid? PropertyId { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }
}

public static class SavedReplyRights
{
    /// <summary>The actor's own, and the shared ones of the properties that the actor sees.</summary>
    public static IQueryable<SavedReply> VisibleTo(this IQueryable<SavedReply> replies, Actor who)
    {
        var mine = replies.Where(r => r.OrganizationId == who.OrganizationId && (r.Shared || r.OwnerId == who.Id));
        return who.Properties is { } limited ? mine.Where(r => r.PropertyId == null || limited.Contains(r.PropertyId.Value)) : mine;
    }
}

internal sealed class SavedReplyTable : IEntityTypeConfiguration<SavedReply>
{
    public void Configure(EntityTypeBuilder<SavedReply> table)
    {
        table.ToTable("saved_replies").HasKey(r => new { r.OrganizationId, r.Id });
        table.IsAudited("savedReply", r => r.Id, [nameof(SavedReply.NameKey)]);
        table.HasOne<Property>().WithMany().HasForeignKey(r => new { r.OrganizationId, r.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.Property(r => r.Name).HasMaxLength(SavedReply.NameMax);
        table.Property(r => r.Text).HasMaxLength(SavedReply.TextMax);
        table.Property(r => r.Language).HasMaxLength(SavedReply.LanguageMax);
        table.HasIndex(r => new
        {
            r.OrganizationId,
            r.NameKey,
            r.Id,
        });
    }
}
