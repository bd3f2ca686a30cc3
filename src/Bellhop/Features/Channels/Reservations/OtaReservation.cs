using System.Xml.Linq;
using Bellhop.Platform;

namespace Bellhop.Features.Channels;

/// <summary>
/// Reads a reservation as OpenTravel's XML has it (<c>OTA_HotelResNotifRQ</c>, <c>OTA_ResRetrieveRS</c>), also as AlpineBits narrows it.
/// A request to book or to cancel (<c>OTA_HotelResRQ</c>, <c>OTA_CancelRQ</c>) says the same of a reservation as news of it does.
/// Names are looked for without their namespace, since senders leave it out or prefix it.
/// </summary>
internal static class OtaReservation
{
    private const string Reserved = "14";
    private const string CancelledId = "15";

    /// <summary>It asks to cancel one reservation.</summary>
    public const string CancelRequest = "OTA_CancelRQ";

    private static readonly string[] Messages =
    [
        "OTA_HotelResNotifRQ",
        "OTA_HotelResModifyNotifRQ",
        "OTA_ResRetrieveRS",
        "OTA_HotelResRQ",
        "OTA_HotelResModifyRQ",
        CancelRequest,
    ];
    private static readonly string[] Lists = ["HotelReservations", "ReservationsList", "HotelResModifies"];
    private static readonly string[] Items = ["HotelReservation", "HotelResModify"];

    /// <summary>The message itself, which may lie in an envelope; null where it is another one.</summary>
    public static XElement? MessageOf(XDocument document) =>
        document.Root is { } root && root.Name.LocalName == "Envelope" ? root.At("Body")?.Elements().FirstOrDefault(IsMessage)
        : document.Root is { } bare && IsMessage(bare) ? bare
        : null;

    /// <summary>Whether a message of this name asks for something, while the others tell of what is so already.</summary>
    public static bool IsRequest(string name) => name is "OTA_HotelResRQ" or "OTA_HotelResModifyRQ" or CancelRequest;

    /// <summary>The reservations of a message, as they stand in it. A request to cancel is itself all that it says of its one.</summary>
    public static IEnumerable<XElement> Elements(XElement message) =>
        IsCancelRequest(message)
            ? [message]
            : message
                .Elements()
                .Where(l => Lists.Contains(l.Name.LocalName))
                .SelectMany(l => l.Elements())
                .Where(r => Items.Contains(r.Name.LocalName));

    public static SentReservation Read(XElement element, XElement message, int index)
    {
        var ids = element.All("UniqueID").Where(u => u.Attr("ID") is not null).ToList();
        var unique = ids.Find(u => u.Attr("Type") == Reserved) ?? ids.Find(u => u.Attr("Type") == CancelledId) ?? ids.FirstOrDefault();
        var global = element.At("ResGlobalInfo");
        var given = NumberOf(global);
        var id = unique.Attr("ID") ?? given.Attr("ResID_Value");
        // A number alone is unique at its booking site only, so the site's name is part of the key where there is no id of the sender's.
        var key = unique.Attr("ID") ?? SentValues.Join(" ", given.Attr("ResID_Source"), given.Attr("ResID_Value"));
        var state = StateOf(element, message, ids);
        var rooms = OtaStay.Of(element, state == SentState.Cancelled);
        var guest = OtaGuest.Of(element, message);
        var read = new SentReservation
        {
            Index = index,
            Id = id,
            Key = id is null ? null : key,
            Reference = given.Attr("ResID_Value") is { } number && unique is not null && IsNumberOfGuest(given!) ? number : id,
            Source = SourceNames.Of([given.Attr("ResID_Source"), unique.Attr("ID_Context"), .. Senders(element), .. Senders(message)]),
            State = state,
            Revision = SentValues.Revision(element.Attr("LastModifyDateTime") ?? element.Attr("CreateDateTime")),
            Order = element.Attr("LastModifyDateTime") is null ? SentOrder.ByCreation : SentOrder.ByRevision,
            Arrival = rooms.Arrival,
            Departure = rooms.Departure,
            Amount = rooms.Amount,
            Currency = rooms.Currency,
            Guest = guest,
            Rooms = rooms.Count,
            RoomType = rooms.RoomType,
            Adults = rooms.Adults,
            Children = rooms.Children,
            Notes = NotesOf(element, guest),
            BookedAt = SentValues.Instant(element.Attr("CreateDateTime") ?? given.Attr("ResID_Date")),
            WrittenAt = SentValues.Instant(element.Attr("LastModifyDateTime")),
        };
        return read with { Fault = FaultOf(read, element, message, rooms) };
    }

    /// <summary>The kind of the id by which the answer names the reservation.</summary>
    public static string IdType(SentReservation reservation) => reservation.State == SentState.Cancelled ? CancelledId : Reserved;

