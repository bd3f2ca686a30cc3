namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Finds where rows of a CSV text begin and end, holding at most one row of the longest length. It treats quotes like the CSV reader: a
/// quote opens only at the beginning of a cell (spaces before it are ignored), and what follows the closing quote is text.
/// </summary>
internal sealed class RowScanner(TextReader source, char delimiter, long firstLine, CancellationToken cancel)
{
    /// <summary>The longest row, in characters.</summary>
    public const int MaxRow = 256 * 1024;

    private const int Chunk = 16 * 1024;

    // Grows with the rows, up to the longest row.
    private char[] _buffer = new char[4 * Chunk];
    private int _from;
    private int _at;
    private int _end;
    private int _secondLine;
    private int _filled;
    private int _lines;
    private bool _ended;

    public enum Found
    {
        Row,
        Nothing,
        TooLong,
        Unclosed,
    }

    /// <summary>The line on which the next row begins.</summary>
    public long Line { get; private set; } = firstLine;

    /// <summary>Characters read from the source so far.</summary>
    public long Taken { get; private set; }

    /// <summary>The row found, without its line end. For a row in error, its first line.</summary>
    public ReadOnlySpan<char> Row =>
        _buffer.AsSpan(
            _from,
            (
                _end >= 0 ? _end
                : _secondLine >= 0 ? _secondLine
                : _at
            ) - _from
        );

    /// <summary>How many characters of the row follow its first line. They would be read again.</summary>
    public int Behind => _secondLine < 0 ? 0 : _at - _secondLine;

    /// <summary>Looks at the next row without moving past it.</summary>
    public Found Look()
    {
        cancel.ThrowIfCancellationRequested();
        (_at, _end, _secondLine, _lines) = (_from, -1, -1, 0);
        var found = Scan();
        return found == Found.Row && _end - _from > MaxRow ? Found.TooLong : found;
    }

    /// <summary>Moves past the row.</summary>
    public void Pass()
    {
        var whole = _end >= 0;
        (_from, Line) = (_at, Line + _lines);
        if (!whole)
        {
            SkipLine();
        }
    }

    /// <summary>Moves past the first line of a row of several lines.</summary>
    public void PassLine() => (_from, Line) = (_secondLine, Line + 1);

    private Found Scan()
    {
        while (true)
        {
            SkipBlanks();
            if (Is('"'))
            {
                var before = _lines;
                _at++;
                if (!CloseQuote())
                {
                    return _secondLine < 0 && !_ended ? Found.TooLong : Found.Unclosed;
                }

                // Text follows a quote that closed on another line. So this was the opening quote of another cell.
                if (before != _lines && !EndsCell())
                {
                    return Found.Unclosed;
                }
            }

            if (!Find(delimiter))
            {
                if (!_ended)
                {
                    return Found.TooLong;
                }

                _end = _at;
                return _at == _from ? Found.Nothing : Found.Row;
            }

            if (_buffer[_at] != delimiter)
            {
                _end = _at;
                SkipLineEnd();
                return Found.Row;
            }

            _at++;
        }
    }

    private bool CloseQuote()
    {
        while (Find('"'))
        {
            if (_buffer[_at] != '"')
            {
                SkipLineEnd();
                _secondLine = _secondLine < 0 ? _at : _secondLine;
                continue;
            }

            _at++;
            if (!Is('"'))
            {
                return true;
            }

            _at++;
        }

        return false;
    }

    private bool EndsCell()
    {
        SkipBlanks();
        return !Some() || _buffer[_at] == delimiter || _buffer[_at] is '\r' or '\n';
    }

    private void SkipBlanks()
    {
        while (Some() && _buffer[_at] is ' ' or '\t' && _buffer[_at] != delimiter)
        {
            _at++;
        }
    }

    private void SkipLineEnd()
    {
        _lines++;
        if (_buffer[_at++] == '\r' && Is('\n'))
        {
            _at++;
        }
    }

    // Skips the rest of a line that is too long. This may be the rest of the file.
    private void SkipLine()
    {
        (_end, _secondLine, _lines) = (-1, -1, 0);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (Find('\n'))
            {
                SkipLineEnd();
                (_from, Line) = (_at, Line + 1);
                return;
            }

            _from = _at;
            if (_ended)
            {
                return;
            }
        }
    }

    private bool Is(char c) => Some() && _buffer[_at] == c;

    private bool Some() => _at < _filled || More();

    /// <summary>Moves to this character or a line end; false when none is within the longest row.</summary>
    private bool Find(char c)
    {
        do
        {
            var length = _buffer.AsSpan(_at, _filled - _at).IndexOfAny(c, '\r', '\n');
            if (length >= 0)
            {
                _at += length;
                return true;
            }

            _at = _filled;
        } while (More());

        return false;
    }

    private bool More()
    {
        if (_ended || _filled - _from > MaxRow)
        {
            return false;
        }

        if (_buffer.Length - _filled < Chunk)
        {
            _buffer.AsSpan(_from, _filled - _from).CopyTo(_buffer);
            (_at, _filled, _end, _secondLine) = (
                _at - _from,
                _filled - _from,
                _end < 0 ? -1 : _end - _from,
                _secondLine < 0 ? -1 : _secondLine - _from
            );
            _from = 0;
            if (_buffer.Length - _filled < Chunk)
            {
                Array.Resize(ref _buffer, Math.Min(2 * _buffer.Length, MaxRow + (2 * Chunk)));
            }
        }

        var read = source.Read(_buffer, _filled, Math.Min(Chunk, _buffer.Length - _filled));
        _filled += read;
        Taken += read;
        _ended = read == 0;
        return read > 0;
    }
}
