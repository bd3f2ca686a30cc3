using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bellhop.Providers;

/// <summary>Events as the providers write and prove them.</summary>
public static class Payloads
{
    // Meta writes everything beyond ASCII as \uXXXX and signs these bytes.
    private static readonly JsonSerializerOptions Escaped = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>A text of a guest.</summary>
    public static byte[] Message(Account account, string guest, string name, string id, string text) =>
        account.Kind switch
        {
            "whatsApp" => WhatsApp(account, "messages", WhatsAppText(guest, id, text), guest, name),
            "telegram" => Update(guest, name, id, new JsonObject { ["text"] = text }),
            _ => Messaging(
                account,
                guest,
                account.Id,
                new JsonObject
                {
                    ["message"] = new JsonObject { ["mid"] = id, ["text"] = text },
                }
            ),
        };

    /// <summary>A file of a guest, with or without words.</summary>
    /// <param name="file">The file with its id, and the address where the provider has it.</param>
    public static byte[] File(
        Account account,
        string guest,
        string name,
        string id,
        (string Id, string Url, SentFile File) file,
        string? text,
        string? album = null
    )
    {
        var (media, url, sent) = file;
        if (account.Kind == "whatsApp")
        {
            var item = new JsonObject
            {
                ["from"] = guest,
                ["id"] = id,
                ["timestamp"] = Seconds(),
                ["type"] = sent.Kind,
                [sent.Kind] = new JsonObject
                {
                    ["id"] = media,
                    ["mime_type"] = sent.Type,
                    ["filename"] = sent.Kind == "document" ? sent.Name : null,
                    ["caption"] = text,
                },
            };
            return WhatsApp(account, "messages", item, guest, name);
        }

        if (!account.IsTelegram)
        {
            var attachment = new JsonObject
            {
                ["type"] = sent.Kind == "document" ? "file" : sent.Kind,
                ["payload"] = new JsonObject { ["url"] = url },
            };
            var said = new JsonObject { ["mid"] = id, ["attachments"] = new JsonArray(attachment) };
            if (text is not null)
            {
                said["text"] = text;
            }

            return Messaging(account, guest, account.Id, new JsonObject { ["message"] = said });
        }

        var about = new JsonObject
        {
            ["file_id"] = media,
            ["file_unique_id"] = media,
            ["file_size"] = sent.Content.Length,
        };
        if (sent.Kind != "image")
        {
            (about["file_name"], about["mime_type"]) = (sent.Name, sent.Type);
        }

        return Update(
            guest,
            name,
            id,
            new JsonObject
            {
                [sent.Kind == "image" ? "photo" : sent.Kind] = sent.Kind == "image" ? new JsonArray(about) : about,
                ["caption"] = text,
                ["media_group_id"] = album,
            }
        );
    }

