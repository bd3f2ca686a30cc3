using System.Data.Common;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Reads the rows of <see cref="ContactSql.Page"/>, column by column.</summary>
internal static class ContactReading
{
    /// <param name="row">The row the reader stands on.</param>
    /// <param name="db">Whose forms ids and instants have.</param>
    /// <param name="now">The instant the page is read.</param>
    /// <param name="before">The row before: what is mostly the same is not made again.</param>
    public static ContactRow Row(DbDataReader row, BellhopDb db, DateTime now, ContactRow? before) =>
        new(
            db.ReadId(row, 0),
            row.ReadText(1),
            row.ReadText(2),
            row.ReadText(3),
            row.ReadName<Source>(4),
            Property(row, db, before?.Property),
            [],
            row.GetInt32(7),
            new Money(row.GetInt64(8), before?.TotalSpent.Currency ?? row.GetString(18)),
            db.ReadDay(row, 9),
            row.IsDBNull(10) ? null : new LastBooking(db.ReadId(row, 10), row.ReadText(11), db.ReadDay(row, 12)),
            row.IsDBNull(13) ? null : row.GetInt16(13),
            !row.IsDBNull(14) && db.ReadInstant(row, 14) > now,
            null,
            db.ReadInstant(row, 15),
            db.ReadInstant(row, 16)
        )
        {
            TagIds = GuidText.Read(row.GetString(20)),
        };

    private static PropertyName? Property(DbDataReader row, BellhopDb db, PropertyName? before)
    {
        if (row.IsDBNull(5))
        {
            return null;
        }

        var id = db.ReadId(row, 5);
        return before?.Id == id ? before : new(id, row.GetString(6));
    }
}
