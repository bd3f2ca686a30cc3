using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Bellhop.Platform;

/// <summary>
/// Writes CSV rows (RFC 4180, CRLF) directly as UTF-8, safe for spreadsheets (<see cref="SpreadsheetText"/>). It is for files with millions
/// of rows, where making a string for every cell would cost more than the query.
/// </summary>
internal sealed class CsvBytes
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private byte[] _bytes = new byte[64 * 1024];
    private bool _inRow;

    /// <summary>The number of bytes that are written and not yet cleared.</summary>
    public int Length { get; private set; }

    /// <summary>The written bytes; valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Writes the UTF-8 mark that some spreadsheets need. It must come first.</summary>
    public void Mark() => Put(Encoding.UTF8.Preamble);

    /// <summary>An empty cell.</summary>
    public void Nothing() => Next();

    /// <summary>Writes a text. It is guarded and quoted if needed.</summary>
    public void Text(ReadOnlySpan<char> cell)
    {
        Next();
        var quoted = cell.ContainsAny(Quoted);
        Room((3 * cell.Length) + 3);
        if (quoted)
        {
            _bytes[Length++] = (byte)'"';
        }

        if (SpreadsheetText.IsFormula(cell))
        {
            _bytes[Length++] = (byte)'\'';
        }

        if (quoted)
        {
            Quote(cell);
            _bytes[Length++] = (byte)'"';
        }
        else
        {
            Encode(cell);
        }
    }

    /// <summary>Writes bytes made by <see cref="Cell"/>.</summary>
    public void Ready(ReadOnlySpan<byte> cell)
    {
        Next();
        Put(cell);
    }

    /// <summary>The bytes of a text as <see cref="Text"/> writes it, for cells that are often repeated.</summary>
    public static byte[] Cell(string text)
    {
        var one = new CsvBytes { _bytes = new byte[(3 * text.Length) + 8] };
        one.Text(text);
        return one.Written.ToArray();
    }

    public void Number(long number)
    {
        Next();
        Guard(number);
        Room(24);
        number.TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    /// <summary>An amount of minor units with so many decimals.</summary>
    public void Amount(long minor, int decimals)
    {
        if (decimals == 0)
        {
            Number(minor);
            return;
        }

        Next();
        Guard(minor);
        Room(32);
        var size = (ulong)Math.Abs((decimal)minor);
        var factor = decimals == 3 ? 1000UL : 100UL;
        if (minor < 0)
        {
            _bytes[Length++] = (byte)'-';
        }

        (size / factor).TryFormat(_bytes.AsSpan(Length), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        _bytes[Length++] = (byte)'.';
        Digits((int)(size % factor), decimals);
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>, or its month alone.</summary>
    public void Day(DateOnly day, bool monthOnly = false)
    {
        Next();
        Room(10);
        Digits(day.Year, 4);
        _bytes[Length++] = (byte)'-';
        Digits(day.Month, 2);
        if (!monthOnly)
        {
            _bytes[Length++] = (byte)'-';
            Digits(day.Day, 2);
        }
    }

    public void EndRow()
    {
        Put("\r\n"u8);
        _inRow = false;
    }

    private void Next()
    {
        if (_inRow)
        {
            Room(1);
            _bytes[Length++] = (byte)',';
        }

        _inRow = true;
    }

    // A negative number begins with a minus, which a spreadsheet may take for a formula.
    private void Guard(long number)
    {
        if (number < 0)
        {
            Room(1);
            _bytes[Length++] = (byte)'\'';
        }
    }

    private void Quote(ReadOnlySpan<char> text)
    {
        Room((3 * text.Length) + (3 * text.Count('"')) + 3);
        while (text.IndexOf('"') is >= 0 and var at)
        {
            Encode(text[..(at + 1)]);
            _bytes[Length++] = (byte)'"';
            text = text[(at + 1)..];
        }

        Encode(text);
    }

    private void Encode(ReadOnlySpan<char> text)
    {
        Utf8.FromUtf16(text, _bytes.AsSpan(Length), out _, out var written);
        Length += written;
    }

    private void Digits(int number, int count)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            _bytes[Length + i] = (byte)('0' + (number % 10));
            number /= 10;
        }

        Length += count;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        Room(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Room(int more)
    {
        if (_bytes.Length - Length < more)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + more));
        }
    }
}
