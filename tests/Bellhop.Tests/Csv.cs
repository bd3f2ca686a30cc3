using System.Text;

namespace Bellhop.Tests;

/// <summary>Reads CSV as RFC 4180 says, and nothing else: what our own writers are held against.</summary>
internal static class Csv
{
    public static List<string[]> Parse(string text)
    {
        var (rows, row, cell, quoted) = (new List<string[]>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append(text[i++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !quoted && text[i + 1] == '\n':
                    i++;
                    row.Add(cell.ToString());
                    cell.Clear();
                    rows.Add([.. row]);
                    row.Clear();
                    break;
                case var c:
                    cell.Append(c);
                    break;
            }
        }

        (cell.Length, row.Count, quoted).ShouldBe((0, 0, false));
        return rows;
    }
}
