using Bellhop.Ui;

namespace Bellhop.Tests.Ui;

public class AccentTests
{
    [Fact]
    public void Text_in_any_accent_and_on_it_can_be_read_in_both_themes()
    {
        var (white, page, card) = (Rgb.Read("#ffffff"), Rgb.Read("#f6f7f9"), Rgb.Read("#191d25"));
        white.Contrast(Rgb.Read("#000000")).ShouldBe(21, 0.001);
        for (var red = 0; red < 256; red += 17)
        {
            for (var green = 0; green < 256; green += 17)
            {
                for (var blue = 0; blue < 256; blue += 17)
                {
                    var chosen = new Rgb((byte)red, (byte)green, (byte)blue).ToString();
                    var (light, dark) = (Accent.Light(chosen), Accent.Dark(chosen));
                    (Rgb, Rgb)[] pairs =
                    [
                        (light.Colour, white),
                        (light.Colour, page),
                        (light.Colour, light.Soft),
                        (light.Colour, light.Ink),
                        (light.Over, light.Ink),
                        (dark.Colour, card),
                        (dark.Colour, dark.Soft),
                        (dark.Colour, dark.Ink),
                        (dark.Over, dark.Ink),
                    ];
                    pairs.Min(p => p.Item1.Contrast(p.Item2)).ShouldBeGreaterThanOrEqualTo(Accent.Least, chosen);
                }
            }
        }

        Accent.Light("#9a3412").Colour.ToString().ShouldBe("#9a3412", "a colour that can be read stays as it is");
    }

    [Theory]
    [InlineData("#c2410c", true)]
    [InlineData("#C2410C", false)]
    [InlineData("#fff", false)]
    [InlineData("#c2410;", false)]
    [InlineData(null, false)]
    public void Only_six_digits_are_a_colour(string? text, bool isColour) => Accent.IsColour(text).ShouldBe(isColour);
}
