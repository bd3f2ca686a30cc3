using System.Collections.Frozen;
using System.Globalization;
using PhoneNumbers;

namespace Bellhop.Platform;

/// <summary>
/// Countries as people and programs write them: by ISO 3166-1 code, and by name in seven languages and in their own. The names come from
/// Unicode's CLDR, in the phone library and in the runtime.
/// </summary>
internal static class CountryNames
{
    private const int LongestName = 200;
    private const int LongestCode = 3;

    private static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "ar"];

    // Names from ISO, from the past and from everyday speech that neither library has.
    private const string More =
        "uk:GB|england:GB|scotland:GB|wales:GB|northern ireland:GB|great britain:GB|"
        + "united kingdom of great britain and northern ireland:GB|großbritannien:GB|grande bretagne:GB|gran bretaña:GB|"
        + "gran bretagna:GB|grã bretanha:GB|inglaterra:GB|angleterre:GB|inghilterra:GB|usa:US|us:US|"
        + "united states of america:US|america:US|eeuu:US|ee uu:US|eua:US|estados unidos da américa:US|"
        + "estados unidos de américa:US|états unis d'amérique:US|stati uniti d'america:US|vereinigte staaten von amerika:US|"
        + "holland:NL|holanda:NL|hollande:NL|olanda:NL|czech republic:CZ|república checa:CZ|repubblica ceca:CZ|"
        + "république tchèque:CZ|tschechische republik:CZ|slovak republic:SK|korea:KR|republic of korea:KR|"
        + "democratic people's republic of korea:KP|dprk:KP|congo:CG|republic of the congo:CG|"
        + "democratic republic of the congo:CD|dr congo:CD|drc:CD|republic of china:TW|russian federation:RU|uae:AE|"
        + "ivory coast:CI|syrian arab republic:SY|lao people's democratic republic:LA|lao pdr:LA|kyrgyz republic:KG|"
        + "holy see:VA|palestine:PS|macedonia:MK|swaziland:SZ|east timor:TL|hong kong:HK|macau:MO|macao:MO|el:GR";

    // Those that the phone library knows by their code alone.
    private static readonly FrozenDictionary<string, string> Unnamed = new Dictionary<string, string>
    {
        ["AC"] = "Ascension Island",
        ["TA"] = "Tristan da Cunha",
        ["XK"] = "Kosovo",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> StateForms = FrozenSet.ToFrozenSet(
        [
            "republic",
            "democratic",
            "islamic",
            "plurinational",
            "bolivarian",
            "federated",
            "federal",
            "states",
            "state",
            "kingdom",
            "united",
            "peoples",
            "socialist",
            "arab",
            "of",
            "federation",
            "commonwealth",
            "sultanate",
            "principality",
            "grand",
            "duchy",
            "independent",
            "hashemite",
            "oriental",
            "former",
            "yugoslav",
        ],
        StringComparer.Ordinal
    );

    private static readonly FrozenDictionary<string, string> Codes = All();

    /// <summary>The ISO 3166-1 alpha-2 code; null if no country has this name.</summary>
    public static string? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.Trim();
        if (text.Length > LongestName)
        {
            return null;
        }

        if (Code(text) is { } code)
        {
            return code;
        }

        var (outside, inside) = Brackets(text);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return Exact(Words(text))
            ?? (comma > 0 ? Named($"{text[(comma + 1)..]} {text[..comma]}") : null)
            ?? (inside.Length > 0 ? Named($"{inside} {outside}") ?? Named(outside) ?? Code(inside) ?? Code(outside) ?? Named(inside) : null)
            ?? Named(text)
            ?? Parts(text);
    }

    /// <summary>A country's name in a language (ISO 639-1), for people to read; the code if the name is not known.</summary>
    public static string Show(string code, string language) =>
        new Locale("", code).GetDisplayCountry(language) is { Length: > 0 } name && name != code
            ? name
            : Unnamed.GetValueOrDefault(code, code);

    /// <summary>The country's flag, as the two letters that fonts draw as one.</summary>
    public static string Flag(string code) => string.Concat(code.Select(static c => char.ConvertFromUtf32(0x1F1E6 + c - 'A')));

    /// <summary>Splits texts such as a code and a name, or a town and its country. Returns the first part that is a country.</summary>
    private static string? Parts(string text)
    {
        var found = text.Split([" - ", " – ", "/", "|", ",", ":"], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return found.Length < 2 ? null : found.Select(p => Code(p) ?? Named(p)).FirstOrDefault(c => c is not null);
    }

    /// <summary>A code has only letters, with or without dots after them. <c>S/N</c> is not Senegal's code.</summary>
    private static string? Code(string text)
    {
        var letters =
            text.Length is 4 or 6 && text.Where((_, i) => i % 2 == 1).All(c => c == '.')
                ? text.Replace(".", "", StringComparison.Ordinal)
                : text;
        return letters.Length is 2 or 3 && letters.All(char.IsAsciiLetter) ? Codes.GetValueOrDefault(letters.ToLowerInvariant()) : null;
    }

    private static string? Named(string text)
    {
        var words = Words(text);
        return Exact(words) ?? Exact(words.Where(w => !StateForms.Contains(w)));
    }

    private static string? Exact(IEnumerable<string> words) =>
        string.Concat(words) is { Length: > LongestCode } name ? Codes.GetValueOrDefault(name) : null;

    private static (string Outside, string Inside) Brackets(string text) =>
        text.IndexOf('(', StringComparison.Ordinal) is > 0 and var open && text.EndsWith(')')
            ? (text[..open].Trim(), text[(open + 1)..^1].Trim())
            : (text, "");

    private static List<string> Words(string text)
    {
        var spaced = Fold.Key(
            text.Replace("&", " and ", StringComparison.Ordinal)
                .Replace("'", "", StringComparison.Ordinal)
                .Replace("’", "", StringComparison.Ordinal)
        );
        return
        [
            .. string.Concat(spaced.Select(static c => char.IsLetterOrDigit(c) ? c : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(static w => w != "the")
                .Select(static w => w == "st" ? "saint" : w),
        ];
    }

    private static FrozenDictionary<string, string> All()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in Country.All)
        {
            codes[code.ToLowerInvariant()] = code;
        }

        foreach (var pair in More.Split('|'))
        {
            codes.TryAdd(string.Concat(Words(pair[..^3])), pair[^2..]);
        }

        foreach (var code in Country.All)
        {
            foreach (var name in Names(code).Where(n => n.Length > 0))
            {
                codes.TryAdd(string.Concat(Words(name)), code);
                if (Brackets(name) is { Inside.Length: > 0 } two)
                {
                    codes.TryAdd(string.Concat(Words(two.Outside)), code);
                    codes.TryAdd(string.Concat(Words(two.Inside)), code);
                }
            }
        }

        return codes.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Names(string code)
    {
        foreach (var language in Languages)
        {
            yield return new Locale("", code).GetDisplayCountry(language);
            if (Region($"{language}-{code}") is { } there)
            {
                yield return there.NativeName;
            }
        }

        if (Region(code) is { } region)
        {
            yield return region.EnglishName;
            yield return region.NativeName;
            yield return region.ThreeLetterISORegionName;
        }
    }

    private static RegionInfo? Region(string name)
    {
        try
        {
            return new RegionInfo(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
