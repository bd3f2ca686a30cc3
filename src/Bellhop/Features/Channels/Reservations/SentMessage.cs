using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>
/// A channel manager's message: read leniently, with every payment card taken out of it. It knows no database and no clock.
/// </summary>
/// <param name="Form">How it is written, and answered.</param>
/// <param name="Bytes">The message without payment cards: all that may be kept of it.</param>
/// <param name="Reservations">What it says, in its order; none for a trigger.</param>
/// <param name="IsTrigger">It only says that something changed at the sender's.</param>
public sealed record SentMessage(SentForm Form, byte[] Bytes, IReadOnlyList<SentReservation> Reservations, bool IsTrigger)
{
    /// <summary>A message with more is refused: the sender would not wait for the answer.</summary>
    public const int MostReservations = 2000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The name of the message, to be answered under the like name; null for JSON.</summary>
    internal string? Name { get; private init; }

    /// <summary>It came in a SOAP envelope of this namespace.</summary>
    internal string? Envelope { get; private init; }

    /// <summary>The message; null where it is neither XML nor JSON that is read here.</summary>
    public static SentMessage? Read(byte[] body)
    {
        ArgumentNullException.ThrowIfNull(body);
        try
        {
            return FirstOf(body) switch
            {
                '<' => ReadXml(body),
                '{' or '[' => ReadJson(SentText.OfJson(body)),
                _ => null,
            };
        }
        catch (Exception error) when (error is XmlException or JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A message with this one reservation alone, which reads as it does in here.</summary>
    public byte[] Alone(int index)
    {
        if (Form == SentForm.Ota)
        {
            var document = SafeXml.Load(Bytes);
            var all = OtaReservation.Elements(OtaReservation.MessageOf(document)!).ToList();
            foreach (var other in all.Where((_, i) => i != index))
            {
                other.Remove();
            }

            return SafeXml.Write(document);
        }

        using var whole = JsonDocument.Parse(Bytes, Strict);
        return JsonSerializer.SerializeToUtf8Bytes(Elements(Form, whole.RootElement).ElementAt(index));
    }

    private static SentMessage? ReadXml(byte[] body)
    {
        var document = SafeXml.Load(body);
        if (OtaReservation.MessageOf(document) is not { } message)
        {
            return null;
        }

        CardData.Mask(document);
        var elements = OtaReservation.Elements(message).Take(MostReservations + 1).ToList();
        return elements.Count > MostReservations
            ? null
            : new(SentForm.Ota, SafeXml.Write(document), [.. elements.Select((e, i) => Final(OtaReservation.Read(e, message, i)))], false)
            {
                Name = message.Name.LocalName,
                Envelope = document.Root == message ? null : document.Root!.Name.NamespaceName,
            };
    }

    private static SentMessage? ReadJson(byte[] body)
    {
        var masked = CardData.Masked(JsonNode.Parse(body, documentOptions: Strict));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(masked);
        using var whole = JsonDocument.Parse(bytes, Strict);
        foreach (var form in (SentForm[])[SentForm.Channex, SentForm.Apaleo, SentForm.Own])
        {
            var elements = Elements(form, whole.RootElement).Take(MostReservations + 1).ToList();
            if (elements.Count > MostReservations)
            {
                return null;
            }

            if (elements.Count > 0)
            {
                return new(form, bytes, [.. elements.Select((e, i) => Final(Read(form, e, i)))], false);
            }
        }

        return whole.RootElement.ValueKind == JsonValueKind.Array && whole.RootElement.GetArrayLength() > 0
            ? null
            : new(ApaleoReservation.IsTrigger(whole.RootElement) ? SentForm.Apaleo : SentForm.Channex, bytes, [], IsTrigger: true);
    }

    // A cancellation is meant, whatever else of it cannot be read; what can is kept.
    private static SentReservation Final(SentReservation read) =>
        read is { State: SentState.Cancelled, Fault: "bad-dates" or "bad-total" }
            ? read with
            {
                Fault = null,
                Arrival = null,
                Departure = null,
                Amount = null,
                Currency = null,
            }
            : read;

    private static IEnumerable<JsonElement> Elements(SentForm form, JsonElement message) =>
        form switch
        {
            SentForm.Channex => ChannexRevision.Elements(message),
            SentForm.Apaleo => ApaleoReservation.Elements(message),
            _ => OwnBooking.Elements(message),
        };

    private static SentReservation Read(SentForm form, JsonElement element, int index) =>
        form switch
        {
            SentForm.Channex => ChannexRevision.Read(element, index),
            SentForm.Apaleo => ApaleoReservation.Read(element, index),
            _ => OwnBooking.Read(element, index),
        };

    /// <summary>The first character that is no blank, whatever Unicode the bytes are in.</summary>
    private static char FirstOf(byte[] body) => (char)Array.Find(body, b => b is > 0x20 and < 0x7F);
}
