using System.Buffers;
using System.Globalization;

namespace Bellhop.Ui;

/// <summary>
/// The colours that follow from the one that an organisation chose. The chosen colour is made darker for the light theme and lighter for
/// the dark one, until text in it and on it can be read (WCAG 2.2 AA, https://www.w3.org/TR/WCAG22/#contrast-minimum).
/// </summary>
public static class Accent
{
    /// <summary>The least contrast of text.</summary>
    public const double Least = 4.5;

    /// <param name="Colour">Of buttons, and of text on the page.</param>
    /// <param name="Over">Of a button under the pointer.</param>
    /// <param name="Ink">Of text on a button.</param>
    /// <param name="Soft">The ground behind what is chosen.</param>
    public sealed record Colours(Rgb Colour, Rgb Over, Rgb Ink, Rgb Soft);

    private static readonly Rgb White = new(255, 255, 255),
        Black = new(12, 10, 8),
        LightPage = new(246, 247, 249),
        DarkCard = new(25, 29, 37);

    private static readonly SearchValues<char> SmallHex = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether the text is a colour: <c>#rrggbb</c>, in small letters.</summary>
    public static bool IsColour(string? text) => text is { Length: 7 } && text[0] == '#' && !text.AsSpan(1).ContainsAnyExcept(SmallHex);

    public static Colours Light(string chosen) => Of(chosen, isDark: false);

    public static Colours Dark(string chosen) => Of(chosen, isDark: true);

    /// <summary>The rules that replace the style sheet's own colours.</summary>
    /// <param name="chosen">As <see cref="IsColour"/> says.</param>
    public static string Style(string chosen)
    {
        var (light, dark) = (Rules(Light(chosen)), Rules(Dark(chosen)));
        return $":root,:root[data-theme=\"light\"]{light}:root[data-theme=\"dark\"]{dark}"
            + $"@media(prefers-color-scheme:dark){{:root[data-theme=\"system\"]{dark}}}";
    }

    private static string Rules(Colours c) => $"{{--accent:{c.Colour};--accent-over:{c.Over};--accent-ink:{c.Ink};--accent-soft:{c.Soft}}}";

    private static Colours Of(string chosen, bool isDark)
    {
        var colour = Rgb.Read(chosen);
        var (ink, towards, page) = isDark ? (Black, White, DarkCard) : (White, Black, LightPage);
        for (var step = 0; ; step++)
        {
            // Twenty steps lead to white or black, whose contrast is enough.
            var now = colour.Mix(towards, step / 20.0);
            var soft = page.Mix(now, isDark ? 0.14 : 0.08);
            var over = now.Mix(towards, 0.12);
            if (step == 20 || new[] { (now, ink), (now, page), (now, soft), (over, ink) }.All(p => p.Item1.Contrast(p.Item2) >= Least))
            {
                return new(now, over, ink, soft);
            }
        }
    }
}

/// <summary>A colour of a screen, each part from 0 to 255.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#rrggbb</c>.</summary>
    public static Rgb Read(string text)
    {
        var all = int.Parse(text.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new((byte)(all >> 16), (byte)(all >> 8), (byte)all);
    }

    /// <summary>A part of the way to another colour: 0 is this one, 1 the other.</summary>
    public Rgb Mix(Rgb other, double part) =>
        new(Between(Red, other.Red, part), Between(Green, other.Green, part), Between(Blue, other.Blue, part));

    /// <summary>From 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).</summary>
    public double Contrast(Rgb other)
    {
        var (a, b) = (Luminance + 0.05, other.Luminance + 0.05);
        return a > b ? a / b : b / a;
    }

    private double Luminance => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    private static byte Between(byte a, byte b, double part) => (byte)Math.Round(a + ((b - a) * part));

    private static double Linear(byte part)
    {
        var value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
