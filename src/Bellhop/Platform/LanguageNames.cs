using System.Collections.Frozen;
using System.Globalization;

namespace Bellhop.Platform;

/// <summary>Languages that people speak, as people and programs write them: by ISO 639-1 code and by name.</summary>
internal static class LanguageNames
{
    private const int LongestName = 100;

    private const string Codes =
        "aa ab af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cv cy da de dv dz ee el en eo es et eu "
        + "fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz id ig ii ik io is it iu ja jv ka kg ki kj kk kl km "
        + "kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc "
        + "oj om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl "
        + "tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

    // Names that guest lists in German, French, Spanish, Italian and Portuguese have, and codes of old.
    private const string More =
        "deutsch:de|allemand:de|alemán:de|tedesco:de|alemão:de|englisch:en|anglais:en|inglés:en|inglese:en|inglês:en|"
        + "französisch:fr|francés:fr|francese:fr|francês:fr|spanisch:es|espagnol:es|castellano:es|spagnolo:es|espanhol:es|"
        + "italienisch:it|italien:it|italiano:it|portugiesisch:pt|portugais:pt|portugués:pt|portoghese:pt|português:pt|"
        + "niederländisch:nl|néerlandais:nl|neerlandés:nl|olandese:nl|holandês:nl|holländisch:nl|russisch:ru|russe:ru|ruso:ru|"
        + "russo:ru|polnisch:pl|polonais:pl|polaco:pl|polacco:pl|polonês:pl|chinesisch:zh|chinois:zh|chino:zh|cinese:zh|"
        + "chinês:zh|mandarin:zh|japanisch:ja|japonais:ja|japonés:ja|giapponese:ja|japonês:ja|arabisch:ar|arabe:ar|árabe:ar|"
        + "arabo:ar|schwedisch:sv|dänisch:da|norwegisch:no|finnisch:fi|tschechisch:cs|ungarisch:hu|türkisch:tr|griechisch:el|"
        + "iw:he|in:id|ji:yi|brazilian portuguese:pt|flemish:nl|farsi:fa";

    private static readonly FrozenSet<string> Known = Codes.Split(' ').ToFrozenSet(StringComparer.Ordinal);
    private static readonly Lazy<FrozenDictionary<string, string>> Names = new(All);

    /// <summary>Every code, sorted.</summary>
    public static IReadOnlyList<string> Every { get; } = [.. Known.Order(StringComparer.Ordinal)];

    public static bool IsKnown(string code) => Known.Contains(code);

    /// <summary>The code of a language's name, code or tag (<c>German</c>, <c>deu</c>, <c>de-AT</c>); null if no language has it.</summary>
    public static string? Find(string text)
    {
        var bare = text.Trim();
        if (bare.Length is 0 or > LongestName)
        {
            return null;
        }

        return Names.Value.GetValueOrDefault(Key(bare)) ?? Names.Value.GetValueOrDefault(Key(bare.Split('-', '_', ' ', '(', ',', ';')[0]));
    }

    /// <summary>A language's name for people to read, in the language of the page.</summary>
    public static string Show(string code)
    {
        var language = CultureInfo.GetCultureInfo(code);
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? language.EnglishName : language.DisplayName;
    }

    private static string Key(string text) => Fold.Key(text);

    private static FrozenDictionary<string, string> All()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in Every)
        {
            names[code] = code;
        }

        foreach (var pair in More.Split('|'))
        {
            names.TryAdd(Key(pair[..^3]), pair[^2..]);
        }

        foreach (var code in Every)
        {
            var language = CultureInfo.GetCultureInfo(code);
            foreach (var name in new[] { language.EnglishName, language.NativeName, language.ThreeLetterISOLanguageName })
            {
                names.TryAdd(Key(name), code);
            }
        }

        names.Remove("");
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
