using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

public enum Direction
{
    In,
    Out,
}

public enum AuthorKind
{
    Guest,
    Staff,
    Agent,
    PhoneApp,
    Campaign,
    System,
}

/// <summary>Where a message stands. What a guest sent is received; ours moves by rank, see <see cref="DeliveryStatus"/>.</summary>
public enum MessageStatus
{
    Received,
    Queued,
    Sending,
    Unknown,
    Sent,
    Failed,
    Delivered,
    Read,
}

/// <summary>A message in a conversation. The provider's id is unique within the account, so the same event again adds nothing.</summary>
public sealed class Message
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid ConversationId { get; set; }
    public Guid AccountId { get; init; }

    /// <summary>The provider's id; null for ours until the provider has taken it.</summary>
    public string? ExternalId { get; set; }
    public Direction Direction { get; init; }
    public AuthorKind AuthorKind { get; init; }
    public Guid? AuthorId { get; init; }
    public string? AuthorName { get; init; }
    public MessageType Type { get; set; }
    public string? Text { get; set; }

    /// <summary>The folded text, for the search.</summary>
    public string? Search { get; set; }

    /// <summary>The provider's id of the message that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>What it carries beside text and files, as JSON: a place, cards, a tapped button.</summary>
    public string? Card { get; set; }
    public MessageStatus Status { get; set; }
    public int? ErrorCode { get; set; }
    public string? ErrorText { get; set; }
    public int Attempts { get; set; }

    /// <summary>The provider's time, but never later than we received it. Within one instant, ids keep the order of arrival.</summary>
    public DateTime At { get; init; }
    public DateTime? EditedAt { get; set; }

    /// <summary>Its sender took it back: the text is gone and the row stays.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>The guest's reaction to it; null for none.</summary>
    public string? Reaction { get; set; }
    public DateTime? ReactedAt { get; set; }
    public DateTime CreatedAt { get; init; }

    // The indexes of texts are made for these very words.
    internal const string IsShort = "octet_length(search) <= 2000",
        IsLong = "octet_length(search) > 2000";

    internal void Write(string? text) => (Text, Search) = (text, text is null ? null : Fold.Key(text));
}

/// <summary>A file that hangs on a message. What it holds is fetched by its own work.</summary>
public sealed class MessageFile
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid MessageId { get; init; }

    /// <summary>Its place among the message's files.</summary>
    public int Place { get; init; }

    /// <summary><c>image</c>, <c>video</c>, <c>audio</c>, <c>document</c>, <c>sticker</c>, or the provider's own word.</summary>
    public required string Kind { get; init; }

    /// <summary>The provider's id of the file: of the guest's, or of ours once it is uploaded there.</summary>
    public string? MediaId { get; set; }

    /// <summary>Where the provider has it. It expires.</summary>
    public string? ProviderUrl { get; init; }
    public string? FileName { get; init; }

    /// <summary>As the provider says until the file is kept; then as the content says.</summary>
    public string? ContentType { get; set; }
    public long? Bytes { get; set; }
    public MediaState State { get; set; }

    /// <summary>Whether there is a small picture of it, made anew from the pixels alone.</summary>
    public bool HasPreview { get; set; }
}

/// <summary>Whether we have what a file holds.</summary>
public enum MediaState
{
    /// <summary>It is still to be fetched from the provider.</summary>
    Waiting,

    /// <summary>It is in the data folder.</summary>
    Kept,

    /// <summary>The provider no longer has it.</summary>
    Gone,

    /// <summary>It is larger than we take, or than the provider gives out.</summary>
    TooLarge,

    /// <summary>It could not be fetched, several times. Staff can have it tried again.</summary>
    Failed,

    /// <summary>It is a link or a card of the channel: there is no file to fetch.</summary>
    Link,
}

/// <summary>A note of staff in a conversation. It is no message and can never be sent.</summary>
public sealed class ConversationNote
{
    public const int TextMax = 5000;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid ConversationId { get; set; }
    public required string Text { get; init; }
    public Guid AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public DateTime At { get; init; }
}

