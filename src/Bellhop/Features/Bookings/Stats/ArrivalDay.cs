using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The sums of the counted bookings with the same arrival day, property, source and currency. Reports read these rows, so they stay fast
/// with many bookings. The save that changes a booking updates them; <c>doctor</c> checks them. When its bookings are gone, a row stays
/// with zeros.
/// </summary>
public sealed class ArrivalDay
{
    public int OrganizationId { get; init; }
    public Guid PropertyId { get; init; }
    public DateOnly Arrival { get; init; }
    public Source Source { get; init; }

    /// <summary>ISO 4217: the currency of the bookings.</summary>
    public required string Currency { get; init; }

    /// <summary>
    /// The currency of <see cref="Converted"/>; empty while no rate is known. After the organisation changes its currency, this may be the
    /// former one until the background job has converted the bookings.
    /// </summary>
    public required string ConvertedCurrency { get; init; }
    public long Bookings { get; set; }
    public long Nights { get; set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long Total { get; set; }

    /// <summary>Minor units of <see cref="ConvertedCurrency"/>.</summary>
    public long Converted { get; set; }

    /// <summary>How many of the bookings have a contact.</summary>
    public long GuestBookings { get; set; }
    public long GuestConverted { get; set; }

    /// <summary>What one booking adds to its row; null when it does not count. Writers, <c>doctor</c> and tests share this rule.</summary>
    public static (SaveContext.ArrivalKey Key, SaveContext.ArrivalSum Sum)? Of(Booking booking)
    {
        if (!booking.IsCounted)
        {
            return null;
        }

        var (converted, known) = (booking.Converted ?? 0, booking.ContactId is null ? 0 : 1);
        return (
            new(
                booking.OrganizationId,
                booking.PropertyId,
                booking.Arrival,
                booking.Source.ToString(),
                booking.Currency,
                booking.ConvertedCurrency ?? ""
            ),
            new(1, booking.Nights, booking.Total, converted, known, known * converted)
        );
    }
}

internal sealed class ArrivalDayTable : IEntityTypeConfiguration<ArrivalDay>
{
    public void Configure(EntityTypeBuilder<ArrivalDay> table)
    {
        table
            .ToTable("arrival_days")
            .HasKey(d => new
            {
                d.OrganizationId,
                d.PropertyId,
                d.Arrival,
                d.Source,
                d.Currency,
                d.ConvertedCurrency,
            });
        table.Property(d => d.Source).HasConversion<string>().HasMaxLength(16);
        table.Property(d => d.Currency).HasMaxLength(3);
        table.Property(d => d.ConvertedCurrency).HasMaxLength(3);
    }
}
