using System.Buffers;
using System.Text;

namespace Bellhop.Features.Tags;

/// <summary>Several tags in one cell.</summary>
internal static class TagCell
{
    private const string Between = ", ";

    private static readonly SearchValues<char> Special = SearchValues.Create(",;|\":\n\r");

    /// <summary>The names, separated by commas. A name that contains a separator or a quote is put in quotes.</summary>
    public static string Write(IEnumerable<string> names) => string.Join(Between, names.Select(Quoted));

    /// <summary>
    /// The names in a cell, separated by comma, semicolon, pipe, line end or <c>:::</c> outside double quotes. No name is blank or listed
    /// twice.
    /// </summary>
    public static IReadOnlyList<string> Read(string cell)
    {
        if (!cell.AsSpan().ContainsAny(Special))
        {
            return string.IsNullOrWhiteSpace(cell) ? [] : [cell.Trim()];
        }

        var (names, keys) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        for (var at = 0; at < cell.Length; )
        {
            var name = Next(cell, ref at);
            if (name.Length > 0 && keys.Add(Tag.Key(name)))
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static string Quoted(string name) =>
        name.AsSpan().ContainsAny(Special) || name.Trim().Length != name.Length
            ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : name;

    private static string Next(string cell, ref int at)
    {
        while (at < cell.Length && char.IsWhiteSpace(cell[at]))
        {
            at++;
        }

        var name = new StringBuilder();
        if (at < cell.Length && cell[at] == '"' && Quoted(cell, ref at, name))
        {
            var (quoted, behind) = (name.ToString(), new StringBuilder());
            Plain(cell, ref at, behind);
            var rest = behind.ToString().Trim();
            return rest.Length > 0 ? (quoted + rest).Trim()
                : string.IsNullOrWhiteSpace(quoted) ? ""
                : quoted;
        }

        Plain(cell, ref at, name);
        return name.ToString().Trim();
    }

    // Returns false and reads nothing when the quote is never closed. The quote is an ordinary character then.
    private static bool Quoted(string cell, ref int at, StringBuilder name)
    {
        for (var i = at + 1; i < cell.Length; i++)
        {
            if (cell[i] != '"')
            {
                name.Append(cell[i]);
            }
            else if (i + 1 < cell.Length && cell[i + 1] == '"')
            {
                name.Append(cell[i++]);
            }
            else
            {
                at = i + 1;
                return true;
            }
        }

        name.Clear();
        return false;
    }

    private static void Plain(string cell, ref int at, StringBuilder name)
    {
        for (; at < cell.Length; at++)
        {
            if (cell[at] is ',' or ';' or '|' or '\r' or '\n')
            {
                at++;
                return;
            }

            if (cell.AsSpan(at).StartsWith(":::"))
            {
                at += 3;
                return;
            }

            name.Append(cell[at]);
        }
    }
}
