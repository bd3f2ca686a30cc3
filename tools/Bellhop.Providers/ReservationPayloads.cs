using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Bellhop.Providers;

/// <summary>Writes reservations as channel managers send them.</summary>
internal static class ReservationPayloads
{
    private static readonly XNamespace OpenTravel = "http://www.opentravel.org/OTA/2003/05";

    /// <summary>The message and its media type; a feed's webhook only says that something changed.</summary>
    public static HttpContent Content(Reservation of) =>
        of.Form switch
        {
            "alpineBits" => Form(Ota(of)),
            "ota" => new StringContent(Ota(of), Encoding.UTF8, "application/xml"),
            "channex" => Json(new JsonObject { ["event"] = "booking", ["payload"] = Revision(of)["attributes"]!.DeepClone() }),
            "feed" => Json(
                new JsonObject
                {
                    ["event"] = "booking_new",
                    ["property_id"] = "stand-in",
                    ["timestamp"] = of.At,
                }
            ),
            _ => Json(Own(of)),
        };

    /// <summary>A revision as Channex's feed has it.</summary>
    public static JsonObject Revision(Reservation of)
    {
        var (first, last) = of.Name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at
            ? (of.Name[..at], of.Name[(at + 1)..])
            : (of.Name, "");
        var id = $"{of.Code}-{of.Revision}";
        return new()
        {
            ["type"] = "booking_revision",
            ["id"] = id,
            ["attributes"] = new JsonObject
            {
                ["revision_id"] = id,
                ["unique_id"] = "BDC-" + of.Code,
                ["ota_reservation_code"] = of.Code,
                ["ota_name"] = "BookingCom",
                ["status"] = of.Status,
                ["inserted_at"] = of.At,
                ["arrival_date"] = of.Arrival,
                ["departure_date"] = of.Departure,
                ["currency"] = "EUR",
                ["amount"] = of.Amount,
                ["occupancy"] = new JsonObject { ["adults"] = 1, ["children"] = 0 },
                ["customer"] = new JsonObject
                {
                    ["name"] = first,
                    ["surname"] = last,
                    ["phone"] = of.Phone,
                    ["mail"] = of.Email,
                },
                ["rooms"] = new JsonArray(),
            },
        };
    }

    private static JsonObject Own(Reservation of) =>
        new()
        {
            ["source"] = "BookingCom",
            ["externalId"] = of.Code,
            ["reference"] = of.Code,
            ["revision"] = of.Revision,
            ["status"] = of.IsCancelled ? "Cancelled" : "Confirmed",
            ["arrival"] = of.Arrival,
            ["departure"] = of.Departure,
            ["total"] = new JsonObject { ["amount"] = of.Total, ["currency"] = "EUR" },
            ["guest"] = new JsonObject
            {
                ["name"] = of.Name,
                ["phone"] = of.Phone,
                ["email"] = of.Email,
            },
        };

    private static string Ota(Reservation of)
    {
        var status = of.Status switch
        {
            "cancelled" => "Cancel",
            "request" => "Requested",
            "modified" => "Modify",
            _ => "Commit",
        };
        XElement At(string name, params object?[] content) => new(OpenTravel + name, content);
        var customer = At(
            "Customer",
            At("PersonName", At("Surname", of.Name)),
            of.Phone is null ? null : At("Telephone", new XAttribute("PhoneTechType", "5"), new XAttribute("PhoneNumber", of.Phone)),
            of.Email is null ? null : At("Email", of.Email)
        );
        var reservation = At(
            "HotelReservation",
            new XAttribute("ResStatus", status),
            new XAttribute("LastModifyDateTime", of.At),
            At("UniqueID", new XAttribute("Type", of.IsCancelled ? "15" : "14"), new XAttribute("ID", of.Code)),
            At(
                "RoomStays",
                At(
                    "RoomStay",
                    At("TimeSpan", new XAttribute("Start", of.Arrival), new XAttribute("End", of.Departure)),
                    At("Total", new XAttribute("AmountAfterTax", of.Amount), new XAttribute("CurrencyCode", "EUR"))
                )
            ),
            At("ResGuests", At("ResGuest", At("Profiles", At("ProfileInfo", At("Profile", customer)))))
        );
        return At("OTA_HotelResNotifRQ", At("HotelReservations", reservation)).ToString();
    }

    private static MultipartFormDataContent Form(string request) =>
        new() { { new StringContent("OTA_HotelResNotif:GuestRequests"), "action" }, { new StringContent(request), "request" } };

    private static StringContent Json(JsonNode body) =>
        new(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
}
