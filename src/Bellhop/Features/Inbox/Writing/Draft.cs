using Bellhop.Data;
using Bellhop.Features.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

/// <summary>What one person has begun to write in a conversation. It is theirs alone, on every device.</summary>
public sealed class Draft
{
    public const int TextMax = 20_000;

    public int OrganizationId { get; init; }
    public Guid ConversationId { get; init; }

    /// <summary>The user or key.</summary>
    public Guid PersonId { get; init; }
    public string? Text { get; set; }

    /// <summary>The ids of the files to go with it, as JSON.</summary>
    public string? Files { get; set; }

    /// <summary>The message that it answers: our id or the provider's.</summary>
    public string? ReplyTo { get; set; }
    public DateTime UpdatedAt { get; set; }
}

internal sealed class DraftTable : IEntityTypeConfiguration<Draft>
{
    public void Configure(EntityTypeBuilder<Draft> table)
    {
        table
            .ToTable("drafts")
            .HasKey(d => new
            {
                d.OrganizationId,
                d.ConversationId,
                d.PersonId,
            });
        table.HasPersonalData();
        table
            .HasOne<Conversation>()
            .WithMany()
            .HasForeignKey(d => new { d.OrganizationId, d.ConversationId })
            .OnDelete(DeleteBehavior.Cascade);
        table.Property(d => d.Text).HasMaxLength(Draft.TextMax);
        table.Property(d => d.ReplyTo).HasMaxLength(ChannelItem.IdMax);
    }
}
