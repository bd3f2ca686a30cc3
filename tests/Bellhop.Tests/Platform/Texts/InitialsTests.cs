using System.Globalization;
using Bellhop.Platform;
using CsCheck;

namespace Bellhop.Tests.Platform;

public sealed class InitialsTests
{
    [Fact]
    public void Names_around_the_world_have_the_initials_of_the_list()
    {
        foreach (var row in File.ReadLines(Cases.Path("g_names/name_forms.tsv")).Skip(1).Select(line => line.Split('\t')))
        {
            Initials.Of(row[0]).Normalize().ShouldBe(row[1].Normalize(), row[0]);
        }
    }

    [Theory]
    [InlineData(null, "?")]
    [InlineData("", "?")]
    [InlineData(" \t\u00A0\u200B\u200F", "?")]
    [InlineData("\u0301\u200D", "?")]
    [InlineData("ana", "A")]
    [InlineData("  ana   maría\u3000lópez  ", "AL")]
    [InlineData("(Ana) \"López\"", "AL")]
    [InlineData("'t Hooft", "TH")]
    [InlineData("Ana -", "A")]
    [InlineData("- Ana", "A")]
    [InlineData("... !", ".")]
    [InlineData("+34 612", "36")]
    [InlineData("<b>Ana</b>", "B")]
    [InlineData("\u200Fשרה כהן", "שכ")]
    [InlineData("👨\u200D👩\u200D👧 Smith", "👨\u200D👩\u200D👧S")]
    [InlineData("🇪🇸 Ana", "🇪🇸A")]
    [InlineData("ılgaz ışık", "II")]
    [InlineData("ლილე მამედოვი", "ლმ")]
    [InlineData("毛泽东", "毛")]
    public void An_avatar_shows_the_first_of_the_first_and_the_last_word(string? name, string initials) =>
        Initials.Of(name).ShouldBe(initials);

    [Fact]
    public void Half_a_character_is_passed_over() => Initials.Of("" + '\uD83D' + "na").ShouldBe("N");

    [Fact]
    public void Initials_are_never_empty_and_never_half_a_character() =>
        Gen.String.Sample(name =>
        {
            var initials = Initials.Of(name);
            initials.ShouldNotBeNullOrWhiteSpace();
            initials.EnumerateRunes().Count(r => r.Value == 0xFFFD).ShouldBe(initials.Count(c => c == '\uFFFD'));
        });

    [Fact]
    public void Every_name_of_the_case_files_has_one_or_two_initials()
    {
        foreach (var name in File.ReadLines(Cases.Path("g_names/names_by_country.csv")).Skip(1).Select(line => line.Split(',')[1]))
        {
            new StringInfo(Initials.Of(name)).LengthInTextElements.ShouldBeInRange(1, 2, name);
        }
    }
}
