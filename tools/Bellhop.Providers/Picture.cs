using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Bellhop.Providers;

/// <summary>Pictures to send: a sun over the sea, each in its own light.</summary>
internal static class Picture
{
    private const int Width = 640,
        Height = 480,
        Horizon = 300,
        Sun = 60;

    private static readonly (byte Red, byte Green, byte Blue)[] Skies = [(135, 190, 235), (250, 176, 120), (178, 160, 215), (70, 90, 140)];

    /// <summary>A picture as PNG; other numbers are other pictures.</summary>
    public static byte[] Of(int number)
    {
        var sky = Skies[number % Skies.Length];
        var (left, top) = (120 + (number * 97 % 400), 90 + (number * 41 % 120));
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + (Width * 3)];
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                {
                    var isSun = y < Horizon && ((x - left) * (x - left)) + ((y - top) * (y - top)) < Sun * Sun;
                    var (red, green, blue) =
                        isSun ? ((byte)255, (byte)232, (byte)150)
                        : y < Horizon ? Lit(sky, 80 + (y * 20 / Horizon))
                        : Lit(sky, 65 - ((y - Horizon) * 35 / (Height - Horizon)));
                    (row[1 + (x * 3)], row[2 + (x * 3)], row[3 + (x * 3)]) = (red, green, blue);
                }

                zip.Write(row);
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        (head[8], head[9]) = (8, 2); // eight bits each of red, green and blue
        byte[] mark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
        return [.. mark, .. Chunk("IHDR", head), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static (byte, byte, byte) Lit((byte Red, byte Green, byte Blue) color, int percent) =>
        ((byte)(color.Red * percent / 100), (byte)(color.Green * percent / 100), (byte)(color.Blue * percent / 100));

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] chunk = [.. Encoding.ASCII.GetBytes(name), .. data];
        var sum = 0xFFFFFFFFu;
        foreach (var one in chunk)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320u);
            }
        }

        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~sum);
        return [.. length, .. chunk, .. check];
    }
}
