using System.Text.Json;
using System.Text.Json.Serialization;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Bookings;

/// <summary>
/// The version of a booking in the outside system: a whole number, or the time of its last change. Later versions are greater.
/// </summary>
[JsonConverter(typeof(RevisionJson))]
public readonly record struct Revision(long Order);

/// <summary>Reads a whole number, or an RFC 3339 time as Unix milliseconds.</summary>
public sealed class RevisionJson : JsonConverter<Revision>
{
    public override Revision Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt64(out var number) => new(number),
            JsonTokenType.String => new(Json.ReadInstant(ref reader).ToUnixTimeMilliseconds()),
            _ => throw new JsonException("A revision is a whole number or an instant."),
        };

    public override void Write(Utf8JsonWriter writer, Revision value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.Order);
}
