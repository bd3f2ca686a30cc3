using System.Text.Json;
using Bellhop.Features.Channels;

namespace Bellhop.Tests.Features.Channels;

/// <summary>Real messages of channel managers, and what each must lead to.</summary>
public sealed class ReservationCase
{
    private ReservationCase(JsonElement line)
    {
        File = line.GetProperty("file").GetString()!;
        var expect = line.GetProperty("expect");
        Expected = expect.ValueKind == JsonValueKind.Array ? [.. expect.EnumerateArray()] : [expect];
    }

    public string File { get; }

    /// <summary>The reservations that the message brings.</summary>
    public IReadOnlyList<JsonElement> Expected { get; }
    public byte[] Bytes => System.IO.File.ReadAllBytes(Cases.Path($"b_ota/{File}"));
    public string MediaType => File.EndsWith(".xml", StringComparison.Ordinal) ? "application/xml" : "application/json";
    public bool IsRefused => Expected is [var one] && one.TryGetProperty("http", out _);

    public static IReadOnlyList<ReservationCase> All() =>
        [
            .. System
                .IO.File.ReadLines(Cases.Path("b_ota/expected.jsonl"))
                .Select(line => new ReservationCase(JsonDocument.Parse(line).RootElement)),
        ];

    public static ReservationCase Of(string file) => All().Single(c => c.File == file);

    public static SentState StateOf(JsonElement expected) =>
        expected.GetProperty("op").GetString() switch
        {
            "cancel" => SentState.Cancelled,
            "quote request (not a booking)" => SentState.Requested,
            _ => SentState.Confirmed,
        };

    /// <summary>A text of the expectation, found by the first of these names; null where it is absent or null.</summary>
    public static string? Text(JsonElement element, params string[] names) =>
        names
            .Select(n => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(n, out var value) ? value.ToString() : null)
            .FirstOrDefault(v => !string.IsNullOrEmpty(v));
}
