using System.Text.Json;
using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>
/// A guest as JSON, written by hand: the list's answers are made of little else. A test holds it to what the serializer writes.
/// </summary>
internal static class ContactRowText
{
    private static readonly JsonEncodedText[] Names =
    [
        .. new[]
        {
            "id",
            "name",
            "phone",
            "email",
            "source",
            "property",
            "tags",
            "bookings",
            "totalSpent",
            "customerSince",
            "lastBooking",
            "rating",
            "active",
            "loyalty",
            "createdAt",
            "updatedAt",
        }.Select(n => JsonEncodedText.Encode(n)),
    ];

    private static readonly JsonEncodedText Reference = JsonEncodedText.Encode("reference");
    private static readonly JsonEncodedText Arrival = JsonEncodedText.Encode("arrival");

    public static void Write(Utf8JsonWriter json, ContactRow row)
    {
        json.WriteStartObject();
        json.WriteString(Names[0], row.Id);
        json.WriteString(Names[1], row.Name);
        json.WriteString(Names[2], row.Phone);
        json.WriteString(Names[3], row.Email);
        json.WriteString(Names[4], Json.ExactNames.Of<Source>.Names[row.Source]);
        json.WritePropertyName(Names[5]);
        if (row.Property is { } property)
        {
            json.WriteStartObject();
            json.WriteString(Names[0], property.Id);
            json.WriteString(Names[1], property.Name);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray(Names[6]);
        foreach (var tag in row.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteNumber(Names[7], row.Bookings);
        json.WritePropertyName(Names[8]);
        MoneyJson.Write(json, row.TotalSpent);
        json.WritePropertyName(Names[9]);
        Json.WriteDay(json, row.CustomerSince, monthOnly: true);
        json.WritePropertyName(Names[10]);
        Last(json, row.LastBooking);
        json.WritePropertyName(Names[11]);
        if (row.Rating is { } stars)
        {
            json.WriteNumberValue(stars);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteBoolean(Names[12], row.Active);
        json.WritePropertyName(Names[13]);
        if (row.Loyalty is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(json, row.Loyalty, Json.Options);
        }

        json.WritePropertyName(Names[14]);
        Json.WriteInstant(json, row.CreatedAt);
        json.WritePropertyName(Names[15]);
        Json.WriteInstant(json, row.UpdatedAt);
        json.WriteEndObject();
    }

    private static void Last(Utf8JsonWriter json, LastBooking? last)
    {
        if (last is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString(Names[0], last.Id);
        json.WriteString(Reference, last.Reference);
        json.WritePropertyName(Arrival);
        Json.WriteDay(json, last.Arrival);
        json.WriteEndObject();
    }
}
