using System.Buffers;
using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Reads a file's bytes as text. Bellhop decides the encoding itself: by a byte order mark; else zeros in every second byte mean UTF-16;
/// else it is UTF-8. If the wrong bytes are at least as many as the correct multi-byte characters, <see cref="CodePages"/> guesses.
/// </summary>
internal static class FileText
{
    public const string Utf8 = "utf-8";
    public const string Utf16 = "utf-16";
    public const string Utf16BigEndian = "utf-16BE";

    private const int Chunk = 128 * 1024;

    public static TextReader Open(string path, string encoding)
    {
        var reader = new StreamReader(
            TwiceEncoded.Open(path, encoding) ?? Stream(path),
            Of(encoding),
            detectEncodingFromByteOrderMarks: false,
            Chunk
        );
        if (reader.Peek() == '\uFEFF')
        {
            _ = reader.Read();
        }

        return reader;
    }

    public static FileStream Stream(string path) =>
        new(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            }
        );

    /// <summary>Finds the encoding. May read the whole file, with constant memory.</summary>
    public static string EncodingOf(string path, ReadOnlySpan<byte> head, CancellationToken cancel) =>
        head switch
        {
            [0xEF, 0xBB, 0xBF, ..] => TwiceEncoded.Of(path, cancel) ?? Utf8,
            [0xFF, 0xFE, ..] => Utf16,
            [0xFE, 0xFF, ..] => Utf16BigEndian,
            _ => Pattern(head)
                ?? (
                    !IsUtf8(path, out var isAscii, cancel) ? CodePages.Of(path, cancel)
                    : isAscii ? Utf8
                    : TwiceEncoded.Of(path, cancel) ?? Utf8
                ),
        };

    private static Encoding Of(string name) =>
        name switch
        {
            Utf16 => Encoding.Unicode,
            Utf16BigEndian => Encoding.BigEndianUnicode,
            _ when name.StartsWith(Utf8, StringComparison.Ordinal) => Encoding.UTF8,
            _ => CodePages.Get(name),
        };

    private static string? Pattern(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            even += head[i] == 0 ? 1 : 0;
            odd += head[i + 1] == 0 ? 1 : 0;
        }

        var some = Math.Max(2, head.Length / 20);
        return odd >= some && even <= odd / 50 ? Utf16
            : even >= some && odd <= even / 50 ? Utf16BigEndian
            : null;
    }

    private static bool IsUtf8(string path, out bool isAscii, CancellationToken cancel)
    {
        using var stream = Stream(path);
        var buffer = new byte[Chunk];
        var (kept, good, bad) = (0, 0L, 0L);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var read = stream.Read(buffer, kept, buffer.Length - kept);
            var bytes = buffer.AsSpan(0, kept + read);
            if (read == 0)
            {
                isAscii = (good, bad, kept) == (0, 0, 0);

                // A character that is cut off at the end of the file counts neither way, if other characters are right.
                return bad == 0 ? kept == 0 || good > 0 : good > bad;
            }

            kept = Weigh(bytes, ref good, ref bad);
            bytes[^kept..].CopyTo(buffer);
        }
    }

    // Counts correct multi-byte characters and wrong bytes. Returns how many bytes at the end may still become a character.
    private static int Weigh(Span<byte> bytes, ref long good, ref long bad)
    {
        if (Ascii.IsValid(bytes))
        {
            return 0;
        }

        var cut = Cut(bytes);
        if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut]))
        {
            foreach (var b in bytes)
            {
                good += b >= 0xC0 ? 1 : 0;
            }

            return cut;
        }

        while (!bytes.IsEmpty)
        {
            var ascii = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0)
            {
                return 0;
            }

            bytes = bytes[ascii..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            if (status == OperationStatus.NeedMoreData)
            {
                return bytes.Length;
            }

            (good, bad) = status == OperationStatus.Done ? (good + 1, bad) : (good, bad + used);
            bytes = bytes[used..];
        }

        return 0;
    }

    private static int Cut(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            if (bytes[^back] >= 0xC0)
            {
                return Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
            }
        }

        return 0;
    }
}
