using Bellhop.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Channels;

/// <summary>How an account sends: which process sends for it now, how fast the provider lets it, and whether it is held back.</summary>
public sealed class AccountOutbox
{
    public int OrganizationId { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>The process that sends for the account.</summary>
    public string? LeasedBy { get; set; }

    /// <summary>Until then no other process sends for the account, UTC.</summary>
    public DateTime LeasedUntil { get; set; }

    /// <summary>Nothing is sent before this instant, UTC; null if nothing holds the account back.</summary>
    public DateTime? HoldUntil { get; set; }

    /// <summary>The provider's code for why the account is held back; null for a mere pause between messages.</summary>
    public int? HoldCode { get; set; }

    /// <summary>How often in a row the provider asked to go slower.</summary>
    public int Slowed { get; set; }

    /// <summary>When a message was last taken to be sent, UTC.</summary>
    public DateTime? LastAt { get; set; }

    /// <summary>Lets a connection's accounts send again at once, after somebody has mended what held them back. Runs in a save.</summary>
    internal static Task Release(Connection connection, BellhopDb db, CancellationToken cancel) =>
        db
            .AccountOutboxes.Where(o => o.OrganizationId == connection.OrganizationId && o.HoldUntil != null)
            .Where(o =>
                db.ChannelAccounts.Any(a => a.OrganizationId == o.OrganizationId && a.Id == o.AccountId && a.ConnectionId == connection.Id)
            )
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.HoldUntil, (DateTime?)null).SetProperty(o => o.HoldCode, (int?)null), cancel);
}

internal sealed class AccountOutboxTable : IEntityTypeConfiguration<AccountOutbox>
{
    public void Configure(EntityTypeBuilder<AccountOutbox> table)
    {
        table.ToTable("account_outboxes").HasKey(o => new { o.OrganizationId, o.AccountId });
        table
            .HasOne<ChannelAccount>()
            .WithMany()
            .HasForeignKey(o => new { o.OrganizationId, o.AccountId })
            .OnDelete(DeleteBehavior.Cascade);
        table.Property(o => o.LeasedBy).HasMaxLength(64);
    }
}
