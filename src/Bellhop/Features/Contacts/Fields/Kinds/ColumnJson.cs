using System.Text.Json;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>Writes the values of columns as the JSON serializer would.</summary>
internal static class ColumnJson
{
    public static void Id(Utf8JsonWriter json, Guid value) => json.WriteStringValue(value);

    public static void Text(Utf8JsonWriter json, string? value) => json.WriteStringValue(value);

    public static void Number(Utf8JsonWriter json, int value) => json.WriteNumberValue(value);

    public static void Number(Utf8JsonWriter json, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    public static void YesNo(Utf8JsonWriter json, bool value) => json.WriteBooleanValue(value);

    public static void Instant(Utf8JsonWriter json, DateTime value) => Json.WriteInstant(json, value);

    public static void Month(Utf8JsonWriter json, DateOnly value) => Json.WriteDay(json, value, monthOnly: true);
}
