using System.Data.Common;
using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Reads the rows of <see cref="ContactSql.Page"/>, column by column.</summary>
internal static class ContactReading
{
    public static ContactRow Row(DbDataReader row, BellhopDb db) => new(
        db.ReadId(row, 0),
        Text(row, 1),
        Text(row, 2),
        Text(row, 3),
        Enum.Parse<Source>(row.GetString(4)),
        row.IsDBNull(5) ? null : new PropertyName(db.ReadId(row, 5), row.GetString(6)),
        [],
        row.GetInt32(7),
        new Money(row.GetInt64(8), row.GetString(18)),
        db.ReadDay(row, 9),
        row.IsDBNull(10) ? null : new LastBooking(db.ReadId(row, 10), Text(row, 11), db.ReadDay(row, 12)),
        row.IsDBNull(13) ? null : row.GetInt16(13),
        !row.IsDBNull(14) && db.ReadInstant(row, 14) > db.Now,
        null,
        db.ReadInstant(row, 15),
        db.ReadInstant(row, 16))
    {
        TagIds = Ids(row.GetString(20)),
    };

    private static Guid[] Ids(string text) => text.Length == 0 ? [] : [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => Guid.ParseExact(id, "D"))];

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
