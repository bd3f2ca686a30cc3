using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Bellhop.Features.Bookings;

public enum BookingStatus
{
    Pending,
    Hold,
    Confirmed,
    InHouse,
    Completed,
    Cancelled,
    NoShow,
}

/// <summary>A reservation at a property. When its contact is deleted, the booking stays for reports, without the person's data.</summary>
public sealed class Booking
{
    /// <summary>
    /// The longest guest phone. It leaves room for free text, because no booking from a channel is refused for its phone.
    /// </summary>
    public const int PhoneMax = 250;

    public const int RoomTypeMax = 200;

    public int OrganizationId { get; init; }
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PropertyId { get; init; }
    public Guid? ContactId { get; set; }
    public Source Source { get; init; }

    /// <summary>The outside system's key. It is unique together with property and source.</summary>
    public string? ExternalId { get; init; }
    public string? Reference { get; set; }
    public BookingStatus Status { get; set; }
    public DateOnly Arrival { get; set; }
    public DateOnly Departure { get; set; }

    /// <summary>Total in minor units of <see cref="Currency"/>. Zero and negative totals are allowed.</summary>
    public long Total { get; set; }
    public required string Currency { get; set; }

    /// <summary>Payments less refunds, in minor units of <see cref="Currency"/>. Payments in another currency are left out.</summary>
    public long Paid { get; set; }

    /// <summary>The total in the organisation's currency, at the rate of the day of booking. Null while no rate is known.</summary>
    public long? Converted { get; set; }
    public string? ConvertedCurrency { get; set; }
    public string? GuestName { get; set; }

    /// <summary>E.164. Where <see cref="PhoneUnusable"/> is true, the text as it was received.</summary>
    public string? GuestPhone { get; set; }
    public bool PhoneUnusable { get; set; }
    public string? GuestEmail { get; set; }

    /// <summary>
    /// The guest's fields that were typed into the public form and are not confirmed yet: names of <see cref="ClaimedField"/>, separated by
    /// commas. Null for none.
    /// </summary>
    public string? Claimed { get; set; }

    /// <summary>
    /// Problems with the stored guest fields and notes, one a line, as the API lists them. Null for none. They name fields, never values.
    /// </summary>
    public string? Warnings { get; set; }

    /// <summary>The outside system cancelled the booking. An update without a revision does not undo that.</summary>
    public bool CancelledOutside { get; set; }

    /// <summary>The guest was deleted. Later updates do not write the guest's data again.</summary>
    public bool GuestDeleted { get; set; }

    /// <summary>The guest has used the review link of this booking. The link works only once.</summary>
    public bool RatedByLink { get; set; }
    public string? RoomType { get; set; }
    public int? Adults { get; set; }
    public int? Children { get; set; }
    public string? Notes { get; set; }
    public DateTime BookedAt { get; set; }

    /// <summary>The outside system's revision: a number, or a time as Unix milliseconds.</summary>
    public long? Revision { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; set; }

    /// <summary>
    /// What the search finds the booking by, beside its guest's text; see <see cref="BookingText"/>. Null for most bookings.
    /// </summary>
    public string? Search { get; set; }

    public int Nights => Departure.DayNumber - Arrival.DayNumber;

    /// <summary>Whether the booking counts in a guest's figures.</summary>
    public bool IsCounted => Counts(Status);

    public static bool Counts(BookingStatus status) =>
        status is BookingStatus.Confirmed or BookingStatus.InHouse or BookingStatus.Completed;
}

/// <summary>The guest's fields on the public booking form. The booking keeps them, but nobody has proven that they are true.</summary>
public static class ClaimedField
{
    public const string Name = "name",
        Phone = "phone",
        Email = "email";

    /// <summary>All field names, as the API and <see cref="Booking.Claimed"/> write them.</summary>
    public static IReadOnlyList<string> All { get; } = [Name, Phone, Email];

    /// <summary>Reads <see cref="Booking.Claimed"/>; empty for null.</summary>
    internal static IReadOnlyList<string> Read(string? stored) => stored is null ? [] : stored.Split(',');

