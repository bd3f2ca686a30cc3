using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The counted bookings that arrive on one day at one property from one source, in one currency, summed: reports read these, however many
/// bookings there are.
/// Kept in the save that changes a booking; <c>doctor</c> counts them again. A row whose bookings are gone stays, with zeros.
/// </summary>
public sealed class ArrivalDay
{
    public int OrganizationId { get; init; }
    public Guid PropertyId { get; init; }
    public DateOnly Arrival { get; init; }
    public Source Source { get; init; }

    /// <summary>ISO 4217, what the totals were booked in.</summary>
    public required string Currency { get; init; }

    /// <summary>
    /// What they are converted to; empty while there is no rate. It may be a former currency of the organisation's, until the work that
    /// follows its change has come by.
    /// </summary>
    public required string ConvertedCurrency { get; init; }
    public long Bookings { get; set; }
    public long Nights { get; set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long Total { get; set; }

    /// <summary>Minor units of <see cref="ConvertedCurrency"/>.</summary>
    public long Converted { get; set; }

    /// <summary>Those of them that have a contact.</summary>
    public long GuestBookings { get; set; }
    public long GuestConverted { get; set; }

    /// <summary>What one booking adds, where it counts: the rule that writers, <c>doctor</c> and tests share.</summary>
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
