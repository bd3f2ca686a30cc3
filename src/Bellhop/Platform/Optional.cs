using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bellhop.Platform;

/// <summary>A member of a merge patch (RFC 7396): either left out, or given, possibly as null.</summary>
[JsonConverter(typeof(OptionalJson))]
public readonly record struct Optional<T>(bool IsGiven, T? Value)
{
    public static implicit operator Optional<T>(T? value) => new(true, value);

    /// <summary>The given value; the present value if none is given.</summary>
    public T? Or(T? present) => IsGiven ? Value : present;
}

/// <summary>Reads a member in the JSON as given. A member that is left out keeps the default, which means not given.</summary>
public sealed class OptionalJson : JsonConverterFactory
{
    /// <summary>Where the error's data names the place inside the member, after the error's own path.</summary>
    internal const string Inside = "Inside";

    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new(true, JsonSerializer.Deserialize<T>(ref reader, options));
            }
            catch (JsonException error)
            {
                // Its path begins at the member. One without a path gets that of the whole body, which ends with the member.
                throw new JsonException(error.Message, error.InnerException) { Data = { [Inside] = error.Path } };
            }
        }

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
