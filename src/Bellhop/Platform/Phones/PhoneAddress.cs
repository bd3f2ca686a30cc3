namespace Bellhop.Platform;

/// <summary>
/// Telephone addresses as RFC 3966 writes them, which address books and web pages export: <c>tel:+1-201-555-0123;ext=12</c>.
/// </summary>
internal static class PhoneAddress
{
    private const string Scheme = "tel:";
    private const string Context = "phone-context=";
    private const string Extension = "ext=";

    // A text longer than this is no telephone address, and is not taken apart.
    private const int MaxLength = 2000;

    /// <summary>
    /// The number as people write it: without scheme and parameters, the extension behind it. The context of a number that is dialled only
    /// there stays, because the number cannot be read without it. Any other text comes back unchanged.
    /// </summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return text;
        }

        var trimmed = text.Trim();
        var isAddress = trimmed.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
        var parts = (isAddress ? Uri.UnescapeDataString(trimmed[Scheme.Length..]) : trimmed).Split(';', StringSplitOptions.TrimEntries);
        var parameters = parts.Skip(1).ToList();
        if (!isAddress && (parameters.Count == 0 || !parameters.TrueForAll(IsParameter)))
        {
            return text;
        }

        var number = parts[0];
        if (Of(Extension) is { Length: > 0 } extension)
        {
            number += " ext. " + extension;
        }

        return Of(Context) is { } context && !number.StartsWith('+') ? $"{number};{Context}{context}" : number;

        string? Of(string name) => parameters.Find(p => p.StartsWith(name, StringComparison.OrdinalIgnoreCase))?[name.Length..];
    }

    /// <summary>Whether the number is one that is dialled only within a named context.</summary>
    public static bool HasContext(ReadOnlySpan<char> text) => text.Contains(";" + Context, StringComparison.OrdinalIgnoreCase);

    // A name and a value; a second number behind a semicolon has no name.
    private static bool IsParameter(string part) =>
        part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && part.AsSpan(0, at).IndexOfAnyExcept(NameLetters) < 0;

    private static readonly System.Buffers.SearchValues<char> NameLetters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
    );
}