    /// <summary>One text of WhatsApp, to be put in an event.</summary>
    public static JsonObject WhatsAppText(string guest, string id, string text) =>
        new()
        {
            ["from"] = guest,
            ["id"] = id,
            ["timestamp"] = Seconds(),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text },
        };

    /// <summary>An event of WhatsApp with one item of a list.</summary>
    public static byte[] WhatsApp(Account account, string list, JsonObject item, string? guest = null, string? name = null) =>
        WhatsApp(account, list, [item], guest is null ? [] : [(guest, name)]);

    /// <summary>An event of WhatsApp with many items: a POST carries up to a thousand.</summary>
    public static byte[] WhatsApp(
        Account account,
        string list,
        IEnumerable<JsonObject> items,
        IEnumerable<(string Guest, string? Name)> contacts
    )
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["phone_number_id"] = account.Id },
            ["contacts"] = new JsonArray([
                .. contacts.Select(c => new JsonObject
                {
                    ["wa_id"] = c.Guest,
                    ["profile"] = new JsonObject { ["name"] = c.Name },
                }),
            ]),
            [list] = new JsonArray([.. items]),
        };
        return Bytes(
            new JsonObject
            {
                ["object"] = "whatsapp_business_account",
                ["entry"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = account.WabaId ?? "1",
                        ["changes"] = new JsonArray(
                            new JsonObject { ["field"] = list == "message_echoes" ? "smb_message_echoes" : "messages", ["value"] = value }
                        ),
                    }
                ),
            }
        );
    }

    /// <summary>A guest of Messenger or Instagram takes a message back.</summary>
    public static byte[] Withdrawal(Account account, string guest, string id) =>
        Messaging(
            account,
            guest,
            account.Id,
            new JsonObject
            {
                ["message"] = new JsonObject { ["mid"] = id, ["is_deleted"] = true },
            }
        );

    /// <summary>What staff wrote by the phone's own app.</summary>
    public static byte[] PhoneEcho(Account account, string guest, string id, string text)
    {
        var echo = WhatsAppText(account.Id, id, text);
        echo["to"] = guest;
        return account.Kind == "whatsApp" ? WhatsApp(account, "message_echoes", echo) : Echo(account, guest, id, text, null);
    }

    /// <summary>What becomes of a message that the provider took.</summary>
    public static IEnumerable<byte[]> Fate(Account account, string guest, string id, string? text, string? ownId, int? failedWith)
    {
        if (account.Kind != "whatsApp")
        {
            yield return Echo(account, guest, id, text, ownId);
            yield return Messaging(
                account,
                guest,
                account.Id,
                new JsonObject
                {
                    ["delivery"] = new JsonObject { ["mids"] = new JsonArray(id), ["watermark"] = Now() },
                }
            );
            yield break;
        }

        yield return Status(account, guest, id, ownId, "sent");
        yield return failedWith is { } code
            ? Status(account, guest, id, ownId, "failed", code)
            : Status(account, guest, id, ownId, "delivered");
    }

    public static byte[] Status(Account account, string guest, string id, string? ownId, string status, int? code = null)
    {
        var item = new JsonObject
        {
            ["id"] = id,
            ["status"] = status,
            ["timestamp"] = Seconds(),
            ["recipient_id"] = guest,
            ["biz_opaque_callback_data"] = ownId,
        };
        if (code is not null)
        {
            item["errors"] = new JsonArray(
                new JsonObject
                {
                    ["code"] = code,
                    ["title"] = "failed",
                    ["error_data"] = new JsonObject { ["details"] = "failed" },
                }
            );
        }

        return WhatsApp(account, "statuses", item);
    }

    public static (string Header, string Value) Proof(Account account, byte[] payload) =>
        account.IsTelegram
            ? ("X-Telegram-Bot-Api-Secret-Token", account.Secret)
            : (
                "X-Hub-Signature-256",
                "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account.Secret), payload))
            );

    private static byte[] Echo(Account account, string guest, string id, string? text, string? ownId)
    {
        var message = new JsonObject
        {
            ["mid"] = id,
            ["is_echo"] = true,
            ["text"] = text,
        };
        if (ownId is not null)
        {
            message["metadata"] = ownId;
        }

        return Messaging(account, account.Id, guest, new JsonObject { ["message"] = message });
    }

    private static byte[] Messaging(Account account, string from, string to, JsonObject said)
    {
        said["sender"] = new JsonObject { ["id"] = from };
        said["recipient"] = new JsonObject { ["id"] = to };
        said["timestamp"] = Now();
        return Bytes(
            new JsonObject
            {
                ["object"] = account.Kind == "instagram" ? "instagram" : "page",
                ["entry"] = new JsonArray(
                    new JsonObject
                    {
                        ["id"] = account.Id,
                        ["time"] = Now(),
                        ["messaging"] = new JsonArray(said),
                    }
                ),
            }
        );
    }

    /// <summary>An update of Telegram with one message.</summary>
    private static byte[] Update(string guest, string name, string id, JsonObject said)
    {
        said["message_id"] = long.Parse(id.Split(':')[1], CultureInfo.InvariantCulture);
        said["date"] = Now() / 1000;
        said["from"] = Person(guest, name);
        said["chat"] = new JsonObject { ["id"] = Number(guest), ["type"] = "private" };
        return Bytes(new JsonObject { ["update_id"] = Random.Shared.Next(), ["message"] = said });
    }

    private static JsonObject Person(string guest, string name) =>
        new()
        {
            ["id"] = Number(guest),
            ["is_bot"] = false,
            ["first_name"] = name,
        };

    private static long Number(string guest) => long.Parse(guest, CultureInfo.InvariantCulture);

    private static byte[] Bytes(JsonObject payload) => Encoding.ASCII.GetBytes(payload.ToJsonString(Escaped));

    private static string Seconds() => (Now() / 1000).ToString(CultureInfo.InvariantCulture);

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
}
