using System.Collections.Frozen;
using Bellhop.Platform;

namespace Bellhop.Features.Imports.Files;

/// <summary>Texts that programs and people write into cells without data.</summary>
internal static class NoData
{
    private const int Longest = 40;

    // Letters with a sign between or after them: n/a, N.A., s/d, k. A.
    private static readonly FrozenSet<string> Letters = FrozenSet.ToFrozenSet(
        ["na", "nd", "ni", "nc", "nv", "nr", "sd", "sn", "so", "sc", "sp", "ka", "oa"],
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> Words = FrozenSet.ToFrozenSet(
        (
            "none|null|nil|nan|nd|ka|unknown|undefined|unspecified|empty|blank|missing|no data|not available|not applicable|"
            + "not provided|not given|not specified|not set|not known|tbd|tba|xx|zz|xxx|zzz|"
            + "unbekannt|keine|keine angabe|keine angaben|ohne angabe|nicht angegeben|nicht bekannt|nicht vorhanden|inconnu|"
            + "inconnue|aucun|aucune|non renseigné|non précisé|non spécifié|sans objet|non disponible|"
            + "desconocido|desconocida|ninguno|ninguna|sin datos|sin dato|sin información|sin especificar|no informado|no indicado|"
            + "no disponible|no aplica|no especificado|"
            + "sconosciuto|sconosciuta|nessuno|nessuna|non specificato|non indicato|non disponibile|nessun dato|desconhecido|"
            + "desconhecida|nenhum|nenhuma|não informado|não disponível|não especificado|não aplicável|sem dados|sem informação|"
            + "غير معروف|لا يوجد|غير متوفر|غير محدد|لا شيء"
        )
            .Split('|')
            .Select(Heading.Key),
        StringComparer.Ordinal
    );

    /// <summary>Whether the text says, in signs or words, that there is no data. Not <c>NA</c>, which is also Namibia's code.</summary>
    public static bool Is(string text) => text.Length <= Longest && (IsSign(text) || IsNoDay(text) || Words.Contains(Heading.Key(text)));

    /// <summary>Like <see cref="Is"/>, but only for signs, because nobody has such a name.</summary>
    public static bool IsSign(string text)
    {
        if (text.Length > Longest)
        {
            return false;
        }

        var (letters, signs) = (0, 0);
        foreach (var c in text)
        {
            letters += char.IsLetterOrDigit(c) ? 1 : 0;
            signs += char.IsLetterOrDigit(c) || char.IsWhiteSpace(c) ? 0 : 1;
        }

        return letters == 0 || (letters == 2 && signs > 0 && Letters.Contains(Heading.Key(text)));
    }

    /// <summary>Whether the text is what a spreadsheet shows instead of a value: #NAME?</summary>
    public static bool IsError(string text) => text is ['#', >= 'A' and <= 'Z', ..] && (text[^1] is '!' or '?' || text == "#N/A");

    // 0/0/00: how Outlook writes that it knows no day.
    private static bool IsNoDay(string text) =>
        text.Length is >= 5 and <= 10
        && text[0] == '0'
        && text.Split('/', '-', '.') is { Length: 3 } parts
        && Array.TrueForAll(parts, p => p.Length is 1 or 2 or 4 && p.All(c => c == '0'));

    /// <summary>Whether the text is NA: Namibia's code, but more often a sign for no data.</summary>
    public static bool IsNamibiaOrNothing(string text) =>
        text.Trim() is { Length: 2 } code && code.Equals("NA", StringComparison.OrdinalIgnoreCase);
}
