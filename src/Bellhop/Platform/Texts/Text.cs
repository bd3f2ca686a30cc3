using System.Buffers;
using System.Globalization;
using System.Text;

namespace Bellhop.Platform;

/// <summary>Why a text is refused at the door; its sentence is the text <c>Fault.Text.</c> and the name.</summary>
public enum TextProblem
{
    /// <summary>NUL or another control character.</summary>
    Control,

    /// <summary>A line end or a tab in a field of one line.</summary>
    LineEnd,

    /// <summary>A lone surrogate or another code that is no character: it has no UTF-8 form, or no normal form.</summary>
    Malformed,

    /// <summary>More combining marks on one letter than any language writes.</summary>
    TooManyMarks,
}

/// <summary>Text as it may be stored: both databases take the same, and give it back unchanged.</summary>
public static class Text
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\t\n\v\f\r\u0085\u2028\u2029");

    // Stacked marks of real languages end at about ten; UAX #15 calls more than 30 a stream to be cut.
    private const int MarksOnOneLetter = 30;

    /// <summary>
    /// The text trimmed and in NFC, CR LF and CR as LF; null where nothing visible is left. With an error the value is null. Lengths are
    /// the use case's to check, on the value given back here.
    /// </summary>
    public static (string? Value, TextProblem? Error) Clean(string? raw, bool multiline = false)
    {
        if (raw is null)
        {
            return (null, null);
        }

        var text = Trim(raw);
        if (Check(text, multiline) is { } error)
        {
            return (null, error);
        }

        if (!IsVisible(text))
        {
            return (null, null);
        }

        if (multiline)
        {
            text = text.ReplaceLineEndings("\n");
        }

        return (text.Normalize(NormalizationForm.FormC), null);
    }

    /// <summary>
    /// The text in one line: line breaks and tabs, with the blanks around them, become one space. For names, which break in cells and
    /// signatures.
    /// </summary>
    public static string? OneLine(string? raw)
    {
        if (raw is null || !raw.AsSpan().ContainsAny(Breaks))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            var from = i;
            while (i < raw.Length && char.IsWhiteSpace(raw[i]))
            {
                i++;
            }

            var blanks = raw.AsSpan(from, i - from);
            _ = blanks.ContainsAny(Breaks) ? text.Append(' ') : text.Append(blanks);
            if (i < raw.Length)
            {
                text.Append(raw[i]);
            }
        }

        return text.ToString();
    }

    /// <summary>Makes a text storable: control characters become spaces; lone surrogates and surplus marks are removed.</summary>
    public static string Repaired(string raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        var (text, marks) = (new StringBuilder(raw.Length), 0);
        for (var i = 0; i < raw.Length; i++)
        {
            if (!Rune.TryGetRuneAt(raw, i, out var rune) || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                continue;
            }

            i += rune.Utf16SequenceLength - 1;
            var category = Rune.GetUnicodeCategory(rune);
            var isMark =
                category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;
            marks =
                isMark ? marks + 1
                : category == UnicodeCategory.Format ? marks
                : 0;
            if (marks <= MarksOnOneLetter)
            {
                text.Append(category == UnicodeCategory.Control && rune.Value is not ('\t' or '\n' or '\r') ? " " : rune.ToString());
            }
        }

        return text.ToString();
    }

    /// <summary>The beginning of a text, at most <paramref name="most"/> chars, cut between whole characters if possible.</summary>
    public static string Beginning(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is > 0 and var length && end + length <= most)
        {
            end += length;
        }

        return text[..(end > 0 ? end : most)];
    }

    // Spreadsheets and web pages leave a byte order mark or a zero-width space at the ends. Joiners stay: in some scripts words end in one.
    private static string Trim(string raw)
    {
        var (start, end) = (0, raw.Length);
        while (start < end && IsBlank(raw[start]))
        {
            start++;
        }

        while (end > start && IsBlank(raw[end - 1]))
        {
            end--;
        }

        return raw[start..end];
    }

    private static bool IsBlank(char c) => c is '\uFEFF' or '\u200B' || char.IsWhiteSpace(c);

    private static TextProblem? Check(string text, bool multiline)
    {
        var marks = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is >= ' ' and <= '~')
            {
                marks = 0;
                continue;
            }

            if (c is '\t' or '\n' or '\r' or '\u2028' or '\u2029')
            {
                if (!multiline)
                {
                    return TextProblem.LineEnd;
                }

                marks = 0;
                continue;
            }

            // U+FFFE and U+FFFF are no characters, and normalising refuses the first of them.
            if (!Rune.TryGetRuneAt(text, i, out var rune) || (rune.Value & 0xFFFE) == 0xFFFE)
            {
                return TextProblem.Malformed;
            }

            i += rune.Utf16SequenceLength - 1;
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control:
                    return TextProblem.Control;
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark:
                    if (++marks > MarksOnOneLetter)
                    {
                        return TextProblem.TooManyMarks;
                    }

                    break;
                case UnicodeCategory.Format:
                    // A joiner between marks does not begin a new letter.
                    break;
                default:
                    marks = 0;
                    break;
            }
        }

        return null;
    }

    private static bool IsVisible(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && !Rune.IsWhiteSpace(rune))
            {
                return true;
            }
        }

        return false;
    }
}
