using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;

namespace Bellhop.Benchmarks.Loading;

/// <summary>
/// Reads a file of bookings with guests, row by row:
/// <c>booking_ref,property,source,status,booked_on,arrival,departure,adults,total,currency,</c>
/// <c>guest_name,guest_email,guest_phone_raw,phone_region_hint</c>.
/// </summary>
public static class BookingFile
{
    /// <summary>One row.</summary>
    /// <param name="Number">Its place in the file, from 1, the heading not counted.</param>
    /// <param name="Property">The property's name.</param>
    /// <param name="Body">What <c>POST /bookings</c> takes, but the property's id.</param>
    public sealed record Row(int Number, string Property, JsonObject Body);

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.Ordinal)
    {
        ["checked_out"] = "Completed",
        ["cancelled"] = "Cancelled",
        ["no_show"] = "NoShow",
    };

    private static readonly Dictionary<string, string> Sources = new(StringComparer.Ordinal)
    {
        ["Booking.com"] = "BookingCom",
        ["Travel agent"] = "TravelAgent",
        ["Walk-in"] = "WalkIn",
    };

    public static IEnumerable<Row> Read(string file)
    {
        using var reader = CsvReader.FromFile(file);
        for (var number = 1; reader.Read(); number++)
        {
            string Field(string name) => reader.GetString(name);
            var guest = new JsonObject();
            Put(guest, "name", Field("guest_name"));
            Put(guest, "email", Field("guest_email"));
            Put(guest, "phone", Field("guest_phone_raw"));
            Put(guest, "country", Field("phone_region_hint"));
            yield return new(
                number,
                Field("property"),
                new()
                {
                    ["source"] = Sources.GetValueOrDefault(Field("source"), Field("source")),
                    ["externalId"] = Field("booking_ref"),
                    ["status"] = Statuses.GetValueOrDefault(Field("status"), Field("status")),
                    ["arrival"] = Field("arrival"),
                    ["departure"] = Field("departure"),
                    ["total"] = new JsonObject
                    {
                        ["amount"] = decimal.Parse(Field("total"), CultureInfo.InvariantCulture),
                        ["currency"] = Field("currency"),
                    },
                    ["guest"] = guest,
                    ["adults"] = int.Parse(Field("adults"), CultureInfo.InvariantCulture),
                    ["bookedAt"] = Field("booked_on") + "T12:00:00Z", // the file knows the day alone
                }
            );
        }
    }

    private static void Put(JsonObject guest, string name, string value)
    {
        if (value.Length > 0)
        {
            guest[name] = value;
        }
    }
}
