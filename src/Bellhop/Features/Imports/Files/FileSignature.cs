using System.Buffers;
using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Recognises files that are not text by their first bytes, whatever their name is.</summary>
internal static class FileSignature
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        14,
        15,
        16,
        17,
        18,
        19,
        20,
        21,
        22,
        23,
        24,
        25,
        27,
        28,
        29,
        30,
        31,
    ]);

    /// <summary>Why the file cannot be read; null when it may be text.</summary>
    public static ErrorText? Of(ReadOnlySpan<byte> head) => Key(head) is { } key ? ErrorText.Of<ImportTexts>("File." + key) : null;

    /// <summary>Whether there are more control characters than in any text.</summary>
    public static bool IsBinary(ReadOnlySpan<byte> head)
    {
        var controls = 0;
        for (var rest = head; rest.IndexOfAny(Controls) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            controls++;
        }

        return controls > head.Length / 10;
    }

    private static string? Key(ReadOnlySpan<byte> head) =>
        head switch
        {
            [0x50, 0x4B, 0x03 or 0x05 or 0x07, ..] => Zip(head),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => "Excel",
            [0x25, 0x50, 0x44, 0x46, 0x2D, ..] => "Pdf",
            [0x89, 0x50, 0x4E, 0x47, ..]
            or [0xFF, 0xD8, 0xFF, ..]
            or [0x47, 0x49, 0x46, 0x38, ..]
            or [0x49, 0x49, 0x2A, 0x00, ..]
            or [0x4D, 0x4D, 0x00, 0x2A, ..] => "Image",
            [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50, ..] or [_, _, _, _, 0x66, 0x74, 0x79, 0x70, ..] => "Image",
            [0x1F, 0x8B, ..] or [0x37, 0x7A, 0xBC, 0xAF, ..] or [0x52, 0x61, 0x72, 0x21, ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] => "Archive",
            _ => Written(Encoding.UTF8.GetString(head[..Math.Min(head.Length, 1024)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n')),
        };

    private static string Zip(ReadOnlySpan<byte> head) =>
        head.IndexOf("opendocument"u8) >= 0 ? "OpenDocument"
        : head.IndexOf("xl/"u8) >= 0 || head.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("_rels/"u8) >= 0 ? "Excel"
        : "Archive";

    private static string? Written(string text) =>
        Begins(text, "<!doctype") || Begins(text, "<html") || Begins(text, "<?xml") || Begins(text, "<table") ? "Web"
        : Begins(text, "{") || Begins(text, "[{") || Begins(text, "[\n") || Begins(text, "[\r") ? "Json"
        : null;

    private static bool Begins(string text, string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
}
