using System.Globalization;
using System.Text.Json;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads a provider's JSON leniently: what is absent, or of another type than expected, is null, so that a new or odd member never loses a
/// guest's message.
/// </summary>
internal static class Payload
{
    private const int NameMax = 200;
    private const int ListMost = 50;
    private const int AddressMax = 4000;

    /// <summary>A member; an undefined element where there is none.</summary>
    public static JsonElement In(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    /// <summary>Whether the member is there and is not null.</summary>
    public static bool Has(this JsonElement element, string name) =>
        element.In(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static bool IsTrue(this JsonElement element, string name) => element.In(name).ValueKind == JsonValueKind.True;

    /// <summary>The items of a list; none where it is no list.</summary>
    public static IEnumerable<JsonElement> All(this JsonElement element, string name) =>
        element.In(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>As <see cref="All"/>, at most fifty: no honest message has more cards or files.</summary>
    public static IEnumerable<JsonElement> Few(this JsonElement element, string name) => element.All(name).Take(ListMost);

    /// <summary>An id, written as text or as a whole number. Null where there is none, or one too long to be one.</summary>
    public static string? Id(this JsonElement element, string name)
    {
        var id = element.In(name) switch
        {
            { ValueKind: JsonValueKind.String } text => Storable(text),
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value.ToString(
                CultureInfo.InvariantCulture
            ),
            _ => null,
        };
        return id is { Length: > 0 and <= ChannelItem.IdMax } && !id.Any(char.IsControl) ? id : null;
    }

    /// <summary>A word of the provider's, such as a type.</summary>
    public static string Word(this JsonElement element, string name) => element.Id(name) ?? "";

    /// <summary>What a guest wrote: storable, bounded, with card numbers masked. Null where nothing visible is in it.</summary>
    public static string? Text(this JsonElement element, string name) => Text(element, name, ChannelItem.TextMax);

    /// <summary>A name in one line.</summary>
    public static string? Name(this JsonElement element, string name) => Platform.Text.OneLine(Text(element, name, NameMax));

    /// <summary>
    /// A phone in one line, written as text or as a number. One that is no longer than phones are is not taken for a card's number, which
    /// some happen to look like.
    /// </summary>
    public static string? Phone(this JsonElement element, string name)
    {
        return Raw(element.In(name)) is { Length: <= NameMax } raw && raw.Count(char.IsDigit) <= CardNumbers.LongestPhone
            ? Clean(raw)
            : element.Name(name);
    }

    /// <summary>An id as other programs write it: text in one line, or a number. Never masked: a changed one is another's.</summary>
    public static string? Key(this JsonElement element, string name) =>
        element.In(name) switch
        {
            { ValueKind: JsonValueKind.String } text when Storable(text) is { Length: <= ChannelItem.IdMax } id => Platform.Text.OneLine(
                Clean(id)
            ),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

    /// <summary>An address of the provider's, as it stands there: one with masked digits would lead nowhere.</summary>
    public static string? Address(this JsonElement element, string name) =>
        element.In(name) is { ValueKind: JsonValueKind.String } member
        && Storable(member) is { Length: > 0 and <= AddressMax } address
        && address.All(c => c is > ' ' and <= '~')
            ? address
            : null;

    /// <summary>Seconds or milliseconds since 1970, or a time as ISO 8601 writes it. Null where no date holds it.</summary>
    public static DateTime? Instant(this JsonElement element, string name)
    {
        var member = element.In(name);
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number))
        {
            return Since1970(number);
        }

        return member.ValueKind != JsonValueKind.String || Storable(member) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Since1970(seconds)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at.UtcDateTime.ToMilliseconds()
            : null;
    }

    public static long? Number(this JsonElement element, string name) =>
        element.In(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    /// <summary>A whole number that is no greater than a small one, written as a number or as text.</summary>
    public static int? Small(this JsonElement element, string name) =>
        element.Decimal(name) is { } number && Math.Abs(number) <= int.MaxValue && Math.Truncate(number) == number ? (int)number : null;

    /// <summary>A number, written as one or as text.</summary>
    public static double? Decimal(this JsonElement element, string name)
    {
        var (isNumber, value) = element.In(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => (number.TryGetDouble(out var read), read),
            { ValueKind: JsonValueKind.String } text => (
                double.TryParse(Storable(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var read),
                read
            ),
            _ => (false, 0),
        };
        return isNumber && double.IsFinite(value) ? value : null;
    }

    /// <summary>The first that is there.</summary>
    public static JsonElement FirstOf(this JsonElement element, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.Has(name))
            {
                return element.In(name);
            }
        }

        return default;
    }

    /// <summary>Small JSON made of what is not null; null where nothing is left.</summary>
    public static string? Card(params IEnumerable<(string Name, object? Value)> members)
    {
        var said = members.Where(m => m.Value is not null).ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
        return said.Count == 0 ? null : JsonSerializer.Serialize(said, JsonSerializerOptions.Web);
    }

    private static string? Text(JsonElement element, string name, int most)
    {
        if (element.In(name) is not { ValueKind: JsonValueKind.String } member || Storable(member) is not { } raw)
        {
            return null;
        }

        // A text far over every provider's limit is cut before it is looked at: its marks and digits would cost more than it is worth.
        var bounded = raw.Length > 4 * most ? raw[..(4 * most)] : raw;
        var clean = Clean(bounded);
        return clean is null ? null : Platform.Text.Beginning(CardNumbers.Masked(clean), most);
    }

    /// <summary>A text, or a number as it is written; null for anything else. Nothing in it is masked.</summary>
    internal static string? Raw(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => Storable(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static string? Clean(string raw) => Platform.Text.Clean(Platform.Text.Repaired(raw), multiline: true).Value;

    /// <summary>The text; null for one that is none: asking for a lone surrogate, written as an escape, throws.</summary>
    internal static string? Storable(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTime? Since1970(long number)
    {
        const long FirstInMilliseconds = 100_000_000_000; // the year 5138 in seconds, 1973 in milliseconds
        const long Last = 253_402_300_799_999;
        var milliseconds = number < FirstInMilliseconds ? number * 1000 : number;
        return number > 0 && milliseconds <= Last ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime : null;
    }
}
