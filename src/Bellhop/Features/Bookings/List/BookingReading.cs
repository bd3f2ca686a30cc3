using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>Reads the rows of <see cref="BookingSql.Columns"/>.</summary>
internal static class BookingReading
{
    public static BookingRow Row(SqlRow row, int organizationId)
    {
        var booking = new Booking
        {
            OrganizationId = organizationId,
            Id = row.Id(),
            PropertyId = row.Id(),
            ContactId = row.IdOrNull(),
            Source = row.Name<Source>(),
            ExternalId = row.TextOrNull(),
            Reference = row.TextOrNull(),
            Status = row.Name<BookingStatus>(),
            Arrival = row.Day(),
            Departure = row.Day(),
            Total = row.Long(),
            Paid = row.Long(),
            Currency = row.Text(),
            Converted = row.LongOrNull(),
            ConvertedCurrency = row.TextOrNull(),
            GuestName = row.TextOrNull(),
            GuestPhone = row.TextOrNull(),
            PhoneUnusable = row.Flag(),
            GuestEmail = row.TextOrNull(),
            RoomType = row.TextOrNull(),
            Adults = row.NumberOrNull(),
            Children = row.NumberOrNull(),
            Notes = row.TextOrNull(),
            BookedAt = row.Instant(),
            CreatedAt = row.Instant(),
            UpdatedAt = row.Instant(),
            Claimed = row.TextOrNull(),
            Warnings = row.TextOrNull(),
        };
        return BookingRow.Of(booking, row.Text());
    }
}
