using System.Text.Json;
using System.Text.RegularExpressions;
using Bellhop.Features.Channels;

namespace Bellhop.Features.Inbox;

/// <summary>A piece of a message's text: plain, or a link that a reader may follow.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Host">Where the link leads, in letters that cannot be mistaken; null for plain text.</param>
public readonly record struct MessagePiece(string Text, string? Host);

/// <summary>Reads what a message says. What a guest writes is text; only whole http and https addresses become links.</summary>
public static partial class MessageWords
{
    private const int MostAnswers = 50;
    private const string Ends = ".,;:!?)]}'\"»”’";

    public static IReadOnlyList<MessagePiece> Pieces(string text)
    {
        List<MessagePiece> pieces = [];
        var at = 0;
        foreach (Match match in Address().Matches(text))
        {
            // A sentence goes on behind an address: its mark is not part of it.
            var found = match.Value.TrimEnd(Ends.ToCharArray());
            if (
                !Uri.TryCreate(found, UriKind.Absolute, out var uri)
                || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
                || uri.Host.Length == 0
                || uri.UserInfo.Length > 0 // it would look like another host
            )
            {
                continue;
            }

            if (match.Index > at)
            {
                pieces.Add(new(text[at..match.Index], null));
            }

            pieces.Add(new(found, uri.IdnHost));
            at = match.Index + found.Length;
        }

        if (at < text.Length)
        {
            pieces.Add(new(text[at..], null));
        }

        return pieces;
    }

    /// <summary>A place that somebody sent: its name, and its position where it has one.</summary>
    public static (string? Name, string? Map)? Place(string? card)
    {
        if (card is null)
        {
            return null;
        }

        using var read = JsonDocument.Parse(card);
        var root = read.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var name = string.Join(", ", new[] { Word(root, "name"), Word(root, "address") }.OfType<string>());
        var (latitude, longitude) = (Number(root, "latitude"), Number(root, "longitude"));
        var map =
            latitude is null || longitude is null
                ? null
                : FormattableString.Invariant($"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}&zoom=16");
        return (name.Length == 0 ? null : name, map);
    }

    /// <summary>What a message carries beside its text, a line each: people on a contact card, what a guest filled in.</summary>
    public static IReadOnlyList<string> Lines(string? card)
    {
        if (card is null)
        {
            return [];
        }

        using var read = JsonDocument.Parse(card);
        var root = read.RootElement;
        if (root.In("contacts").ValueKind == JsonValueKind.Array)
        {
            return
            [
                .. root.Few("contacts")
                    .Select(c => Line(c.Text("name"), c.Few("phones").Select(p => p.GetString())))
                    .Where(l => l.Length > 0),
            ];
        }

        if (Word(root, "phone") is { } phone)
        {
            return [Line(Word(root, "name"), [phone])];
        }

        return Word(root, "form") is { } form ? Answers(form) : [];
    }

    private static string Line(string? name, IEnumerable<string?> values) => string.Join(" · ", values.Prepend(name).OfType<string>());

    // What the provider needs to know the form again is no answer.
    private static List<string> Answers(string form)
    {
        try
        {
            using var read = JsonDocument.Parse(form);
            return read.RootElement.ValueKind != JsonValueKind.Object
                ? []
                :
                [
                    .. read
                        .RootElement.EnumerateObject()
                        .Where(a => a.Name != "flow_token" && a.Value.ValueKind != JsonValueKind.Null)
                        .Take(MostAnswers)
                        .Select(a =>
                            $"{a.Name}: {(a.Value.ValueKind == JsonValueKind.String ? a.Value.GetString() : a.Value.GetRawText())}"
                        ),
                ];
        }
        catch (JsonException)
        {
            return [form];
        }
    }

    private static string? Word(JsonElement card, string name) =>
        card.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal? Number(JsonElement card, string name) =>
        card.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
            ? number
            : null;

    [GeneratedRegex(@"https?://[^\s<>""\p{Cc}\p{Cf}]+", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
