using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Bellhop.Platform.Web;

/// <summary>JSON as the API speaks it, both ways: strict in what it reads, one way to write each thing.</summary>
public static class Json
{
    /// <summary>The one set of options for requests, answers and kept answers.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>Makes options speak so.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        // As typed: it goes out as JSON that no browser may take for HTML (nosniff).
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new ExactNames());
        options.Converters.Add(new InstantJson());
        options.Converters.Add(new OffsetInstantJson());
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RefuseNullItems);
    }

    /// <summary>No list that we read has nulls among its items. The serialiser looks at the nullability of members, not of items.</summary>
    private static void RefuseNullItems(JsonTypeInfo type)
    {
        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType.IsValueType: false })
        {
            type.OnDeserialized = static list =>
            {
                var items = ((System.Collections.IEnumerable)list).Cast<object?>().ToList();
                if (items.IndexOf(null) is >= 0 and var index)
                {
                    throw new NullItemException(index, items.Count);
                }
            };
        }
    }

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>Enums by their names, to the letter; never a number.</summary>
    internal sealed class ExactNames : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

        internal sealed class Of<T> : JsonConverter<T>
            where T : struct, Enum
        {
            private static readonly Dictionary<string, T> Values = Enum.GetValues<T>()
                .ToDictionary(v => v.ToString(), StringComparer.Ordinal);
            internal static readonly Dictionary<T, JsonEncodedText> Names = Values.ToDictionary(
                v => v.Value,
                v => JsonEncodedText.Encode(v.Key)
            );

            public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
                    ? value
                    : throw new JsonException();

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WriteStringValue(Names[value]);

            public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WritePropertyName(Names[value]);
        }
    }

    /// <summary>Instants as <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
    private sealed class InstantJson : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadInstant(ref reader).UtcDateTime.ToMilliseconds();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => WriteInstant(writer, value);
    }

    private sealed class OffsetInstantJson : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadInstant(ref reader);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            WriteInstant(writer, value.UtcDateTime);
    }

    /// <summary>Reads an RFC 3339 instant. One without Z or an offset means another moment on each machine, and is refused.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static DateTimeOffset ReadInstant(ref Utf8JsonReader reader)
    {
        if (
            reader.TokenType == JsonTokenType.String
            && reader.TryGetDateTimeOffset(out var instant)
            && reader.GetString() is { Length: > 10 } text
            && (text[^1] == 'Z' || text.AsSpan(10).ContainsAny('+', '-'))
        )
        {
            return instant;
        }

        throw new JsonException();
    }

    /// <summary>Writes a UTC instant as the API speaks it.</summary>
    internal static void WriteInstant(Utf8JsonWriter writer, DateTime value)
    {
        // By hand: a format string is read anew for every instant of every row.
        Span<byte> text = [.. "0000-00-00T00:00:00.000Z"u8];
        Digits(text[..4], value.Year);
        Digits(text[5..7], value.Month);
        Digits(text[8..10], value.Day);
        Digits(text[11..13], value.Hour);
        Digits(text[14..16], value.Minute);
        Digits(text[17..19], value.Second);
        Digits(text[20..23], value.Millisecond);
        writer.WriteStringValue(text);
    }

    /// <summary>Writes a day as <c>yyyy-MM-dd</c>, or its month alone.</summary>
    internal static void WriteDay(Utf8JsonWriter writer, DateOnly value, bool monthOnly = false)
    {
        Span<byte> text = [.. "0000-00-00"u8];
        var (year, month, day) = value;
        Digits(text[..4], year);
        Digits(text[5..7], month);
        Digits(text[8..], day);
        writer.WriteStringValue(monthOnly ? text[..7] : text);
    }

    private static void Digits(Span<byte> into, int number)
    {
        for (var i = into.Length - 1; i >= 0; i--)
        {
            into[i] = (byte)('0' + (number % 10));
            number /= 10;
        }
    }
}

/// <summary>null stands among the items of a list.</summary>
internal sealed class NullItemException(int index, int count) : JsonException
{
    /// <summary>The path of the item.</summary>
    /// <param name="path">What the serialiser says of the list: its path, or that of the item behind its last.</param>
    public string Under(string path)
    {
        var behind = string.Create(CultureInfo.InvariantCulture, $"[{count}]");
        var list = path.EndsWith(behind, StringComparison.Ordinal) ? path[..^behind.Length] : path;
        return string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
    }
}
