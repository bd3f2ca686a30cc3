using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// UTF-8 that a program took for a western code page and encoded once more: MarÃ­a. It is read so only if every character beyond ASCII in
/// the whole file is part of such a pair, which no other text has.
/// </summary>
internal static class TwiceEncoded
{
    private const string Prefix = "utf-8 as ";
    private const string Latin1 = "iso-8859-1";

    private static readonly string[] Pages = [Latin1, CodePages.Western];

    /// <summary>The name of the encoding; null when the file is ordinary UTF-8.</summary>
    public static string? Of(string path, CancellationToken cancel) =>
        Pages.FirstOrDefault(p => Is(path, Bytes(p), cancel)) is { } page ? Prefix + page : null;

    /// <summary>The file as it was before it was encoded again; null when the name is of another encoding.</summary>
    public static Stream? Open(string path, string name)
    {
        if (!name.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var stream = FileText.Stream(path);
        stream.Position = stream.ReadByte() == 0xEF && stream.ReadByte() == 0xBB && stream.ReadByte() == 0xBF ? 3 : 0;
        return Encoding.CreateTranscodingStream(stream, Encoding.UTF8, CodePages.Get(name[Prefix.Length..]));
    }

    private static bool Is(string path, Dictionary<char, byte> bytes, CancellationToken cancel)
    {
        using var text = new StreamReader(FileText.Stream(path), Encoding.UTF8);
        var (buffer, open, pairs) = (new char[32 * 1024], 0, 0);
        while (text.Read(buffer) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var c in buffer.AsSpan(0, read))
            {
                if (char.IsAscii(c) ? open > 0 : !bytes.TryGetValue(c, out var b) || !Follows(b, ref open))
                {
                    return false;
                }

                pairs += char.IsAscii(c) || open > 0 ? 0 : 1;
            }
        }

        return pairs > 0 && open == 0;
    }

    // Whether the byte may stand here in UTF-8. Counts how many bytes its character still has.
    private static bool Follows(byte b, ref int open)
    {
        if (open > 0)
        {
            open--;
            return b is >= 0x80 and <= 0xBF;
        }

        open =
            b is >= 0xC2 and <= 0xDF ? 1
            : b is >= 0xE0 and <= 0xEF ? 2
            : b is >= 0xF0 and <= 0xF4 ? 3
            : 0;
        return open > 0;
    }

    private static Dictionary<char, byte> Bytes(string page) =>
        Enumerable.Range(0x80, 0x80).ToDictionary(b => CodePages.Get(page).GetString([(byte)b])[0], b => (byte)b);
}
