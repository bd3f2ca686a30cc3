using System.Collections.Frozen;
using System.Globalization;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Countries as files name them: by their code, in English and in their own languages.</summary>
internal static class CountryNames
{
    // Three letters, and what is said otherwise than ISO does.
    private const string More =
        "uk:GB|england:GB|scotland:GB|wales:GB|great britain:GB|usa:US|u.s.:US|united states of america:US|america:US|holland:NL|the netherlands:NL|czech republic:CZ|turkey:TR|korea:KR|russian federation:RU|uae:AE|ivory coast:CI|"
        + "allemagne:DE|alemania:DE|alemanha:DE|germania:DE|spanien:ES|espagne:ES|spagna:ES|espanha:ES|frankreich:FR|francia:FR|frança:FR|italien:IT|italie:IT|itália:IT|vereinigtes königreich:GB|großbritannien:GB|royaume uni:GB|reino unido:GB|regno unito:GB|"
        + "vereinigte staaten:US|états unis:US|estados unidos:US|stati uniti:US|niederlande:NL|pays bas:NL|países bajos:NL|paesi bassi:NL|países baixos:NL|schweiz:CH|suisse:CH|suiza:CH|svizzera:CH|suíça:CH|autriche:AT|austria:AT|áustria:AT|"
        + "belgien:BE|belgique:BE|bélgica:BE|belgio:BE|brasilien:BR|brésil:BR|brasile:BR|portogallo:PT|ألمانيا:DE|إسبانيا:ES|فرنسا:FR|إيطاليا:IT|بريطانيا:GB|الإمارات:AE|السعودية:SA";

    private static readonly FrozenDictionary<string, string> Codes = All();

    /// <summary>ISO 3166-1 alpha-2, or the text itself where no country is called so.</summary>
    public static string CodeOf(string text) => Codes.GetValueOrDefault(Heading.Key(text), text);

    private static FrozenDictionary<string, string> All()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in Country.All)
        {
            codes[Heading.Key(code)] = code;
        }

        foreach (var region in Country.All.Select(Region).OfType<RegionInfo>())
        {
            foreach (var name in new[] { region.EnglishName, region.NativeName, region.ThreeLetterISORegionName })
            {
                codes.TryAdd(Heading.Key(name), region.TwoLetterISORegionName.ToUpperInvariant());
            }
        }

        foreach (var pair in More.Split('|'))
        {
            codes.TryAdd(Heading.Key(pair[..^3]), pair[^2..]);
        }

        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static RegionInfo? Region(string code)
    {
        try
        {
            return new RegionInfo(code);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
