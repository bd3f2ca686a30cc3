using System.Text;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Inbox;

/// <summary>Names of files that somebody outside gives. They are shown, and are never a path.</summary>
internal static class FileNames
{
    /// <summary>
    /// The last part of the name, in one line, without what turns the direction of the writing: <c>photo[turn]gpj.exe</c> would be shown
    /// as <c>photoexe.jpg</c>. Null where nothing is left.
    /// </summary>
    public static string? Clean(string? raw)
    {
        if (raw is null)
        {
            return null;
        }

        var last = Text.OneLine(Text.Repaired(raw))!.Split('/', '\\')[^1];
        var plain = new StringBuilder(last.Length);
        foreach (var c in last.Where(c => !Turns(c) && !char.IsControl(c)))
        {
            plain.Append(c);
        }

        var name = Text.Clean(plain.ToString().Trim(' ', '.')).Value;
        return name is null ? null : WithEnding(name);
    }

    // A name that is too long keeps its ending, which says what the file is.
    private static string WithEnding(string name)
    {
        if (name.Length <= Contact.NameMax)
        {
            return name;
        }

        var ending = Path.GetExtension(name) is { Length: <= 10 } end ? end : "";
        return Text.Beginning(name, Contact.NameMax - ending.Length) + ending;
    }

    private static bool Turns(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
