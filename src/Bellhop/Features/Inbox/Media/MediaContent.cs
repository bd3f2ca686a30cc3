using System.Text;
using Bellhop.Features.Channels;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Says what a file is by what it holds. Its name and what its sender says of it count for nothing. What is not in this table is of no
/// type, and is only ever a download.
/// </summary>
internal static class MediaContent
{
    /// <summary>So much of the beginning is looked at.</summary>
    public const int Looked = 4096;

    public const string Unknown = "application/octet-stream";

    private static readonly (int At, byte[] Bytes, string Type)[] Marks =
    [
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        (0, [0x89, .. "PNG\r\n\x1A\n"u8], "image/png"),
        (0, [.. "GIF87a"u8], "image/gif"),
        (0, [.. "GIF89a"u8], "image/gif"),
        (8, [.. "WEBP"u8], "image/webp"),
        (8, [.. "WAVE"u8], "audio/wav"),
        (0, [.. "%PDF-"u8], "application/pdf"),
        (0, [.. "OggS"u8], "audio/ogg"),
        (0, [.. "#!AMR"u8], "audio/amr"),
        (0, [.. "ID3"u8], "audio/mpeg"),
        (0, [0xFF, 0xFB], "audio/mpeg"),
        (0, [0xFF, 0xF3], "audio/mpeg"),
        (0, [0xFF, 0xF1], "audio/aac"),
        (0, [0xFF, 0xF9], "audio/aac"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        (4, [.. "ftypM4A"u8], "audio/mp4"),
        (4, [.. "ftyp3g"u8], "video/3gpp"),
        (4, [.. "ftypqt"u8], "video/quicktime"),
        (4, [.. "ftyphei"u8], "image/heic"),
        (4, [.. "ftypavif"u8], "image/avif"),
        (4, [.. "ftyp"u8], "video/mp4"),
    ];

    // An office document is a zip file whose first entries lie in a folder of its program.
    private static readonly (string Folder, string Type)[] Office =
    [
        ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];

    /// <param name="head">The first <see cref="Looked"/> bytes, or all.</param>
    public static string TypeOf(ReadOnlySpan<byte> head)
    {
        foreach (var (at, bytes, type) in Marks)
        {
            if (head.Length >= at + bytes.Length && head.Slice(at, bytes.Length).SequenceEqual(bytes))
            {
                return type;
            }
        }

        if (head.StartsWith("PK\x03\x04"u8))
        {
            foreach (var (folder, type) in Office)
            {
                if (head.IndexOf(Encoding.ASCII.GetBytes(folder)) >= 0)
                {
                    return type;
                }
            }

            return "application/zip";
        }

        return IsText(head) ? "text/plain" : Unknown;
    }

    /// <summary>Whether a preview is made of it.</summary>
    public static bool IsPicture(string type) => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp";

    /// <summary>As what a channel takes it: providers show as a picture, video or sound only what they can play.</summary>
    public static MessageType SentAs(string type, AccountKind channel) =>
        type switch
        {
            "image/jpeg" or "image/png" => MessageType.Image,
            "image/gif" when channel is AccountKind.Messenger or AccountKind.Instagram => MessageType.Image,
            "image/webp" when channel == AccountKind.Telegram => MessageType.Image,
            "video/mp4" => MessageType.Video,
            "video/3gpp" when channel == AccountKind.WhatsApp => MessageType.Video,
            "audio/mpeg" or "audio/mp4" => MessageType.Audio,
            "audio/aac" or "audio/amr" or "audio/ogg" when channel == AccountKind.WhatsApp => MessageType.Audio,
            _ => MessageType.Document,
        };

    // Markup is text too: nothing here runs it.
    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.ContainsAnyInRange((byte)0, (byte)8) || head.ContainsAnyInRange((byte)14, (byte)26))
        {
            return false;
        }

        // The last character may be cut.
        for (var cut = 0; cut < 4 && cut < head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return true;
            }
        }

        return false;
    }
}
