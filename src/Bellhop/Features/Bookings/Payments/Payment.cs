using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Bookings.Payments;

public enum PaymentKind
{
    /// <summary>Money from the guest.</summary>
    Payment,

    /// <summary>Money back to the guest.</summary>
    Refund,
}

public enum PaymentMethod
{
    Cash,
    Card,
    Transfer,
    Online,
    Other,
}

/// <summary>
/// Money that staff took for a booking, or gave back. It is never changed: a wrong one is taken back, and the event stays.
/// <see cref="Booking.Paid"/> is the sum of those in the booking's currency.
/// </summary>
public sealed class Payment
{
    public const int NoteMax = 500;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid BookingId { get; init; }
    public PaymentKind Kind { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>, above 0 for both kinds.</summary>
    public long Amount { get; init; }
    public required string Currency { get; init; }
    public PaymentMethod Method { get; init; }

    /// <summary>The day of the payment where the property is, as staff say it.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Staff's words. Null once the guest was deleted.</summary>
    public string? Note { get; set; }
    public ActorKind AuthorKind { get; init; }
    public Guid AuthorId { get; init; }

    /// <summary>The author's name at that time.</summary>
    public required string AuthorName { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>What it adds to the paid sum: negative for a refund.</summary>
    public long Signed => Kind == PaymentKind.Payment ? Amount : -Amount;
}

internal sealed class PaymentTable : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> table)
    {
        table.ToTable("payments").HasKey(p => new { p.OrganizationId, p.Id });
        table.IsAudited("booking", p => p.BookingId).HasPersonalData();
        table.HasOne<Booking>().WithMany().HasForeignKey(p => new { p.OrganizationId, p.BookingId }).OnDelete(DeleteBehavior.Restrict);
        table.Ignore(p => p.Signed);
        table.Property(p => p.Kind).HasConversion<string>().HasMaxLength(16);
        table.Property(p => p.Currency).HasMaxLength(3);
        table.Property(p => p.Method).HasConversion<string>().HasMaxLength(16);
        table.Property(p => p.Note).HasMaxLength(Payment.NoteMax);
        table.Property(p => p.AuthorKind).HasConversion<string>().HasMaxLength(16);
        table.Property(p => p.AuthorName).HasMaxLength(256);
        table.HasIndex(p => new
        {
            p.OrganizationId,
            p.BookingId,
            p.Day,
            p.Id,
        });
    }
}
