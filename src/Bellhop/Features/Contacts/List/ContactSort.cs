using System.Diagnostics;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A sort order of the list, by a column of the row. Equal keys are sorted by id in the same direction; guests without the key come last in
/// both directions. The default is the time of the first touch.
/// </summary>
[DebuggerDisplay("{Key.Name}")]
public readonly record struct ContactSort
{
    private readonly byte _at;

    private ContactSort(int at) => _at = (byte)at;

    /// <summary>By the time of the first touch.</summary>
    public static ContactSort Created => default;

    /// <summary>All sort orders.</summary>
    public static IReadOnlyList<ContactSort> All { get; } = [.. Sorts.Columns.Select((_, i) => new ContactSort(i))];

    internal Column Column => Sorts.Columns[_at];

    internal SortKey Key => Column.Sort!;

    /// <summary>The order by this column.</summary>
    /// <exception cref="ArgumentException">No list is sorted by it.</exception>
    internal static ContactSort Of(Column column) =>
        Array.IndexOf(Sorts.Columns, column) is >= 0 and var at
            ? new(at)
            : throw new ArgumentException($"No list is sorted by {column.Name}.", nameof(column));

    /// <inheritdoc/>
    public override string ToString() => Key.Name;

    private static class Sorts
    {
        public static readonly Column[] Columns =
        [
            CreatedField.Column,
            .. ContactRow.Columns.Where(c => c.Sort is not null && c != CreatedField.Column),
        ];
    }
}

public static class ContactSorts
{
    /// <summary>The names as addresses and the API write them, comma-separated.</summary>
    public static string All { get; } = string.Join(", ", ContactSort.All);

    /// <summary>The name as addresses and the API write it: <c>totalSpent</c>, <c>-created</c>.</summary>
    public static string ToQuery(this ContactSort sort, bool descending) => (descending ? "-" : "") + sort;

    /// <summary>Reads a name, a minus in front for descending; null for anything else.</summary>
    public static (ContactSort Sort, bool Descending)? Read(string text)
    {
        var descending = text.StartsWith('-');
        foreach (var sort in ContactSort.All)
        {
            if (text.AsSpan(descending ? 1 : 0).SequenceEqual(sort.Key.Name))
            {
                return (sort, descending);
            }
        }

        return null;
    }

    /// <summary>Reads a parameter: newest first when it is missing, an error when it is no known name.</summary>
    internal static (ContactSort Sort, bool Descending) Read(string? text, ValidationErrors errors)
    {
        if (text is not null && Read(text) is { } known)
        {
            return known;
        }

        if (text is not null)
        {
            errors.Add("sort", "OneOf", All);
        }

        return (ContactSort.Created, true);
    }
}
