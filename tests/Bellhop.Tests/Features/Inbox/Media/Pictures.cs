using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Bellhop.Tests.Features.Inbox.Media;

/// <summary>Pictures, honest and others.</summary>
internal static class Pictures
{
    /// <summary>What a camera writes into a picture beside the pixels.</summary>
    public const string WhereTaken = "GPS 38.7139 N 9.1394 W, at home";

    /// <summary>Blue, with a red part at the top left.</summary>
    public static SKBitmap Drawn(int width, int height)
    {
        var picture = new SKBitmap(width, height);
        using var canvas = new SKCanvas(picture);
        canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, width / 2f, height / 2f, red);
        return picture;
    }

    public static byte[] Png(int width = 40, int height = 30) => Encoded(width, height, SKEncodedImageFormat.Png);

    /// <summary>A picture of a camera that was held upright: its pixels lie on their side.</summary>
    public static byte[] Photo(int width = 400, int height = 300, byte orientation = 6)
    {
        var plain = Encoded(width, height, SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            .. "Exif\0\0MM\0*\0\0\0\x08\0\x01"u8, // one entry:
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            orientation,
            0,
            0,
            0,
            0,
            0,
            0,
            .. Encoding.ASCII.GetBytes(WhereTaken),
        ];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. plain[2..]];
    }

    /// <summary>A picture of a few bytes that says it has so many pixels.</summary>
    public static byte[] Claiming(int width, int height)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 6);
        using var lines = new MemoryStream();
        using (var packed = new ZLibStream(lines, CompressionLevel.Optimal, leaveOpen: true))
        {
            packed.Write(new byte[100_000]);
        }

        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR", head), .. Chunk("IDAT", lines.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Encoded(int width, int height, SKEncodedImageFormat format)
    {
        using var picture = Drawn(width, height);
        using var image = SKImage.FromBitmap(picture);
        using var data = image.Encode(format, 90);
        return data.ToArray();
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(name), .. content];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(body));
        return [.. length, .. body, .. sum];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
