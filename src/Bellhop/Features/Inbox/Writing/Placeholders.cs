using System.Text.RegularExpressions;

namespace Bellhop.Features.Inbox;

/// <summary>The placeholders of a saved reply, such as <c>{arrival}</c>.</summary>
public static partial class Placeholders
{
    public const string Guest = "guest",
        Property = "property",
        Arrival = "arrival",
        Departure = "departure",
        Room = "room",
        Reference = "reference",
        Balance = "balance",
        Me = "me";

    /// <summary>All there are, as the page offers them.</summary>
    public static readonly IReadOnlyList<string> All = [Guest, Property, Arrival, Departure, Room, Reference, Balance, Me];

    /// <summary>Names in braces that are none of the placeholders.</summary>
    public static IReadOnlyList<string> Unknown(string text) => [.. Names(text).Where(n => !All.Contains(n, StringComparer.Ordinal))];

    /// <summary>Placeholders that nobody has filled yet.</summary>
    public static IReadOnlyList<string> Left(string text) => [.. Names(text).Where(n => All.Contains(n, StringComparer.Ordinal))];

    /// <summary>The text with the values in it. A placeholder without a value stays, so that whoever sends it sees it.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values) =>
        Braces().Replace(text, b => values.GetValueOrDefault(b.Groups[1].Value) ?? b.Value);

    private static IEnumerable<string> Names(string text) =>
        Braces().Matches(text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal);

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.None, 1000)]
    private static partial Regex Braces();
}
