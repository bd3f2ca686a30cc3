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

    /// <summary>The name of the encoding; null when the file is ordinary UTF-8.</summary>
    public static string? Of(string path, CancellationToken cancel)
    {
        Pairs[] pages = [new(Latin1), new(CodePages.Western)];
        using var text = new StreamReader(FileText.Stream(path), Encoding.UTF8);
        var buffer = new char[32 * 1024];
        while (Array.Exists(pages, p => !p.IsBroken) && text.Read(buffer) is > 0 and var read)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var page in pages)
            {
                page.Take(buffer.AsSpan(0, read));
            }
        }

        return Array.Find(pages, p => p.IsWhole) is { } found ? Prefix + found.Page : null;
    }

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

    /// <summary>Whether a text's characters beyond ASCII are all bytes of UTF-8, taken for characters of the page.</summary>
    private sealed class Pairs(string page)
    {
        private readonly Dictionary<char, byte> _bytes = Enumerable
            .Range(0x80, 0x80)
            .ToDictionary(b => CodePages.Get(page).GetString([(byte)b])[0], b => (byte)b);

        private int _open;
        private bool _any;

        public string Page => page;
        public bool IsBroken { get; private set; }
        public bool IsWhole => !IsBroken && _any && _open == 0;

        public void Take(ReadOnlySpan<char> text)
        {
            for (var i = 0; i < text.Length && !IsBroken; i++)
            {
                var isAscii = char.IsAscii(text[i]);
                IsBroken = isAscii ? _open > 0 : !_bytes.TryGetValue(text[i], out var b) || !Follows(b);
                _any = _any || !isAscii;
            }
        }

        // Whether the byte may stand here in UTF-8. Counts how many bytes its character still has.
        private bool Follows(byte b)
        {
            if (_open > 0)
            {
                _open--;
                return b is >= 0x80 and <= 0xBF;
            }

            _open =
                b is >= 0xC2 and <= 0xDF ? 1
                : b is >= 0xE0 and <= 0xEF ? 2
                : b is >= 0xF0 and <= 0xF4 ? 3
                : 0;
            return _open > 0;
        }
    }
}
