using System.Text;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Platform;

public class SpreadsheetTextTests
{
    private static readonly Gen<string> Cells = Gen.String[Gen.Char["=+-@\t\r'＝＋－＠a1 ,\"\n;é王"], 0, 6];

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+351 912", "'+351 912")]
    [InlineData("'=x", "''=x")]
    [InlineData("''＠x", "'''＠x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("'", "'")]
    [InlineData("", "")]
    [InlineData("a=b", "a=b")]
    public void What_a_spreadsheet_would_run_stands_behind_one_more_apostrophe(string cell, string guarded)
    {
        SpreadsheetText.Guard(cell).ShouldBe(guarded);
        SpreadsheetText.Unguard(guarded).ShouldBe(cell);
    }

    [Fact]
    public void What_is_guarded_comes_back_as_it_was() =>
        Cells.Sample(cell =>
        {
            var guarded = SpreadsheetText.Guard(cell);
            guarded.Length.ShouldBe(cell.Length + (SpreadsheetText.IsFormula(cell) ? 1 : 0));
            if (guarded != cell)
            {
                SpreadsheetText.Unguard(guarded).ShouldBe(cell);
            }
        });

    [Fact]
    public void A_row_of_bytes_is_the_row_that_a_reader_reads() =>
        Cells
            .List[1, 5]
            .Sample(cells =>
            {
                var csv = new CsvBytes();
                cells.ForEach(c => csv.Text(c));
                csv.EndRow();
                var text = Encoding.UTF8.GetString(csv.Written.Span);
                text.ShouldEndWith("\r\n");
                var rows = Csv.Parse(text);
                rows.Count.ShouldBe(1);
                rows[0].ShouldBe(cells.Select(SpreadsheetText.Guard));
            });

    [Fact]
    public void Numbers_and_days_are_written_the_same_everywhere()
    {
        var csv = new CsvBytes();
        csv.Number(0);
        csv.Amount(123_456, 2);
        csv.Amount(5, 3);
        csv.Amount(-120, 2);
        csv.Amount(700, 0);
        csv.Amount(long.MinValue, 2);
        csv.Day(new(2026, 3, 9));
        csv.Day(new(2026, 3, 9), monthOnly: true);
        csv.Nothing();
        csv.EndRow();
        Encoding.UTF8.GetString(csv.Written.Span).ShouldBe("0,1234.56,0.005,'-1.20,700,'-92233720368547758.08,2026-03-09,2026-03,\r\n");
    }
}
