using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellhop.Platform.Web;

/// <summary>
/// Reads a text of a JSON body even when part of it is not Unicode: a channel cuts a name in an emoji, or sends bytes of another charset.
/// Each such part becomes a lone surrogate, which the field's own rule then refuses or leaves out. Without this converter, the JSON reader
/// refuses the whole body.
/// </summary>
public sealed class ForgivingText : JsonConverter<string>
{
    private const char Lone = '\uDFFF';

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException();
        }

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return Unescape(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan);
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // The reader has checked that each escape is complete.
    private static string Unescape(ReadOnlySpan<byte> bytes)
    {
        var raw = Encoding.UTF8.GetString(bytes).Replace('\uFFFD', Lone);
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            text.Append(
                raw[i] switch
                {
                    'b' => '\b',
                    'f' => '\f',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => (char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                    var itself => itself,
                }
            );
            i += raw[i] == 'u' ? 4 : 0;
        }

        return text.ToString();
    }
}
