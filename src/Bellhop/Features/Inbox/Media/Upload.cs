using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

/// <summary>A file that somebody has uploaded to send it. It is theirs alone until it is sent, and is gone after a day.</summary>
public sealed class Upload
{
    public int OrganizationId { get; init; }

    /// <summary>Also the id of the message's file, once it is sent.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ConversationId { get; init; }

    /// <summary>The user or key.</summary>
    public Guid UploaderId { get; init; }
    public MessageType Type { get; init; }
    public required string FileName { get; init; }

    /// <summary>As the content says.</summary>
    public required string ContentType { get; init; }
    public long Bytes { get; init; }
    public bool HasPreview { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>The same file as one of the message.</summary>
    internal MessageFile SentWith(Message message) =>
        new()
        {
            OrganizationId = OrganizationId,
            Id = Id,
            MessageId = message.Id,
            Kind = Type.ToString().ToLowerInvariant(),
            FileName = FileName,
            ContentType = ContentType,
            Bytes = Bytes,
            State = MediaState.Kept,
            HasPreview = HasPreview,
        };
}

internal sealed class UploadTable : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> table)
    {
        table.ToTable("uploads").HasKey(u => new { u.OrganizationId, u.Id });
        table.HasPersonalData();
        table
            .HasOne<Conversation>()
            .WithMany()
            .HasForeignKey(u => new { u.OrganizationId, u.ConversationId })
            .OnDelete(DeleteBehavior.Cascade);
        table.Property(u => u.Type).HasConversion<string>().HasMaxLength(16);
        table.Property(u => u.FileName).HasMaxLength(Contact.NameMax);
        table.Property(u => u.ContentType).HasMaxLength(100);
        table.HasIndex(u => new { u.OrganizationId, u.ConversationId });
        table.HasIndex(u => u.CreatedAt);
    }
}
