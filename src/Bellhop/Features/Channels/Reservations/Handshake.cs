using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>AlpineBits' handshake: the client says what it can do, and the answer says what of it is understood here.</summary>
public static class Handshake
{
    /// <summary>The action of the form.</summary>
    public const string Action = "OTA_Ping:Handshaking";

    private const string GuestRequests = "action_OTA_HotelResNotif_GuestRequests";

    private static readonly string[] Known = ["action_OTA_Ping", GuestRequests];
    private static readonly XNamespace OpenTravel = "http://www.opentravel.org/OTA/2003/05";

    /// <summary>The answer; null for what is no handshake.</summary>
    public static byte[]? Answer(byte[] request)
    {
        try
        {
            var ping = SafeXml.Load(request).Root!;
            if (ping.Name.LocalName != "OTA_PingRQ" || ping.At("EchoData")?.Value is not { } said)
            {
                return null;
            }

            return SafeXml.Write(
                new(
                    new XElement(
                        OpenTravel + "OTA_PingRS",
                        new XAttribute("Version", "8.000"),
                        new XElement(OpenTravel + "Success"),
                        new XElement(
                            OpenTravel + "Warnings",
                            new XElement(
                                OpenTravel + "Warning",
                                new XAttribute("Type", "11"),
                                new XAttribute("Status", "ALPINEBITS_HANDSHAKE"),
                                Common(said)
                            )
                        ),
                        new XElement(OpenTravel + "EchoData", said)
                    )
                )
            );
        }
        catch (Exception error) when (error is XmlException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The client's versions, each with the actions that both know.</summary>
    private static string Common(string said)
    {
        using var client = JsonDocument.Parse(said);
        return JsonSerializer.Serialize(
            new
            {
                versions = client
                    .RootElement.Few("versions")
                    .Select(v => new
                    {
                        version = v.Word("version"),
                        actions = v.Few("actions")
                            .Select(a => a.Word("action"))
                            .Where(a => Known.Contains(a, StringComparer.Ordinal))
                            .Select(a => new { action = a })
                            .ToList(),
                    })
                    .Where(v => v.actions.Count > 0)
                    .ToList(),
            }
        );
    }
}