    private static string? FaultOf(SentReservation read, XElement element, XElement message, OtaStay rooms) =>
        read.Id is null ? "no-id"
        : read.Key!.Length > SentReservation.KeyMax ? "long-id"
        : !IsStateKnown(element, message) ? "unknown-status"
        : rooms.Fault;

    // A request that only prepares a cancellation, or takes one back, cancels nothing.
    private static bool IsStateKnown(XElement element, XElement message) =>
        IsCancelRequest(message)
            ? message.Attr("CancelType") is not { } said || said == "Commit" || StateNamed(said) == SentState.Cancelled
            : StateNamed(element.Attr("ResStatus") ?? message.Attr("ResStatus")) is not null;

    private static bool IsCancelRequest(XElement message) => message.Name.LocalName == CancelRequest;

    private static bool IsMessage(XElement element) => Messages.Contains(element.Name.LocalName);

    // 14 is the reservation's own number, 10 the hotel's, 13 the broker's. AlpineBits uses 13 for the campaign that brought the guest.
    private static XElement? NumberOf(XElement? global)
    {
        var all = global.Along("HotelReservationIDs", "HotelReservationID").Where(i => i.Attr("ResID_Value") is not null).ToList();
        return all.Find(i => i.Attr("ResID_Type") == Reserved) ?? all.FirstOrDefault();
    }

    private static bool IsNumberOfGuest(XElement given) => given.Attr("ResID_Type") == Reserved;

    private static IEnumerable<string?> Senders(XElement element)
    {
        foreach (var source in element.Along("POS", "Source"))
        {
            var channel = source.At("BookingChannel");
            yield return channel.At("CompanyName").Line();
            yield return channel.At("CompanyName").Attr("Code");
            yield return source.At("RequestorID").Attr("ID_Context");
            yield return source.At("RequestorID").Attr("ID");
            yield return source.At("RequestorID", "CompanyName").Line();
        }
    }

    private static SentState StateOf(XElement element, XElement message, List<XElement> ids)
    {
        var said = element.Attr("ResStatus") ?? message.Attr("ResStatus");
        // A message that cancels may still give the state that the reservation had.
        return
            IsCancelRequest(message)
            || ids.Exists(u => u.Attr("Type") == CancelledId)
            || StateNamed(message.Attr("ResStatus")) == SentState.Cancelled
            ? SentState.Cancelled
            : StateNamed(said) ?? SentState.Confirmed;
    }

    /// <summary>Null for a word that is not known.</summary>
    private static SentState? StateNamed(string? status) =>
        status is null
            ? SentState.Confirmed
            : string.Concat(status.Where(char.IsAsciiLetter)).ToLowerInvariant() switch
            {
                "book"
                or "booked"
                or "commit"
                or "committed"
                or "modify"
                or "modified"
                or "reserved"
                or "reserve"
                or "confirmed"
                or "confirm"
                or "commitoverrideedits"
                or "definite"
                or "guaranteed"
                or "new"
                or "ok" => SentState.Confirmed,
                "cancel" or "cancelled" or "canceled" or "cancellation" or "requestdenied" or "denied" or "declined" or "rejected" =>
                    SentState.Cancelled,
                "requested" or "request" or "quote" or "quoted" or "offered" or "inquiry" or "enquiry" => SentState.Requested,
                "hold" or "held" or "initiate" or "option" or "optional" or "tentative" => SentState.Hold,
                "pending" or "waitlist" or "waitlisted" or "ignored" => SentState.Pending,
                "inhouse" or "checkedin" => SentState.InHouse,
                "checkedout" or "completed" => SentState.Completed,
                "noshow" => SentState.NoShow,
                _ => null,
            };

    private static string? NotesOf(XElement element, SentGuest? guest)
    {
        var global = element.At("ResGlobalInfo");
        var rooms = element.Along("RoomStays", "RoomStay").ToList();
        IEnumerable<XElement> said =
        [
            .. global.Along("Comments", "Comment"),
            .. global.Along("SpecialRequests", "SpecialRequest"),
            .. rooms.SelectMany(r => r.Along("Comments", "Comment")),
            .. rooms.SelectMany(r => r.Along("SpecialRequests", "SpecialRequest")),
        ];
        var texts = said.Select(TextOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return SentValues.Join(
            "\n\n",
            [
                .. texts,
                guest is { Others: { Count: > 0 } others } ? "With: " + string.Join(", ", others) : null,
                guest?.Booker is { } booker ? "Booked by: " + booker : null,
            ]
        );
    }

    private static string? TextOf(XElement said)
    {
        var items = SentValues.Join(", ", said.All("ListItem").Select(i => i.Line()));
        var text = SentValues.Join("\n", said.All("Text").Select(t => Lines(t.Value))) ?? (said.HasElements ? null : Lines(said.Value));
        return SentValues.Join("\n", items, text);
    }

    // Indented XML indents the guest's lines too.
    private static string? Lines(string raw) =>
        SentValues.Text(string.Join('\n', raw.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries)));
}
