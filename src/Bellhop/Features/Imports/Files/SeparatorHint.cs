namespace Bellhop.Features.Imports.Files;

/// <summary>The line <c>sep=;</c> that Excel writes and reads above the headings.</summary>
internal static class SeparatorHint
{
    private const int Longest = 16;

    /// <summary>
    /// Opens the text after the hint, if there is one. Also gives the hint's character and the line on which the text begins.
    /// </summary>
    public static (TextReader Text, char? Hint, long Line) Open(string path, string encoding)
    {
        var text = FileText.Open(path, encoding);
        if (Of(FirstLine(text)) is { } hint)
        {
            return (text, hint, 2);
        }

        text.Dispose();
        return (FileText.Open(path, encoding), null, 1);
    }

    private static string FirstLine(TextReader text)
    {
        var line = "";
        while (line.Length < Longest && text.Read() is >= 0 and var c && c is not ('\r' or '\n'))
        {
            line += (char)c;
            if (text.Peek() == '\r')
            {
                _ = text.Read();
                if (text.Peek() == '\n')
                {
                    _ = text.Read();
                }

                break;
            }
        }

        return line;
    }

    private static char? Of(string line) =>
        line.Trim('"', ' ') is { Length: 5 } hint && hint.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && IsSeparator(hint[4])
            ? hint[4]
            : null;

    private static bool IsSeparator(char c) =>
        c == '\t' || (char.IsAscii(c) && !char.IsLetterOrDigit(c) && !char.IsControl(c) && c is not ('"' or ' ' or '=' or '\''));
}
