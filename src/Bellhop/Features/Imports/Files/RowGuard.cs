using System.Text;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Sits between the file and the CSV reader. It passes on one row after another, each ended by a line feed and none longer than <see
/// cref="RowScanner.MaxRow"/>, so that no file makes the reader hold more. <see cref="Marks"/> lists the rows passed on and the rows held
/// back.
/// </summary>
internal sealed class RowGuard(TextReader source, char delimiter, long firstLine, CancellationToken cancel) : TextReader
{
    private const int Shown = 500;

    // Limits for reading text again after an unclosed quote: this many characters plus this many times the text read so far.
    private const long Patience = 64L * RowScanner.MaxRow;
    private const int Times = 4;

    // After this many rows in error in sequence, a blank row is passed on. It is as long as one read of the CSV reader.
    private const int MostWaiting = 4096;

    // Old programs write this character at the end.
    private const string EndOfFile = "\u001A";
    private static readonly string Blank = new string(' ', 16 * 1024);

    private readonly RowScanner _rows = new(source, delimiter, firstLine, cancel);
    private long _again;
    private long _handed;
    private int _handing = -1;
    private int _waiting;
    private bool _blank;

    /// <summary>A row, in the order of the file: either passed on, starting at this UTF-8 offset, or in error and held back.</summary>
    public readonly record struct Mark(long Offset, int Line, ErrorText? Problem, string Text);

    public Queue<Mark> Marks { get; } = new();

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length)
        {
            if (_handing < 0)
            {
                if (!Next())
                {
                    break;
                }

                continue;
            }

            var rest = (_blank ? Blank : _rows.Row)[_handing..];
            if (rest.Length > buffer.Length - written)
            {
                rest[..(buffer.Length - written)].CopyTo(buffer[written..]);
                _handing += buffer.Length - written;
                return buffer.Length;
            }

            rest.CopyTo(buffer[written..]);
            written += rest.Length;
            _handing += rest.Length;
            if (written == buffer.Length)
            {
                break;
            }

            buffer[written++] = '\n';
            _handing = -1;
            if (!_blank)
            {
                _rows.Pass();
            }

            _blank = false;
        }

        return written;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Next()
    {
        if (_waiting == MostWaiting)
        {
            _blank = true;
            Hand(Blank);
            return true;
        }

        switch (_rows.Look())
        {
            case RowScanner.Found.Nothing:
                return false;
            case RowScanner.Found.Row:
                Sort();
                break;
            case RowScanner.Found.TooLong:
                Refuse(ErrorText.Of<ImportTexts>("Row.TooLong", RowScanner.MaxRow));
                _rows.Pass();
                break;
            default:
                Refuse(ErrorText.Of<ImportTexts>("Row.UnclosedQuote"));
                PassUnclosed();
                break;
        }

        return true;
    }

    // After an unclosed quote, only its own line is refused. The rows below are read normally.
    private void PassUnclosed()
    {
        if (_rows.Behind > 0 && _again + _rows.Behind <= Patience + (Times * _rows.Taken))
        {
            _again += _rows.Behind;
            _rows.PassLine();
        }
        else
        {
            _rows.Pass();
        }
    }

    private void Sort()
    {
        var row = _rows.Row;
        if (row.IsWhiteSpace() || row is EndOfFile)
        {
            _rows.Pass();
        }
        else if (row.Contains('\0'))
        {
            Refuse(ErrorText.Of<ImportTexts>("Row.Nul"));
            _rows.Pass();
        }
        else
        {
            Hand(row);
        }
    }

    private void Hand(ReadOnlySpan<char> row)
    {
        Marks.Enqueue(new(_handed, Line, null, ""));
        _handed += Encoding.UTF8.GetByteCount(row) + 1;
        (_handing, _waiting) = (0, 0);
    }

    private int Line => (int)Math.Min(_rows.Line, int.MaxValue);

    private void Refuse(ErrorText problem)
    {
        _waiting++;
        var text = _rows.Row;
        Marks.Enqueue(new(_handed, Line, problem, Visible.Of(text[..Math.Min(text.Length, Shown)].TrimEnd("\r\n"))));
    }
}
