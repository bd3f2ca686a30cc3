using System.Buffers.Binary;
using System.IO.Compression;
using Bellhop.Platform;

namespace Bellhop.Features.Properties;

/// <summary>
/// Reads a PNG (https://www.w3.org/TR/png-3/) and writes it anew from its pixels alone: texts, places and whatever hides behind the picture
/// are not kept. What is no plain PNG of moderate size is refused; a page turns other pictures into one before it sends them.
/// </summary>
public static class LogoPicture
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>The longest side, in pixels.</summary>
    public const int MostPixels = 1024;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static readonly uint[] CrcTable =
    [
        .. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c >> 1) ^ ((c & 1) * 0xEDB88320u))),
    ];

    /// <summary>The picture, written by us.</summary>
    /// <exception cref="Refusal">400 when it is no such picture.</exception>
    public static byte[] Read(ReadOnlyMemory<byte> file)
    {
        try
        {
            return Rewrite(file.Span);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw Bad();
        }
    }

    internal static Refusal Bad() => Refusal.Invalid("file", ErrorText.Of<PropertyTexts>("Logo.Bad", MostPixels, MostBytes / 1024));

    private static byte[] Rewrite(ReadOnlySpan<byte> file)
    {
        Demand(file.Length <= MostBytes && file.StartsWith(Signature));
        ReadOnlySpan<byte> head = [],
            palette = [],
            clear = [];
        using var packed = new MemoryStream();
        var ended = false;
        for (var at = Signature.Length; !ended; )
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            Demand(length <= MostBytes);
            var chunk = file.Slice(at + 4, (int)length + 4);
            Demand(Crc(chunk) == BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + (int)length)..]));
            Demand(head.Length > 0 || chunk.StartsWith("IHDR"u8));
            var data = chunk[4..];
            if (chunk.StartsWith("IHDR"u8))
            {
                Demand(head.Length == 0);
                head = data;
            }
            else if (chunk.StartsWith("PLTE"u8))
            {
                palette = data;
            }
            else if (chunk.StartsWith("tRNS"u8))
            {
                clear = data;
            }
            else if (chunk.StartsWith("IDAT"u8))
            {
                packed.Write(data);
            }
            else
            {
                ended = chunk.StartsWith("IEND"u8);
                Demand(ended || char.IsAsciiLetterLower((char)chunk[0])); // a chunk that we would have to understand
            }

            at += (int)length + 12;
        }

        var pixels = Pixels(packed, RowBytes(head, palette.Length, clear.Length), (int)BinaryPrimitives.ReadUInt32BigEndian(head[4..]));
        using var to = new MemoryStream();
        to.Write(Signature);
        Write(to, "IHDR"u8, head);
        Write(to, "PLTE"u8, palette);
        Write(to, "tRNS"u8, clear);
        using var again = new MemoryStream();
        using (var zip = new ZLibStream(again, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zip.Write(pixels);
        }

        Write(to, "IDAT"u8, again.ToArray());
        Write(to, "IEND"u8, [], always: true);
        return to.ToArray();
    }

    /// <summary>The bytes of one row, with the byte that says how it is filtered.</summary>
    private static int RowBytes(ReadOnlySpan<byte> head, int palette, int clear)
    {
        Demand(head.Length == 13);
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(head), BinaryPrimitives.ReadUInt32BigEndian(head[4..]));
        Demand(width is > 0 and <= MostPixels && height is > 0 and <= MostPixels);
        var (depth, kind) = (head[8], head[9]);
        Demand(head[10] == 0 && head[11] == 0 && head[12] == 0); // interlaced pictures are not taken
        var samples = kind switch
        {
            0 when depth is 1 or 2 or 4 or 8 or 16 && palette == 0 && clear is 0 or 2 => 1,
            2 when depth is 8 or 16 && clear is 0 or 6 => 3,
            3 when depth is 1 or 2 or 4 or 8 && palette > 0 && clear <= palette / 3 => 1,
            4 when depth is 8 or 16 && palette == 0 && clear == 0 => 2,
            6 when depth is 8 or 16 && clear == 0 => 4,
            _ => 0,
        };
        Demand(samples > 0 && palette % 3 == 0 && palette <= 768);
        return 1 + (int)(((width * samples * depth) + 7) / 8);
    }

    // The data must be exactly as long as the picture is large, so that a small file cannot fill the memory.
    private static byte[] Pixels(MemoryStream packed, int row, int rows)
    {
        packed.Position = 0;
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new byte[row * rows];
        zip.ReadExactly(pixels);
        Demand(zip.ReadByte() < 0);
        for (var i = 0; i < rows; i++)
        {
            Demand(pixels[i * row] <= 4);
        }

        return pixels;
    }

    private static void Write(MemoryStream to, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, bool always = false)
    {
        if (data.Length == 0 && !always)
        {
            return;
        }

        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, (uint)data.Length);
        to.Write(number);
        byte[] chunk = [.. name, .. data];
        to.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(chunk));
        to.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var one in bytes)
        {
            crc = CrcTable[(crc ^ one) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static void Demand(bool isRight)
    {
        if (!isRight)
        {
            throw new InvalidDataException("This is not a picture that is taken.");
        }
    }
}
