using System.Data.Common;
using System.Globalization;
using System.Text;
using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Bookings;

/// <summary>Reads the rows of <see cref="BookingSql.Page"/>, column by column.</summary>
internal static class BookingReading
{
    public static BookingRow Row(DbDataReader row, int organizationId, BellhopDb db) =>
        BookingRow.Of(
            new()
            {
                OrganizationId = organizationId,
                Id = db.ReadId(row, 0),
                PropertyId = db.ReadId(row, 1),
                ContactId = row.IsDBNull(2) ? null : db.ReadId(row, 2),
                Source = row.ReadName<Source>(3),
                ExternalId = row.ReadText(4),
                Reference = row.ReadText(5),
                Status = row.ReadName<BookingStatus>(6),
                Arrival = db.ReadDay(row, 7),
                Departure = db.ReadDay(row, 8),
                Total = row.GetInt64(9),
                Currency = row.GetString(10),
                Converted = row.IsDBNull(11) ? null : row.GetInt64(11),
                ConvertedCurrency = row.ReadText(12),
                GuestName = row.ReadText(13),
                GuestPhone = row.ReadText(14),
                PhoneUnusable = row.GetBoolean(15),
                GuestEmail = row.ReadText(16),
                RoomType = row.ReadText(17),
                Adults = Number(row, 18),
                Children = Number(row, 19),
                Notes = row.ReadText(20),
                BookedAt = db.ReadInstant(row, 21),
                CreatedAt = db.ReadInstant(row, 22),
                UpdatedAt = db.ReadInstant(row, 23),
                Claimed = row.ReadText(24),
            },
            row.GetString(25)
        );

    private static int? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
