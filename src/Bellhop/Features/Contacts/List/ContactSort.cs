using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>
/// What the list may be sorted by. Equal keys follow by id in the same direction; guests without the key come last both ways.
/// </summary>
public enum ContactSort
{
    Created,
    Name,
    Source,
    Bookings,
    TotalSpent,
    CustomerSince,
    LastBooking,
    Rating,
}

public static class ContactSorts
{
    private static readonly string[] Names = [.. Enum.GetNames<ContactSort>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])];

    /// <summary>The names as addresses and the API write them, comma-separated.</summary>
    public static string All { get; } = string.Join(", ", Names);

    /// <summary>The name as addresses and the API write it: <c>totalSpent</c>, <c>-created</c>.</summary>
    public static string ToQuery(this ContactSort sort, bool descending) => (descending ? "-" : "") + Names[(int)sort];

    /// <summary>Reads a name, a minus in front for descending; null for anything else.</summary>
    public static (ContactSort Sort, bool Descending)? Read(string text)
    {
        var descending = text.StartsWith('-');
        var index = Array.IndexOf(Names, descending ? text[1..] : text);
        return index < 0 ? null : ((ContactSort)index, descending);
    }

    /// <summary>The same of a parameter: newest first where there is none, a fault where it is none of the names.</summary>
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