/// <summary>The salted hash of a message's id whose guest was deleted: the provider's repetition makes nobody anew.</summary>
public sealed class ForgottenMessage
{
    public int OrganizationId { get; init; }
    public required byte[] Hash { get; init; }
}

internal sealed class MessageTable : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> table)
    {
        table.ToTable("messages").HasKey(m => new { m.OrganizationId, m.Id });
        table.HasPersonalData();
        table
            .HasOne<Conversation>()
            .WithMany()
            .HasForeignKey(m => new { m.OrganizationId, m.ConversationId })
            .OnDelete(DeleteBehavior.Cascade);
        table.Property(m => m.ExternalId).HasMaxLength(ChannelItem.IdMax);
        table.Property(m => m.Direction).HasConversion<string>().HasMaxLength(16);
        table.Property(m => m.AuthorKind).HasConversion<string>().HasMaxLength(16);
        table.Property(m => m.AuthorName).HasMaxLength(256);
        table.Property(m => m.Type).HasConversion<string>().HasMaxLength(16);
        table.Property(m => m.Text).HasMaxLength(ChannelItem.TextMax);
        table.Property(m => m.ReplyTo).HasMaxLength(ChannelItem.IdMax);
        table.Property(m => m.Status).HasConversion<string>().HasMaxLength(16);
        table.Property(m => m.ErrorText).HasMaxLength(200);
        table.Property(m => m.Reaction).HasMaxLength(100);
        table
            .HasIndex(m => new
            {
                m.OrganizationId,
                m.AccountId,
                m.ExternalId,
            })
            .IsUnique();
        table.HasIndex(m => new
        {
            m.OrganizationId,
            m.ConversationId,
            m.At,
            m.Id,
        });
        // A search tests conversations by these alone. PostgreSQL takes no long text into such an index.
        table
            .HasIndex(
                m => new
                {
                    m.OrganizationId,
                    m.ConversationId,
                    m.Search,
                },
                "ix_messages_texts"
            )
            .HasFilter(Message.IsShort);
        table.HasIndex(m => new { m.OrganizationId, m.ConversationId }, "ix_messages_long_texts").HasFilter(Message.IsLong);
    }
}

internal sealed class MessageFileTable : IEntityTypeConfiguration<MessageFile>
{
    public void Configure(EntityTypeBuilder<MessageFile> table)
    {
        table.ToTable("message_files").HasKey(f => new { f.OrganizationId, f.Id });
        table.HasPersonalData();
        table.HasOne<Message>().WithMany().HasForeignKey(f => new { f.OrganizationId, f.MessageId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(f => f.Kind).HasMaxLength(ChannelItem.IdMax);
        table.Property(f => f.MediaId).HasMaxLength(ChannelItem.IdMax);
        table.Property(f => f.FileName).HasMaxLength(Contact.NameMax);
        table.Property(f => f.ContentType).HasMaxLength(Contact.NameMax);
        table.Property(f => f.State).HasConversion<string>().HasMaxLength(16).HasDefaultValue(MediaState.Waiting);
        table.HasIndex(f => new
        {
            f.OrganizationId,
            f.MessageId,
            f.Place,
        });
    }
}

internal sealed class ConversationNoteTable : IEntityTypeConfiguration<ConversationNote>
{
    public void Configure(EntityTypeBuilder<ConversationNote> table)
    {
        table.ToTable("conversation_notes").HasKey(n => new { n.OrganizationId, n.Id });
        table.HasPersonalData();
        table
            .HasOne<Conversation>()
            .WithMany()
            .HasForeignKey(n => new { n.OrganizationId, n.ConversationId })
            .OnDelete(DeleteBehavior.Cascade);
        table.Property(n => n.Text).HasMaxLength(ConversationNote.TextMax);
        table.Property(n => n.AuthorName).HasMaxLength(256);
        table.HasIndex(n => new
        {
            n.OrganizationId,
            n.ConversationId,
            n.At,
            n.Id,
        });
    }
}

internal sealed class ForgottenMessageTable : IEntityTypeConfiguration<ForgottenMessage>
{
    public void Configure(EntityTypeBuilder<ForgottenMessage> table) =>
        table.ToTable("forgotten_messages").HasKey(m => new { m.OrganizationId, m.Hash });
}
