using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Channels;

/// <summary>A verified event of a provider, kept as it came (card numbers masked) before it is answered. It is read afterwards.</summary>
public sealed class Hook
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid ConnectionId { get; init; }

    /// <summary>SHA-256 of the body: the same bytes again are the same event.</summary>
    public required byte[] Digest { get; init; }
    public required byte[] Body { get; set; }
    public DateTime ReceivedAt { get; init; }

    /// <summary>Null until it is read.</summary>
    public DateTime? ReadAt { get; set; }

    /// <summary>How many of its items are read: a long event is read in several saves.</summary>
    public int ItemsRead { get; set; }
}

/// <summary>Says which guests an event names. The event's bytes are deleted with each of them.</summary>
public sealed class HookContact
{
    public int OrganizationId { get; init; }
    public Guid HookId { get; init; }
    public Guid ContactId { get; init; }
}

/// <summary>Something in an event that could not be read. Staff see the reason and can have it read again.</summary>
public sealed class ParkedItem
{
    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = OrderedId.Next();
    public Guid ConnectionId { get; init; }

    /// <summary>A payload with this item alone.</summary>
    public required byte[] Body { get; init; }

    /// <summary>A name of ours, such as <c>unknown-account</c>.</summary>
    public required string Reason { get; set; }

    /// <summary>What it is, without anything of a guest, such as <c>whatsApp message</c>.</summary>
    public required string Summary { get; init; }
    public DateTime At { get; init; }
}

internal sealed class HookTable : IEntityTypeConfiguration<Hook>
{
    public void Configure(EntityTypeBuilder<Hook> table)
    {
        table.ToTable("hooks").HasKey(h => new { h.OrganizationId, h.Id });
        table.HasPersonalData();
        table
            .HasOne<Connection>()
            .WithMany()
            .HasForeignKey(h => new { h.OrganizationId, h.ConnectionId })
            .OnDelete(DeleteBehavior.Restrict);
        table
            .HasIndex(h => new
            {
                h.OrganizationId,
                h.ConnectionId,
                h.Digest,
            })
            .IsUnique();
        table
            .HasIndex(h => new
            {
                h.OrganizationId,
                h.ConnectionId,
                h.Id,
            })
            .HasFilter("read_at IS NULL")
            .HasDatabaseName("ix_hooks_unread");
        table.HasIndex(h => h.ReadAt).HasFilter("read_at IS NOT NULL");
    }
}

internal sealed class HookContactTable : IEntityTypeConfiguration<HookContact>
{
    public void Configure(EntityTypeBuilder<HookContact> table)
    {
        table
            .ToTable("hook_contacts")
            .HasKey(h => new
            {
                h.OrganizationId,
                h.ContactId,
                h.HookId,
            });
        table.WhenMerged(new(OnMerge.Moves, nameof(HookContact.ContactId)));
        table.HasOne<Hook>().WithMany().HasForeignKey(h => new { h.OrganizationId, h.HookId }).OnDelete(DeleteBehavior.Cascade);
        table.HasIndex(h => new { h.OrganizationId, h.HookId });
    }
}

internal sealed class ParkedItemTable : IEntityTypeConfiguration<ParkedItem>
{
    public void Configure(EntityTypeBuilder<ParkedItem> table)
    {
        table.ToTable("parked_items").HasKey(p => new { p.OrganizationId, p.Id });
        table.HasPersonalData();
        table
            .HasOne<Connection>()
            .WithMany()
            .HasForeignKey(p => new { p.OrganizationId, p.ConnectionId })
            .OnDelete(DeleteBehavior.Restrict);
        table.Property(p => p.Reason).HasMaxLength(40);
        table.Property(p => p.Summary).HasMaxLength(100);
        table.HasIndex(p => new
        {
            p.OrganizationId,
            p.ConnectionId,
            p.Id,
        });
    }
}

/// <summary>Deletes the bytes of events with the guests that they name.</summary>
internal sealed class HookFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(HookContact), typeof(Hook)];

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.RemoveRange(
            await db
                .Hooks.Where(h =>
                    h.OrganizationId == organizationId
                    && db.HookContacts.Any(c => c.OrganizationId == organizationId && c.ContactId == contactId && c.HookId == h.Id)
                )
                .ToListAsync(cancel)
        );
}
