using System.Text.Json;
using Bellhop.Platform.Web;

namespace Bellhop.Platform;

/// <summary>A page of a list, and the cursor of the one after it.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextCursor">Opaque; null where this is the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor) : IFastJson
{
    void IFastJson.Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        foreach (var item in Items)
        {
            if (item is IFastJson written)
            {
                written.Write(json);
            }
            else
            {
                JsonSerializer.Serialize(json, item, Json.Options);
            }
        }

        json.WriteEndArray();
        json.WriteString("nextCursor"u8, NextCursor);
        json.WriteEndObject();
    }
}
