using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Bellhop.Features.Channels;

/// <summary>
/// Changes texts in the bytes of a JSON payload themselves, escapes and all, and never a payload's length: what is kept of it stays what
/// came, but for what must not be kept or could not be read.
/// </summary>
internal static class RawText
{
    private const int EscapeLength = 6; // \u0034

    /// <summary>
    /// Replaces halves of characters, written as escapes, and bytes that are no UTF-8. Asking for a text with one throws, and would lose
    /// the payload.
    /// </summary>
    public static void Repair(Span<byte> json)
    {
        var rest = Utf8.IsValid(json) ? [] : json;
        while (Rune.DecodeFromUtf8(rest, out _, out var used) is var status && used > 0)
        {
            if (status != OperationStatus.Done)
            {
                rest[..used].Fill((byte)'?');
            }

            rest = rest[used..];
        }

        var at = 0;
        while (at < json.Length && json[at..].IndexOf((byte)'\\') is >= 0 and var found)
        {
            at += found;
            if (Escaped(json, at) is not { } first)
            {
                at += 2; // also past a backslash that is itself escaped
                continue;
            }

            if (char.IsHighSurrogate(first) && Escaped(json, at + EscapeLength) is { } second && char.IsLowSurrogate(second))
            {
                at += EscapeLength;
            }
            else if (char.IsSurrogate(first))
            {
                "fffd"u8.CopyTo(json[(at + 2)..]);
            }

            at += EscapeLength;
        }
    }

    /// <summary>Masks the card numbers in one text of the payload.</summary>
    /// <param name="json">The payload.</param>
    /// <param name="from">Where the text begins, behind its quotation mark.</param>
    /// <param name="length">Its length in bytes.</param>
    public static void Mask(byte[] json, int from, int length)
    {
        // Most texts have no digits at all, and few have escapes.
        var text = json.AsSpan(from, length);
        if (text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0 && Ascii.IsValid(text))
        {
            return;
        }

        var signs = Signs(text);
        CardNumbers.Find(signs.Count, i => signs[i].Sign, i => Hide(json.AsSpan(from + signs[i].At, signs[i].Length)));
    }

    private static void Hide(Span<byte> digit)
    {
        if (digit.Length == EscapeLength)
        {
            "002a"u8.CopyTo(digit[2..]);
        }
        else
        {
            digit.Fill((byte)'*');
        }
    }

    private static List<(char Sign, int At, int Length)> Signs(ReadOnlySpan<byte> text)
    {
        var signs = new List<(char Sign, int At, int Length)>(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var length = 1;
            var sign = (char)text[at];
            if (sign == '\\')
            {
                (sign, length) = Escaped(text, at) is { } escaped
                    ? (escaped, EscapeLength)
                    : (Short(text[at..]), Math.Min(2, text.Length - at));
            }
            else if (!char.IsAscii(sign))
            {
                Rune.DecodeFromUtf8(text[at..], out var rune, out length);
                sign = rune.IsBmp ? (char)rune.Value : 'x';
            }

            signs.Add((sign, at, length));
            at += length;
        }

        return signs;
    }

    private static char Short(ReadOnlySpan<byte> escape) =>
        escape switch
        {
            [_, (byte)'n' or (byte)'r' or (byte)'t', ..] => ' ',
            [_, (byte)'/', ..] => '/',
            _ => 'x',
        };

    private static char? Escaped(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? (char)value
            : null;
}
