using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

/// <summary>Where one try to send a message stands.</summary>
public enum AttemptState
{
    /// <summary>Waits for its time. Nothing of it has left us.</summary>
    Queued,

    /// <summary>A process has taken it and is calling the provider.</summary>
    Sending,

    /// <summary>The provider has it.</summary>
    Sent,

    /// <summary>The provider has refused it, so the guest never gets it.</summary>
    Failed,

    /// <summary>It may have reached the provider, or not. Nothing of it is ever sent again by itself.</summary>
    Unknown,
}

/// <summary>
/// One try to send a message. It is written with the message, taken (and committed) before the provider is called, and settled afterwards.
/// Its id goes to the provider and comes back with what the provider tells of the message.
/// </summary>
public sealed class MessageAttempt
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid MessageId { get; init; }
    public Guid ConversationId { get; init; }
    public Guid AccountId { get; init; }
    public AttemptState State { get; set; }

    /// <summary>Not taken before this instant, UTC.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>The process that took it.</summary>
    public string? ClaimedBy { get; set; }
    public DateTime? ClaimedAt { get; set; }

    /// <summary>How often the provider put it off.</summary>
    public int Delays { get; set; }

    /// <summary>The provider's code of the last refusal. A refusal that names another way to send is followed by it.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>Until when the guest's messages were answered before this one, and since when the guest waited: it may fail.</summary>
    public DateTime? AnsweredBefore { get; init; }
    public DateTime? WaitedSince { get; init; }

    /// <summary>Messages of a conversation are sent in this order.</summary>
    public DateTime CreatedAt { get; init; }
    public DateTime? EndedAt { get; set; }

    internal void End(AttemptState state, DateTime now) => (State, EndedAt) = (state, now);
}

internal sealed class MessageAttemptTable : IEntityTypeConfiguration<MessageAttempt>
{
    private const string Pending = "state IN ('Queued', 'Sending')";

    public void Configure(EntityTypeBuilder<MessageAttempt> table)
    {
        table.ToTable("message_attempts").HasKey(a => new { a.OrganizationId, a.Id });
        table.HasOne<Message>().WithMany().HasForeignKey(a => new { a.OrganizationId, a.MessageId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(a => a.State).HasConversion<string>().HasMaxLength(16);
        table.Property(a => a.ClaimedBy).HasMaxLength(64);
        table
            .HasIndex(a => new
            {
                a.OrganizationId,
                a.AccountId,
                a.DueAt,
            })
            .HasFilter(Pending)
            .HasDatabaseName("ix_message_attempts_due");
        table
            .HasIndex(a => new
            {
                a.OrganizationId,
                a.ConversationId,
                a.CreatedAt,
            })
            .HasFilter(Pending)
            .HasDatabaseName("ix_message_attempts_pending");
        table.HasIndex(a => new { a.OrganizationId, a.MessageId });
    }
}
