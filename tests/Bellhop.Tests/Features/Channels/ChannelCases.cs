using System.Globalization;
using System.Text.Json;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Real payloads of providers, and what each must lead to.</summary>
public sealed class ChannelCase
{
    private ChannelCase(JsonElement expected)
    {
        Expected = expected;
        File = expected.GetProperty("file").GetString()!;
    }

    public string File { get; }
    public JsonElement Expected { get; }
    public byte[] Bytes => System.IO.File.ReadAllBytes(Cases.Path($"a_webhooks/{File}"));
    public ConnectionKind Kind => File.StartsWith("telegram/", StringComparison.Ordinal) ? ConnectionKind.Telegram : ConnectionKind.Meta;

    /// <summary>Contacts and messages may be made, or not.</summary>
    public bool IsOptional => Expected.TryGetProperty("optional", out _);

    /// <summary>The documentation's placeholders stand where ids would.</summary>
    public bool IsSchemaOnly => Expected.TryGetProperty("schema_only", out _);

    /// <summary>All but the live chat's, which is another feature's.</summary>
    public static IReadOnlyList<ChannelCase> All() =>
        [
            .. System
                .IO.File.ReadLines(Cases.Path("a_webhooks/expected.jsonl"))
                .Select(line => new ChannelCase(JsonDocument.Parse(line).RootElement))
                .Where(c => !c.File.StartsWith("livechat/", StringComparison.Ordinal)),
        ];

    public static ChannelCase Of(string file) => All().Single(c => c.File == file);

    public IEnumerable<JsonElement> Of(string list, string? op = null) =>
        Expected.GetProperty(list).EnumerateArray().Where(e => op is null || e.GetProperty("op").GetString() == op);

    /// <summary>The words of the cases for a type of ours.</summary>
    public static MessageType TypeOf(JsonElement inbound) =>
        inbound.GetProperty("type").GetString() switch
        {
            "button" or "order" or "postback" or "callback" => MessageType.Interactive,
            "voice" => MessageType.Audio,
            "contact" => MessageType.Contacts,
            "fallback" => MessageType.Text,
            "story_mention" => MessageType.Image,
            "other" => MessageType.Unsupported,
            var named => Enum.Parse<MessageType>(named!, ignoreCase: true),
        };

    /// <summary>An id of the cases as ours: Telegram's count per chat, and a tap's stands for itself.</summary>
    public static string? IdOf(JsonElement id, ChannelItem item) =>
        id.ValueKind == JsonValueKind.Null ? null
        : item.Kind != AccountKind.Telegram ? id.ToString()
        : id.ValueKind == JsonValueKind.Number ? $"{((item as MessageItem)?.From.Id ?? "1111111")}:{id}"
        : $"callback:{id}";

    public static DateTime? InstantOf(JsonElement at) =>
        at.ValueKind == JsonValueKind.Null ? null
        : long.TryParse(at.ToString(), CultureInfo.InvariantCulture, out var number)
            ? DateTimeOffset.FromUnixTimeMilliseconds(number < 100_000_000_000 ? number * 1000 : number).UtcDateTime
        : DateTimeOffset.Parse(at.GetString()!, CultureInfo.InvariantCulture).UtcDateTime;
}
