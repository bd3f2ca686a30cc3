using System.Buffers.Binary;
using System.Text;

namespace Bellhop.Benchmarks.Pages;

/// <summary>As much of MessagePack as a page and its circuit say to each other.</summary>
internal static class Packed
{
    /// <summary>A call of the circuit, with its length before it as the protocol wants.</summary>
    /// <param name="id">Null for a call without an answer.</param>
    public static byte[] Call(string? id, string target, params object?[] args)
    {
        var body = new List<byte> { 0x96, 1, 0x80 };
        Write(body, id);
        Write(body, target);
        body.Add((byte)(0x90 | args.Length));
        foreach (var arg in args)
        {
            Write(body, arg);
        }

        body.Add(0x90);
        return Framed(body);
    }

    /// <summary>Says that the page is still there.</summary>
    public static byte[] Ping { get; } = Framed([0x91, 6]);

    /// <summary>The next message's value; moves on behind it. Texts, whole numbers, booleans, nulls, and lists of these.</summary>
    public static object? Read(ReadOnlySpan<byte> from, ref int at)
    {
        var what = from[at++];
        switch (what)
        {
            case <= 0x7f:
                return (long)what;
            case <= 0x8f:
                return Map(from, ref at, what & 0x0f);
            case <= 0x9f:
                return List(from, ref at, what & 0x0f);
            case <= 0xbf:
                return Text(from, ref at, what & 0x1f);
            case 0xc0:
                return null;
            case 0xc2 or 0xc3:
                return what == 0xc3;
            case 0xc4 or 0xd9:
                return Text(from, ref at, (int)Number(from, ref at, 1));
            case 0xc5 or 0xda:
                return Text(from, ref at, (int)Number(from, ref at, 2));
            case 0xc6 or 0xdb:
                return Text(from, ref at, (int)Number(from, ref at, 4));
            case >= 0xcc and <= 0xcf:
                return Number(from, ref at, 1 << (what - 0xcc));
            case >= 0xd0 and <= 0xd3:
                return Number(from, ref at, 1 << (what - 0xd0));
            case 0xdc:
                return List(from, ref at, (int)Number(from, ref at, 2));
            case >= 0xe0:
                return (long)(sbyte)what;
            default:
                throw new InvalidOperationException($"The circuit says 0x{what:x2}, which is not understood.");
        }
    }

    /// <summary>The length of the message that begins here; moves on to its first byte. Null when the length is not all there.</summary>
    public static int? Length(ReadOnlySpan<byte> from, ref int at)
    {
        var (length, shift) = (0, 0);
        for (var i = at; i < from.Length; i++, shift += 7)
        {
            length |= (from[i] & 0x7f) << shift;
            if (from[i] < 0x80)
            {
                at = i + 1;
                return length;
            }
        }

        return null;
    }

    private static byte[] Framed(List<byte> body)
    {
        var all = new List<byte>(body.Count + 5);
        for (var left = body.Count; ; left >>= 7)
        {
            all.Add((byte)(left > 0x7f ? left | 0x80 : left));
            if (left <= 0x7f)
            {
                return [.. all, .. body];
            }
        }
    }

    private static void Write(List<byte> to, object? value)
    {
        Span<byte> number = stackalloc byte[8];
        switch (value)
        {
            case null:
                to.Add(0xc0);
                break;
            case bool yes:
                to.Add((byte)(yes ? 0xc3 : 0xc2));
                break;
            case long some:
                BinaryPrimitives.WriteInt64BigEndian(number, some);
                to.Add(0xd3);
                to.AddRange(number);
                break;
            default:
                var text = Encoding.UTF8.GetBytes((string)value);
                BinaryPrimitives.WriteInt32BigEndian(number, text.Length);
                to.Add(0xdb);
                to.AddRange(number[..4]);
                to.AddRange(text);
                break;
        }
    }

    private static long Number(ReadOnlySpan<byte> from, ref int at, int bytes)
    {
        var number = 0L;
        for (var i = 0; i < bytes; i++)
        {
            number = (number << 8) | from[at++];
        }

        return number;
    }

    private static string Text(ReadOnlySpan<byte> from, ref int at, int length)
    {
        at += length;
        return Encoding.UTF8.GetString(from.Slice(at - length, length));
    }

    private static object?[] List(ReadOnlySpan<byte> from, ref int at, int length)
    {
        var list = new object?[length];
        for (var i = 0; i < length; i++)
        {
            list[i] = Read(from, ref at);
        }

        return list;
    }

    private static object?[] Map(ReadOnlySpan<byte> from, ref int at, int length) => List(from, ref at, 2 * length);
}
