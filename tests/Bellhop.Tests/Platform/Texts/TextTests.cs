using System.Text;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Platform;

public sealed class TextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(" \t\r\n\u00A0\u3000", null)]
    [InlineData("\uFEFF\u200B\u200F", null)]
    [InlineData("  Ana  López ", "Ana  López")]
    [InlineData("\uFEFFAna\n", "Ana")]
    [InlineData("E\u0301lise", "Élise")]
    [InlineData("محمد\u200Cرضا", "محمد\u200Cرضا")]
    [InlineData("👨\u200D👩\u200D👧", "👨\u200D👩\u200D👧")]
    public void A_text_is_trimmed_and_composed_and_nothing_is_null(string? raw, string? value) => Text.Clean(raw).ShouldBe((value, null));

    [Fact]
    public void Lines_end_in_a_line_feed_whatever_ended_them() =>
        Text.Clean(" one\r\ntwo\rthree\u2028four\tfive\n\n", multiline: true).ShouldBe(("one\ntwo\nthree\nfour\tfive", null));

    [Theory]
    [InlineData("Ana\nLópez")]
    [InlineData("Ana\r\nLópez")]
    [InlineData("Ana\tLópez")]
    [InlineData("Ana\u2028López")]
    public void A_field_of_one_line_takes_no_line_end_and_no_tab(string raw) => Text.Clean(raw).ShouldBe((null, TextProblem.LineEnd));

    [Theory]
    [InlineData("Quella\nSecond", "Quella Second")]
    [InlineData("Quella \r\n\t Second", "Quella Second")]
    [InlineData("Quella\tSecond\u2028Third\u0085Fourth", "Quella Second Third Fourth")]
    [InlineData("Ana  López", "Ana  López")]
    [InlineData("Ana", "Ana")]
    [InlineData(null, null)]
    public void Line_breaks_and_tabs_in_a_name_become_one_space(string? raw, string? name) =>
        new ValidationErrors().Name("name", raw, 200).ShouldBe(name);

    [Theory]
    [InlineData("2023-02-29", "ErrorText.NoSuchDay")]
    [InlineData("2024-13-01", "ErrorText.NoSuchDay")]
    [InlineData("29.02.2023", "ErrorText.Day")]
    [InlineData("", "ErrorText.Day")]
    [InlineData(null, "ErrorText.Day")]
    public void A_day_that_does_not_exist_is_answered_as_one(string? raw, string key)
    {
        var errors = new ValidationErrors();
        errors.Day("arrival", raw).ShouldBeNull();
        errors.All.ShouldHaveSingleItem().Error.Key.ShouldBe(key);
    }

    [Theory]
    [InlineData("A\0na")]
    [InlineData("\0")]
    [InlineData("A\u0001na")]
    [InlineData("A\u001Bna")]
    [InlineData("A\u007Fna")]
    [InlineData("A\u009Fna")]
    [InlineData("A\u000Bna")]
    [InlineData("A\u0085na")]
    public void Control_characters_are_refused_in_one_line_and_in_many(string raw)
    {
        Text.Clean(raw).ShouldBe((null, TextProblem.Control));
        Text.Clean(raw, multiline: true).ShouldBe((null, TextProblem.Control));
    }

    [Fact]
    public void Half_a_character_and_what_is_no_character_are_refused()
    {
        foreach (var c in new[] { '\uD83D', '\uDE00', '\uFFFE', '\uFFFF' })
        {
            Text.Clean("Ana" + c).ShouldBe((null, TextProblem.Malformed));
            Text.Clean(c + "Ana", multiline: true).ShouldBe((null, TextProblem.Malformed));
        }

        Text.Clean("\uDE00\uD83D").Error.ShouldBe(TextProblem.Malformed);
        Text.Clean("😀").ShouldBe(("😀", null));
    }

    [Fact]
    public void Ten_thousand_marks_on_one_letter_are_refused_and_what_languages_write_is_not()
    {
        Text.Clean("a" + new string('\u0301', 10_000)).Error.ShouldBe(TextProblem.TooManyMarks);
        Text.Clean("a" + string.Concat(Enumerable.Repeat("\u0301\u200D", 10_000))).Error.ShouldBe(TextProblem.TooManyMarks);
        Text.Clean("a" + new string('\u0301', 30)).Error.ShouldBeNull();
        Text.Clean(string.Concat(Enumerable.Repeat("a\u0301", 10_000))).Error.ShouldBeNull();
        Text.Clean(string.Concat(Enumerable.Repeat("я\u0301", 10_000))).Error.ShouldBeNull();
        Text.Clean("ที่นี่ נָקֻדָּה ཧཱུྃ").Error.ShouldBeNull();
    }

    [Fact]
    public void A_clean_text_stays_as_it_is() =>
        Gen.Select(
                Gen.OneOf(Gen.String, Gen.String[Gen.Char["aé\u0301\u0327\r\n\t \u2028\u200D\uD83D\uDE00\u1100\u1161\uFEFF"], 0, 20]),
                Gen.Bool
            )
            .Sample(
                (raw, multiline) =>
                {
                    var (value, error) = Text.Clean(raw, multiline);
                    if (value is not null)
                    {
                        error.ShouldBeNull();
                        value.IsNormalized(NormalizationForm.FormC).ShouldBeTrue();
                        Text.Clean(value, multiline).ShouldBe((value, null));
                    }
                }
            );

    [Fact]
    public void Names_from_everywhere_come_through_unchanged()
    {
        foreach (var name in File.ReadLines(Cases.Path("g_names/names_by_country.csv")).Skip(1).Select(line => line.Split(',')[1]))
        {
            Text.Clean(name).ShouldBe((name.Normalize(NormalizationForm.FormC), null));
        }
    }
}
