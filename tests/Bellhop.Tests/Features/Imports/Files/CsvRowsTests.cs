using System.Text;
using Bellhop.Features.Imports.Files;
using CsCheck;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class CsvRowsTests
{
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];

    private static readonly Gen<string> Cell = Gen.OneOf(
        Gen.String[Gen.Char["aé李 \t,;|\"\n\r'=:"], 0, 8],
        Gen.String[Gen.Char.AlphaNumeric, 1, 12],
        Gen.Const("😀"),
        Gen.Const("")
    );

    [Fact]
    public void Any_table_written_as_rfc_4180_has_it_is_read_back() =>
        Gen.Select(Cell.Array[1, 5].Array[0, 8], Gen.Char[",;\t|"], Gen.Int[0, 2].Select(i => LineEnds[i]), Gen.Bool, Gen.Bool)
            .Sample(
                (table, delimiter, lineEnd, always, ended) =>
                {
                    var text =
                        string.Join(lineEnd, table.Select(row => string.Join(delimiter, row.Select(c => Written(c, delimiter, always)))))
                        + (ended ? lineEnd : "");
                    var rows = Read(text, delimiter);
                    rows.ShouldAllBe(r => r.Problem == null);
                    rows.Select(r => string.Join('¦', r.Cells))
                        .ShouldBe(table.Where(r => r.Any(c => !string.IsNullOrWhiteSpace(c))).Select(r => string.Join('¦', r)));
                    rows.Select(r => r.Line).ShouldBe(Lines(table, lineEnd));
                }
            );

    [Fact]
    public void Whatever_is_written_guard_and_reader_see_the_same_rows() =>
        Gen.Select(Gen.String[Gen.Char["a\"\"\"\n\r, \t\0"], 0, 60], Gen.Char[",;\t|"])
            .Sample(
                (text, delimiter) =>
                {
                    var rows = Read(text, delimiter);
                    rows.Select(r => r.Line).ShouldBeInOrder();
                    rows.ShouldAllBe(r => r.Cells.Count > 0);
                    rows.ShouldAllBe(r => r.Problem != null || r.Cells.Any(c => !string.IsNullOrWhiteSpace(c)));
                },
                iter: 5_000
            );

    [Fact]
    public void A_stray_quote_costs_its_own_row_and_no_other()
    {
        var rows = Read("name,phone\n\"Ana,1\nBen,2\nCy,\"3\"\nDan,4\n", ',');
        rows.Select(r => (r.Line, r.Problem?.Key, r.Cells[0]))
            .ShouldBe([(1, null, "name"), (2, "Row.UnclosedQuote", "\"Ana,1"), (3, null, "Ben"), (4, null, "Cy"), (5, null, "Dan")]);
        Read("name,phone\nAna,1\n\"Ben,2\nCy,3", ',').Select(r => r.Problem?.Key).ShouldBe([null, null, "Row.UnclosedQuote", null]);
    }

    [Fact]
    public void A_row_that_is_too_long_is_refused_and_the_next_is_read()
    {
        var most = RowScanner.MaxRow;
        var rows = Read(
            $"name,phone\nAna,{new string('1', most - 4)}\nBen,{new string('2', most - 3)}\nCy,{new string('3', 3 * most)}\n"
                + $"Dan,4\n\"{new string('5', 3 * most)}\",5\nEve,6",
            ','
        );
        rows.Select(r => (r.Line, r.Problem?.Key))
            .ShouldBe([(1, null), (2, null), (3, "Row.TooLong"), (4, "Row.TooLong"), (5, null), (6, "Row.TooLong"), (7, null)]);
        rows.ShouldAllBe(r => r.Problem == null || r.Cells[0].Length <= 500);
    }

    [Fact]
    public void A_quoted_text_of_many_lines_is_one_row_and_lines_are_counted_as_they_stand()
    {
        var rows = Read("a,b\r\n\r\n\"x\r\ny\nz\rw\",1\r\n,\r\nc,d", ',');
        rows.Select(r => r.Line).ShouldBe([1, 3, 8]);
        rows[1].Cells[0].ShouldBe("x\r\ny\nz\rw");
    }

    [Fact]
    public void Reading_again_after_unclosed_quotes_has_an_end()
    {
        // Every line closes the quote of the one before and opens the next: one row without end, from each line on.
        var text = string.Concat(Enumerable.Repeat("x\",\"\n", 400_000));
        var started = TimeProvider.System.GetTimestamp();
        var rows = Read("a,\"\n" + text, ',').Count;
        rows.ShouldBeGreaterThan(0);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    private static List<FileRow> Read(string text, char delimiter) =>
        [.. CsvRows.Read(new StringReader(text), delimiter, 1, TestContext.Current.CancellationToken)];

    private static string Written(string cell, char delimiter, bool always) =>
        always || cell.AsSpan().IndexOfAny([delimiter, '"', '\r', '\n']) >= 0 || cell.Trim(' ', '\t').Length != cell.Length
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    private static IEnumerable<int> Lines(string[][] table, string lineEnd)
    {
        var line = 1;
        foreach (var row in table)
        {
            if (row.Any(c => !string.IsNullOrWhiteSpace(c)))
            {
                yield return line;
            }

            line += Count(string.Join('¦', row)) + (lineEnd.Length > 0 ? 1 : 0);
        }
    }

    private static int Count(string text) =>
        text.Count(c => c == '\n')
        + text.Count(c => c == '\r')
        - (text.Length - text.Replace("\r\n", "\n", StringComparison.Ordinal).Length);
}