    /// <summary>The stored form of the fields; null for none.</summary>
    internal static string? Write(IEnumerable<string> fields) => string.Join(',', fields) is { Length: > 0 } stored ? stored : null;
}

public static class BookingRights
{
    /// <summary>The bookings of the actor's organisation; where the actor is limited, only those at the actor's properties.</summary>
    public static IQueryable<Booking> VisibleTo(this IQueryable<Booking> bookings, Actor who)
    {
        var mine = bookings.Where(b => b.OrganizationId == who.OrganizationId);
        return who.Properties is { } limited ? mine.Where(b => limited.Contains(b.PropertyId)) : mine;
    }
}

internal sealed class BookingTable : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> table)
    {
        table.ToTable("bookings").HasKey(b => new { b.OrganizationId, b.Id });
        table.IsAudited(
            "booking",
            b => b.Id,
            nameof(Booking.Paid), // the event of the payment tells of it
            nameof(Booking.Converted),
            nameof(Booking.ConvertedCurrency),
            nameof(Booking.PhoneUnusable),
            nameof(Booking.Warnings),
            nameof(Booking.CancelledOutside),
            nameof(Booking.Revision),
            nameof(Booking.RatedByLink), // the review's event tells of it
            nameof(Booking.UpdatedAt),
            nameof(Booking.Search)
        );
        table.HasOne<Property>().WithMany().HasForeignKey(b => new { b.OrganizationId, b.PropertyId }).OnDelete(DeleteBehavior.Restrict);
        table.WhenMerged(
            new(OnMerge.Moves, nameof(Booking.ContactId))
            {
                Asked = "booking",
                CameBy = [nameof(Booking.GuestPhone), nameof(Booking.GuestEmail)],
            }
        );
        table.HasOne<Contact>().WithMany().HasForeignKey(b => new { b.OrganizationId, b.ContactId }).OnDelete(DeleteBehavior.Restrict);
        table.Ignore(b => b.Nights).Ignore(b => b.IsCounted);
        table.Property(b => b.Source).HasConversion<string>().HasMaxLength(16);
        table.Property(b => b.Status).HasConversion<string>().HasMaxLength(16);
        table.Property(b => b.ExternalId).HasMaxLength(128);
        table.Property(b => b.Reference).HasMaxLength(128);
        table.Property(b => b.Currency).HasMaxLength(3);
        table.Property(b => b.ConvertedCurrency).HasMaxLength(3);
        table.Property(b => b.GuestName).HasMaxLength(Contact.NameMax);
        table.Property(b => b.GuestPhone).HasMaxLength(Booking.PhoneMax);
        table.Property(b => b.GuestEmail).HasMaxLength(Contact.EmailMax);
        table.Property(b => b.Claimed).HasMaxLength(32);
        table.Property(b => b.Warnings).HasMaxLength(2000);
        table.Property(b => b.RoomType).HasMaxLength(Booking.RoomTypeMax);
        table.Property(b => b.Notes).HasMaxLength(4000);
        table.HasIndex(b => new
        {
            b.OrganizationId,
            b.ContactId,
            b.Arrival,
            b.Id,
        });
        table.HasIndex(b => new
        {
            b.OrganizationId,
            b.PropertyId,
            b.Departure,
        });
        // The list's order: by property, by status, by source and status. None is over all properties: the list merges these. The
        // migrations add a unique index on external ids, which searches use too, and indexes on references and on the search texts.
        table.HasIndex(b => new
        {
            b.OrganizationId,
            b.PropertyId,
            b.Arrival,
            b.Id,
        });
        table.HasIndex(b => new
        {
            b.OrganizationId,
            b.PropertyId,
            b.Status,
            b.Arrival,
            b.Id,
        });
        table
            .HasIndex(b => new
            {
                b.OrganizationId,
                b.PropertyId,
                b.Source,
                b.Status,
                b.Arrival,
                b.Id,
            })
            .HasDatabaseName("ix_bookings_property_source");
        table.HasIndex(b => new { b.OrganizationId, b.PropertyId }).HasFilter("status = 'InHouse'").HasDatabaseName("ix_bookings_in_house");
    }
}
