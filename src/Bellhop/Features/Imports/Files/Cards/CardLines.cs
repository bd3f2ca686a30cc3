using System.Text;

namespace Bellhop.Features.Imports.Files;

/// <summary>Reads the unfolded lines of vCards. Of unwanted lines and of lines that are too long, it holds only the beginning.</summary>
internal sealed class CardLines(TextReader text)
{
    private const int Unwanted = 256;

    private static readonly string[] Wanted = ["BEGIN", "END", "VERSION", "FN", "N", "TEL", "EMAIL", "ADR", "CATEGORIES", "ORG"];

    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _filled;
    private int _number = 1;

    /// <summary>Whether the lines of this property are held whole.</summary>
    public static bool IsWanted(string property) => Wanted.Contains(property, StringComparer.OrdinalIgnoreCase);

    /// <summary>The next line that is a property; null at the end.</summary>
    public CardLine? Next()
    {
        while (true)
        {
            var number = _number;
            _line.Clear();
            if (!More())
            {
                return null;
            }

            var most = Unwanted;
            Append(ref most);
            while (true)
            {
                // A soft line break: remove the sign. The next line may begin with any character.
                if (_line.Length > 0 && _line[^1] == '=' && IsQuotedPrintable() && More())
                {
                    _line.Length--;
                }
                else if (Peek() is ' ' or '\t')
                {
                    _at++;
                }
                else
                {
                    break;
                }

                Append(ref most);
            }

            if (_line.Length > 0 && CardLine.Parse(number, _line.ToString()) is { } line)
            {
                return line;
            }
        }
    }

    private void Append(ref int most)
    {
        while (More())
        {
            var rest = _buffer.AsSpan(_at, _filled - _at);
            var end = rest.IndexOfAny('\r', '\n');
            var part = end < 0 ? rest : rest[..end];
            var taken = Math.Min(most - _line.Length, part.Length);
            _line.Append(part[..taken]);
            if (most == Unwanted && IsWanted())
            {
                most = RowScanner.MaxRow + 1;
                _line.Append(part[taken..Math.Min(part.Length, taken + most - _line.Length)]);
            }

            _at += part.Length;
            if (end >= 0)
            {
                _number++;
                if (_buffer[_at++] == '\r' && Peek() == '\n')
                {
                    _at++;
                }

                return;
            }
        }
    }

    private bool IsWanted()
    {
        var name = _line.ToString(0, Math.Min(_line.Length, 64));
        name = name[..(name.IndexOfAny([':', ';']) is >= 0 and var end ? end : 0)];
        return IsWanted(name[(name.LastIndexOf('.') + 1)..].Trim());
    }

    private bool IsQuotedPrintable()
    {
        var head = _line.ToString(0, Math.Min(_line.Length, Unwanted));
        return head.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && EncodedValue.IsQuotedPrintable(head[..colon]);
    }

    private char? Peek() => More() ? _buffer[_at] : null;

    private bool More()
    {
        if (_at == _filled)
        {
            (_at, _filled) = (0, text.Read(_buffer, 0, _buffer.Length));
        }

        return _at < _filled;
    }
}
