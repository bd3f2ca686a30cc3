using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Platform;

public sealed class SpreadsheetTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData("+34 612", "'+34 612")]
    [InlineData("＠sum", "'＠sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'", "'")]
    [InlineData("O'Brien", "O'Brien")]
    [InlineData("'t Hooft", "'t Hooft")]
    [InlineData(" =1", " =1")]
    [InlineData("", "")]
    public void What_a_spreadsheet_would_compute_stands_behind_an_apostrophe(string text, string guarded)
    {
        SpreadsheetText.Guard(text).ShouldBe(guarded);
        SpreadsheetText.Unguard(guarded).ShouldBe(text);
    }

    [Theory]
    [InlineData("-5", "-5")]
    [InlineData("''t", "''t")]
    public void A_text_that_nobody_guarded_stays(string text, string same) => SpreadsheetText.Unguard(text).ShouldBe(same);

    [Fact]
    public void Any_text_comes_back() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["'=+-@\t\r＝＋－＠a "], 0, 6]).Sample(text => SpreadsheetText.Unguard(SpreadsheetText.Guard(text)).ShouldBe(text));
}
