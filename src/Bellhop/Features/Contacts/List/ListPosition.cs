using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>Where a page of the list ended: the key and id of the last row, and whether that row has the sort's key.</summary>
internal sealed record ListPosition(ContactSql.NullsPart Part, string? Key, long Number, Guid Id)
{
    /// <summary>The place of a guest.</summary>
    /// <param name="row">The row, at the sort's key; not read when the guest has none.</param>
    public static ListPosition Of(Guid id, SqlRow row, ContactSort sort, ContactSql.NullsPart part)
    {
        var (text, number) = part == ContactSql.NullsPart.Empty ? (null, 0) : sort.Key.Value.Keep(row);
        return new(part, text, number, id);
    }

    /// <summary>The sort's key, as the next page's statement compares it; null when the guest has none.</summary>
    public object? KeyOf(ContactSort sort) => Part == ContactSql.NullsPart.Filled ? sort.Key.Value.Ask(Key, Number) : null;

    public string Write(Cursors cursors, string binding) => cursors.Write(binding, JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="Refusal">400 for a cursor that was not made for this list.</exception>
    public static ListPosition Read(Cursors cursors, string binding, string cursor) =>
        cursors.Read(binding, cursor) is { } bytes
            ? JsonSerializer.Deserialize<ListPosition>(bytes)!
            : throw Refusal.Invalid("cursor", ErrorText.Of<PlatformTexts>("Error.Cursor"));
}
