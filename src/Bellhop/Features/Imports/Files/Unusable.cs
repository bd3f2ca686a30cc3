using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Refusals of a file as a whole.</summary>
internal static class Unusable
{
    private const int MostNamed = 200;

    public static Refusal Because(ErrorText why) => Refusal.Of(400, "unusable-file", why);

    public static Refusal Because(string key, params object[] args) => Because(ErrorText.Of<ImportTexts>("File." + key, args));

    public static Refusal NoPhoneColumn(IReadOnlyList<string> headings)
    {
        var named = string.Join(", ", headings.Where(h => h.Length > 0).Take(50));
        return Because("NoPhoneColumn", named.Length > MostNamed ? named[..MostNamed] + "…" : named);
    }
}
