using System.Text.Json;

namespace Bellhop.Features.Channels;

/// <summary>Where a connection's events come from.</summary>
public enum ConnectionKind
{
    Meta,
    Telegram,

    /// <summary>It brings bookings, see <see cref="SentMessage"/>; nobody writes by it.</summary>
    ChannelManager,
}

/// <summary>The API's names of the kinds of connections.</summary>
public static class ConnectionKinds
{
    /// <summary>All names, as the API lists them.</summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<ConnectionKind>().Select(Name));

    public static string Name(ConnectionKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    public static ConnectionKind? Find(string? name) =>
        Enum.GetValues<ConnectionKind>().Cast<ConnectionKind?>().FirstOrDefault(k => Name(k!.Value) == name);
}

/// <summary>Reads what providers send: bytes in, records out, with no database and no clock.</summary>
public static class Channel
{
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 64 };

    // What people write stands under these names. Ids and times do not, and some of them look like card numbers.
    private static readonly HashSet<string> Written = new(StringComparer.Ordinal)
    {
        "address",
        "body",
        "caption",
        "data",
        "description",
        "file_name",
        "filename",
        "first_name",
        "formatted_name",
        "headline",
        "last_name",
        "message",
        "name",
        "payload",
        "query",
        "question",
        "ref",
        "response_json",
        "subtitle",
        "text",
        "title",
        "vcard",
    };

    /// <summary>
    /// Masks card numbers in the payload's texts, and puts a sign in the place of what is no character, both in place. False where the
    /// payload is not JSON that we read.
    /// </summary>
    public static bool Mask(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        try
        {
            RawText.Repair(payload);
            var reader = new Utf8JsonReader(payload, new() { MaxDepth = Reading.MaxDepth });
            var (isText, isPhone) = (false, false);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    (isText, isPhone) = (Written.Contains(name), name is "phone" or "phone_number");
                }
                else if (
                    reader.TokenType == JsonTokenType.String
                    && (isText || (isPhone && reader.ValueSpan.Length > CardNumbers.LongestPhone))
                )
                {
                    RawText.Mask(payload, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                }
            }

            using var whole = JsonDocument.Parse(payload, Reading);
            return whole.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Everything in the payload that concerns guests, in its order. What is of no concern gives nothing.</summary>
    /// <exception cref="JsonException">The payload is not JSON.</exception>
    public static IReadOnlyList<ChannelItem> Read(ConnectionKind kind, ReadOnlyMemory<byte> payload)
    {
        using var whole = JsonDocument.Parse(payload, Reading);
        return kind == ConnectionKind.Telegram
            ? [.. TelegramUpdate.Read(whole.RootElement)]
            : [.. MetaPayload.Parts(whole.RootElement).SelectMany((part, i) => part.Read().Select(item => item with { Part = i }))];
    }

    /// <summary>A payload with this one part of the other, which reads as it does in there. A negative part is the whole.</summary>
    public static byte[] Cut(ConnectionKind kind, byte[] payload, int part)
    {
        if (kind == ConnectionKind.Telegram || part < 0)
        {
            return payload;
        }

        using var whole = JsonDocument.Parse(payload, Reading);
        return MetaPayload.Parts(whole.RootElement).ElementAt(part).Alone();
    }
}
