using Microsoft.Extensions.Localization;

namespace Bellhop.Ui;

/// <summary>Texts as the resources have them, but dressed up where the viewer asked for a pseudo-language.</summary>
internal sealed class PseudoTexts(ResourceManagerStringLocalizerFactory real) : IStringLocalizerFactory
{
    private const string Plain = "ACEGINORSUYaceginorsuy";
    private const string Dressed = "ÅÇÉĜÎÑÖŘŠÛÝåçéĝîñöřšûý";

    public IStringLocalizer Create(Type resourceSource) => new Texts(real.Create(resourceSource));

    public IStringLocalizer Create(string baseName, string location) => new Texts(real.Create(baseName, location));

    /// <summary>Accents on letters and brackets around, placeholders left alone: <c>[Šîĝñ öût]</c>.</summary>
    internal static string Dress(string text)
    {
        var depth = 0;
        return string.Create(
            text.Length + 2,
            text,
            (into, from) =>
            {
                (into[0], into[^1]) = ('[', ']');
                for (var i = 0; i < from.Length; i++)
                {
                    depth += from[i] switch
                    {
                        '{' => 1,
                        '}' => -1,
                        _ => 0,
                    };
                    var at = depth == 0 ? Plain.IndexOf(from[i], StringComparison.Ordinal) : -1;
                    into[i + 1] = at < 0 ? from[i] : Dressed[at];
                }
            }
        );
    }

    private sealed class Texts(IStringLocalizer real) : IStringLocalizer
    {
        public LocalizedString this[string name] =>
            Languages.IsPseudo ? new(name, Dress(real[name].Value), real[name].ResourceNotFound) : real[name];

        public LocalizedString this[string name, params object[] arguments] =>
            Languages.IsPseudo
                ? new(
                    name,
                    string.Format(System.Globalization.CultureInfo.CurrentCulture, Dress(real[name].Value), arguments),
                    real[name].ResourceNotFound
                )
                : real[name, arguments];

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => real.GetAllStrings(includeParentCultures);
    }
}
