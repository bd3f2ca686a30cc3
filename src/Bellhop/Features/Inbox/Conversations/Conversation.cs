using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Inbox;

public enum ConversationState
{
    Open,
    Snoozed,
    Closed,
}

/// <summary>Who answers a conversation.</summary>
public enum Handler
{
    Staff,
    Agent,
}

/// <summary>The thread with one guest on one account. It belongs to the account's property.</summary>
public sealed class Conversation
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid AccountId { get; init; }
    public AccountKind Channel { get; init; }

    /// <summary>The property of the account.</summary>
    public Guid PropertyId { get; set; }

    /// <summary>The guest's id at the account: the business-scoped id where there is one, else the number.</summary>
    public required string GuestId { get; set; }

    /// <summary>The guest's WhatsApp number, where it is known.</summary>
    public string? GuestNumber { get; set; }

    /// <summary>Null for a visitor who is no contact yet.</summary>
    public Guid? ContactId { get; set; }

    /// <summary>What a visitor is called who is no contact.</summary>
    public string? Visitor { get; set; }
    public ConversationState State { get; set; }
    public DateTime? SnoozedUntil { get; set; }

    /// <summary>The guest's first message that nobody has answered. Null when nobody waits.</summary>
    public DateTime? WaitingSince { get; set; }

    /// <summary>1 when nobody waits: lists by waiting put these last.</summary>
    public short WaitingEmpty { get; set; } = 1;

    /// <summary>Messages of the guest up to here are answered, or need no answer.</summary>
    public DateTime? AnsweredUntil { get; set; }
    public Guid? AssigneeId { get; set; }
    public Handler HandledBy { get; set; }
    public bool Blocked { get; set; }

    /// <summary>The guest blocks us, so that nothing reaches them.</summary>
    public bool Unreachable { get; set; }
    public Guid? LastId { get; set; }
    public DateTime LastAt { get; set; }

    /// <summary>The guest's last act, from which the window is counted.</summary>
    public DateTime? LastGuestAt { get; set; }

    /// <summary>The last message that an advertisement brought.</summary>
    public DateTime? LastAdAt { get; set; }

    /// <summary>Grows with every change.</summary>
    public int Version { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>Notes a new message of any side. It takes messages in any order.</summary>
    internal void Last(Message message)
    {
        if (LastId is null || (message.At, message.Id).CompareTo((LastAt, LastId.Value)) > 0)
        {
            (LastId, LastAt) = (message.Id, message.At);
        }
    }

    /// <summary>A guest wrote: the conversation waits, wakes and opens again, unless the message is answered already.</summary>
    internal void GuestWrote(DateTime at)
    {
        LastGuestAt = LastGuestAt > at ? LastGuestAt : at;
        if (Blocked || AnsweredUntil >= at)
        {
            return;
        }

        Wait(WaitingSince < at ? WaitingSince : at);
        if (State != ConversationState.Open)
        {
            (State, SnoozedUntil) = (ConversationState.Open, null);
        }
    }

    internal void Wait(DateTime? since) => (WaitingSince, WaitingEmpty) = (since, (short)(since is null ? 1 : 0));

    internal void Touched(DateTime now)
    {
        UpdatedAt = now.After(UpdatedAt);
        Version++;
    }
}

/// <summary>How far one person has read a conversation. It is each person's own.</summary>
public sealed class ConversationSeen
{
    /// <summary>In the person's place: what is so old was seen by whoever has read it where it was written.</summary>
    internal static readonly Guid Everybody = Guid.Empty;

    public int OrganizationId { get; init; }
    public Guid ConversationId { get; init; }

    /// <summary>The user or key, or <see cref="Everybody"/>.</summary>
    public Guid PersonId { get; init; }
    public DateTime SeenAt { get; set; }
}

public static class ConversationRights
{
    /// <summary>The conversations of the accounts whose property the actor sees.</summary>
    public static IQueryable<Conversation> VisibleTo(this IQueryable<Conversation> conversations, Actor who)
    {
        var mine = conversations.Where(c => c.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited ? mine.Where(c => limited.Contains(c.PropertyId)) : mine;
    }
}

internal sealed class ConversationTable : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> table)
    {
        table.ToTable("conversations").HasKey(c => new { c.OrganizationId, c.Id });
        table.HasPersonalData();
        table
            .HasOne<ChannelAccount>()
            .WithMany()
            .HasForeignKey(c => new { c.OrganizationId, c.AccountId })
            .OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Property>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.WhenMerged(
            new(OnMerge.Moves, nameof(Conversation.ContactId))
            {
                Asked = "conversation",
                CameBy = [nameof(Conversation.GuestId), nameof(Conversation.GuestNumber)],
            }
        );
        table.HasOne<Contact>().WithMany().HasForeignKey(c => new { c.OrganizationId, c.ContactId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(c => c.Channel).HasConversion<string>().HasMaxLength(16);
        table.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
        table.Property(c => c.HandledBy).HasConversion<string>().HasMaxLength(16);
        table.Property(c => c.GuestId).HasMaxLength(ChannelItem.IdMax);
        table.Property(c => c.GuestNumber).HasMaxLength(64);
        table.Property(c => c.Visitor).HasMaxLength(Contact.NameMax);
        table
            .HasIndex(c => new
            {
                c.OrganizationId,
                c.AccountId,
                c.GuestId,
            })
            .IsUnique();
        table
            .HasIndex(c => new
            {
                c.OrganizationId,
                c.AccountId,
                c.GuestNumber,
            })
            .HasFilter("guest_number IS NOT NULL");
        table.HasIndex(c => new
        {
            c.OrganizationId,
            c.WaitingEmpty,
            c.WaitingSince,
            c.Id,
        });
        table.HasIndex(c => new
        {
            c.OrganizationId,
            c.LastAt,
            c.Id,
        });
        table.HasIndex(c => new
        {
            c.OrganizationId,
            c.ContactId,
            c.LastAt,
            c.Id,
        });
        // Most conversations are closed; these hold the others.
        const string open = "state <> 'Closed'";
        table
            .HasIndex(
                c => new
                {
                    c.OrganizationId,
                    c.LastAt,
                    c.Id,
                },
                "ix_conversations_open"
            )
            .HasFilter(open);
        table
            .HasIndex(
                c => new
                {
                    c.OrganizationId,
                    c.AssigneeId,
                    c.LastAt,
                    c.Id,
                },
                "ix_conversations_open_assignee"
            )
            .HasFilter(open);
    }
}

internal sealed class ConversationSeenTable : IEntityTypeConfiguration<ConversationSeen>
{
    public void Configure(EntityTypeBuilder<ConversationSeen> table)
    {
        table
            .ToTable("conversation_seen")
            .HasKey(s => new
            {
                s.OrganizationId,
                s.ConversationId,
                s.PersonId,
            });
        table
            .HasOne<Conversation>()
            .WithMany()
            .HasForeignKey(s => new { s.OrganizationId, s.ConversationId })
            .OnDelete(DeleteBehavior.Cascade);
    }
}
