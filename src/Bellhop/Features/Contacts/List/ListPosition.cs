using System.Data.Common;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Where a page of the list ended: the last row's key and id, and whether it lies among the filled or the empty ones.</summary>
internal sealed record ListPosition(ContactSql.NullsPart Part, string? Key, long Number, Guid Id)
{
    /// <summary>The place of the row the reader stands on.</summary>
    public static ListPosition Of(DbDataReader row, BellhopDb db, ContactSort sort, ContactSql.NullsPart part)
    {
        var id = db.ReadId(row, 0);
        if (part == ContactSql.NullsPart.Empty)
        {
            return new(part, null, 0, id);
        }

        return sort switch
        {
            ContactSort.Name => new(part, row.GetString(17), 0, id),
            ContactSort.Source => new(part, row.GetString(4), 0, id),
            ContactSort.Bookings => new(part, null, row.GetInt32(7), id),
            ContactSort.TotalSpent => new(part, null, row.GetInt64(8), id),
            ContactSort.CustomerSince => new(part, null, db.ReadDay(row, 9).DayNumber, id),
            ContactSort.LastBooking => new(part, null, db.ReadDay(row, 12).DayNumber, id),
            ContactSort.Rating => new(part, null, row.GetInt16(13), id),
            _ => new(part, null, db.ReadInstant(row, 15).Ticks, id),
        };
    }

    /// <summary>Adds the values the seek compares with.</summary>
    public void Add(DbCommand command, BellhopDb db, ContactSort sort)
    {
        command.With("id", db.Stored(Id));
        if (Part == ContactSql.NullsPart.Empty)
        {
            return;
        }

        command.With(
            "key",
            db.Stored(
                sort switch
                {
                    ContactSort.Name or ContactSort.Source => Key,
                    ContactSort.CustomerSince or ContactSort.LastBooking => DateOnly.FromDayNumber((int)Number),
                    ContactSort.Created => new DateTime(Number, DateTimeKind.Utc),
                    ContactSort.Rating => (short)Number,
                    ContactSort.Bookings => (int)Number,
                    _ => Number,
                }
            )
        );
    }

    public string Write(Cursors cursors, string binding) => cursors.Write(binding, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="Refusal">400 for a cursor that was not given out for this list.</exception>
    public static ListPosition Read(Cursors cursors, string binding, string cursor) =>
        cursors.Read(binding, cursor) is { } bytes
            ? JsonSerializer.Deserialize<ListPosition>(bytes)!
            : throw Refusal.Invalid("cursor", ErrorText.Of<PlatformTexts>("ErrorText.Cursor"));
}
