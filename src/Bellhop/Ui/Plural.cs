using Microsoft.Extensions.Localization;

namespace Bellhop.Ui;

/// <summary>Texts that say how many.</summary>
public static class Plural
{
    /// <summary>
    /// The text <c>key</c>, or <c>key.One</c> for exactly one. Its first hole is the number, as the viewer writes numbers; the others
    /// follow.
    /// </summary>
    public static string Many(this IStringLocalizer texts, string key, long number, params object[] more) =>
        texts[number == 1 ? key + ".One" : key, [Show.Number(number), .. more]];
}
