using System.Text;

namespace Bellhop.Features.Tags;

/// <summary>A guest's tags in one cell of a file, by their names.</summary>
internal static class TagCell
{
    private const string Separators = ",;|";
    private const string Wide = " ::: ";

    /// <summary>The names in the order given, with <c>, </c> between; one that holds a separator or a double quote stands in double quotes, its own doubled.</summary>
    public static string Write(IEnumerable<string> names) => string.Join(", ", names.Select(n =>
        n.AsSpan().ContainsAny(Separators) || n.Contains('"', StringComparison.Ordinal) || n.Contains(Wide, StringComparison.Ordinal) ? $"\"{n.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : n));

    /// <summary>The names of a cell that <see cref="Write"/> wrote, or people did: with <c>,</c> <c>;</c> <c>|</c> or <c> ::: </c> between, trimmed, empty ones left out.</summary>
    public static IReadOnlyList<string> Read(string cell)
    {
        var (names, name, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < cell.Length; i++)
        {
            var c = cell[i];
            if (quoted)
            {
                if (c != '"')
                {
                    name.Append(c);
                }
                else if (i + 1 < cell.Length && cell[i + 1] == '"')
                {
                    name.Append(cell[i++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && string.IsNullOrWhiteSpace(name.ToString()))
            {
                name.Clear();
                quoted = true;
            }
            else if (Separators.Contains(c, StringComparison.Ordinal))
            {
                Take();
            }
            else if (cell.AsSpan(i).StartsWith(Wide, StringComparison.Ordinal))
            {
                Take();
                i += Wide.Length - 1;
            }
            else
            {
                name.Append(c);
            }
        }

        Take();
        return names;

        void Take()
        {
            if (name.ToString().Trim() is { Length: > 0 } whole)
            {
                names.Add(whole);
            }

            name.Clear();
        }
    }
}
