using System.Text.Json;
using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>What became of one reservation of a message.</summary>
/// <param name="Refused">Why it was not taken, as a name of ours; null where it was taken.</param>
/// <param name="Why">The reason in words.</param>
/// <param name="BookingId">The booking that it is; null for an enquiry, and for a reservation that is not known by its id.</param>
public sealed record Outcome(SentReservation Reservation, string? Refused = null, string? Why = null, Guid? BookingId = null);

/// <summary>The answer in the sender's form: each reservation taken or refused by its id.</summary>
public static class SentAnswer
{
    private static readonly XNamespace OpenTravel = "http://www.opentravel.org/OTA/2003/05";

    /// <summary>The answer's bytes and media type.</summary>
    public static (byte[] Body, string MediaType) Write(SentMessage message, IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Form == SentForm.Ota
            ? (SafeXml.Write(new(Wrapped(Ota(message.Name!, outcomes), message.Envelope))), "application/xml; charset=utf-8")
            : (Json(outcomes), "application/json; charset=utf-8");
    }

    private static XElement Ota(string name, IReadOnlyList<Outcome> outcomes)
    {
        // What was retrieved is answered as what was sent: both name what is kept.
        var answer = name.EndsWith("RQ", StringComparison.Ordinal) ? name[..^2] + "RS" : "OTA_HotelResNotifRS";
        var isCancelled = name == OtaReservation.CancelRequest;
        var taken = outcomes.Where(o => o.Refused is null && o.Reservation.Id is not null).ToList();
        var refused = outcomes.Where(o => o.Refused is not null).ToList();

        // Who asked for one thing and did not get it takes a success with a warning for a yes.
        var isRefused = taken.Count == 0 && refused.Count > 0 && OtaReservation.IsRequest(name);
        return new(
            OpenTravel + answer,
            new XAttribute("Version", "7.000"),
            isCancelled ? new XAttribute("Status", isRefused ? "Unsuccessful" : "Cancelled") : null,
            isRefused ? null : new XElement(OpenTravel + "Success"),
            refused.Count == 0
                ? null
                : new XElement(
                    OpenTravel + (isRefused ? "Errors" : "Warnings"),
                    refused.Select(o => new XElement(
                        OpenTravel + (isRefused ? "Error" : "Warning"),
                        new XAttribute("Type", "3"),
                        new XAttribute("Code", "450"),
                        new XAttribute("RecordID", NameOf(o.Reservation)),
                        o.Why ?? o.Refused
                    ))
                ),
            isCancelled ? taken.Select(Id)
                : taken.Count == 0 ? null
                : new XElement(OpenTravel + "HotelReservations", taken.Select(o => new XElement(OpenTravel + "HotelReservation", Id(o))))
        );
    }

    private static XElement Id(Outcome taken) =>
        new(
            OpenTravel + "UniqueID",
            new XAttribute("Type", OtaReservation.IdType(taken.Reservation)),
            new XAttribute("ID", taken.Reservation.Id!)
        );

    private static XElement Wrapped(XElement answer, string? envelope)
    {
        if (envelope is null)
        {
            return answer;
        }

        XNamespace soap = envelope;
        return new(soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soap", envelope), new XElement(soap + "Body", answer));
    }

    private static byte[] Json(IReadOnlyList<Outcome> outcomes) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                Reservations = outcomes.Select(o => new
                {
                    Id = NameOf(o.Reservation),
                    Status = o.Refused is null ? "taken" : "refused",
                    o.BookingId,
                    Error = o.Refused is null ? null : new { Code = o.Refused, Title = o.Why },
                }),
            },
            JsonSerializerOptions.Web
        );

    // One without an id is named by its place in the message.
    private static string NameOf(SentReservation reservation) => reservation.Id ?? $"#{reservation.Index + 1}";
}
