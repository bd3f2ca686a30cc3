using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Bellhop.Benchmarks.Inbox;

/// <summary>Events of WhatsApp as the provider would send them, for one number.</summary>
internal static class IngestEvents
{
    public const string Secret = "ingest-app-secret";

    public static string Guest(int number) => $"3519{number:00000000}";

    public static byte[] Body(string account, params IEnumerable<(string From, string Id)> messages)
    {
        var all = messages.ToList();
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["phone_number_id"] = account },
            ["contacts"] = new JsonArray([
                .. all.Select(m => m.From)
                    .Distinct()
                    .Select(from => new JsonObject
                    {
                        ["wa_id"] = from,
                        ["profile"] = new JsonObject { ["name"] = "Guest " + from[^4..] },
                    }),
            ]),
            ["messages"] = new JsonArray([
                .. all.Select(m => new JsonObject
                {
                    ["from"] = m.From,
                    ["id"] = m.Id,
                    ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                    ["type"] = "text",
                    ["text"] = new JsonObject { ["body"] = $"Good morning, can we check in at noon? {m.Id}" },
                }),
            ]),
        };
        var payload = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(
                new JsonObject { ["id"] = "1", ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }) }
            ),
        };
        return Encoding.UTF8.GetBytes(payload.ToJsonString());
    }

    /// <summary>The whole request, signed, as it goes over the wire.</summary>
    public static byte[] Request(string path, byte[] body)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        var head =
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nX-Hub-Signature-256: sha256={signature}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
