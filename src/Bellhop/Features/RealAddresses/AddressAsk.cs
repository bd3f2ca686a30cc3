using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.RealAddresses;

/// <summary>How a guest is asked for the real address.</summary>
public enum AskWay
{
    /// <summary>By WhatsApp. The number proves who writes; the address is proven by a code that is mailed to it.</summary>
    WhatsApp,

    /// <summary>By a printed code. It leads to a page for this booking, and works once.</summary>
    Code,
}

/// <summary>A guest was asked for the real address, for one booking. The row says nothing of the guest.</summary>
public sealed class AddressAsk
{
    /// <summary>So many wrong codes end a mailed code.</summary>
    internal const int MostTries = 5;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid BookingId { get; init; }
    public AskWay Way { get; init; }

    /// <summary>SHA-256 of the printed code, or of the code that was mailed; null while none is.</summary>
    public byte[]? CodeHash { get; set; }

    /// <summary>The address that the guest wrote by WhatsApp, as a claimed <see cref="Identity"/>; null until then.</summary>
    public Guid? IdentityId { get; set; }

    /// <summary>How many wrong codes came back since the last mail.</summary>
    public int Tries { get; set; }
    public DateTime CreatedAt { get; init; }

    /// <summary>The end of the day of check-out, UTC.</summary>
    public DateTime ExpiresAt { get; init; }

    /// <summary>When the address was given, in whatever way, UTC.</summary>
    public DateTime? UsedAt { get; set; }

    internal bool IsOpen(DateTime now) => UsedAt is null && now < ExpiresAt;
}

internal sealed class AddressAskTable : IEntityTypeConfiguration<AddressAsk>
{
    public void Configure(EntityTypeBuilder<AddressAsk> table)
    {
        table.ToTable("address_asks").HasKey(a => new { a.OrganizationId, a.Id });
        table.HasOne<Booking>().WithMany().HasForeignKey(a => new { a.OrganizationId, a.BookingId }).OnDelete(DeleteBehavior.Cascade);
        table.Property(a => a.Way).HasConversion<string>().HasMaxLength(16);
        table.HasIndex(a => new
        {
            a.OrganizationId,
            a.BookingId,
            a.Way,
        });
        table
            .HasIndex(a => new { a.OrganizationId, a.CodeHash })
            .HasFilter("way = 'Code' AND used_at IS NULL")
            .HasDatabaseName("ix_address_asks_code");
    }
}
