using System.Data.Common;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Where a page of the list ended: the key and id of the last row, and whether that row has the sort's key.</summary>
internal sealed record ListPosition(ContactSql.NullsPart Part, string? Key, long Number, Guid Id)
{
    /// <summary>The place of the reader's current row.</summary>
    public static ListPosition Of(DbDataReader row, BellhopDb db, ContactSort sort, ContactSql.NullsPart part)
    {
        var id = db.ReadId(row, IdField.Id.At);
        var (text, number) = part == ContactSql.NullsPart.Empty ? (null, 0) : sort.Key.Value.Keep(row, db, sort.Column.At + sort.Key.Read);
        return new(part, text, number, id);
    }

    /// <summary>Adds the values that the next page's statement compares with.</summary>
    public void Add(DbCommand command, BellhopDb db, ContactSort sort)
    {
        command.With("id", db.Stored(Id));
        if (Part == ContactSql.NullsPart.Filled)
        {
            command.With("key", db.Stored(sort.Key.Value.Ask(Key, Number)));
        }
    }

    public string Write(Cursors cursors, string binding) => cursors.Write(binding, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="Refusal">400 for a cursor that was not made for this list.</exception>
    public static ListPosition Read(Cursors cursors, string binding, string cursor) =>
        cursors.Read(binding, cursor) is { } bytes
            ? JsonSerializer.Deserialize<ListPosition>(bytes)!
            : throw Refusal.Invalid("cursor", ErrorText.Of<PlatformTexts>("Error.Cursor"));
}
