using System.Collections.Frozen;

namespace Bellhop.Features.Imports.Files;

/// <summary>Extra words in headings, in the seven languages: whose phone or address the column holds, or which of several.</summary>
internal static class HeadingWords
{
    // Words for which of several phones or addresses. No word here means phone or address itself.
    private const string Which =
        "home|work|business|office|private|personal|main|primary|secondary|other|alternative|alternate|additional|company|direct|"
        + "address|adresse|dirección|indirizzo|endereço|morada|adres|"
        + "day|daytime|evening|first|second|third|default|preferred|own|iphone|car|"
        + "privat|private|privater|privates|persönlich|persönliche|geschäftlich|geschäftliche|geschäft|dienstlich|dienstliche|"
        + "beruflich|büro|firma|arbeit|zuhause|weitere|weiteres|weiterer|andere|anderes|"
        + "primär|primäre|sekundär|sekundäre|erste|zweite|bevorzugt|"
        + "bureau|domicile|maison|travail|professionnel|professionnelle|pro|perso|personnel|personnelle|privé|privée|principal|"
        + "principale|secondaire|autre|autres|société|entreprise|voiture|fixe|première|premier|deuxième|"
        + "trabajo|oficina|casa|domicilio|particular|laboral|privado|primario|primaria|secundario|secundaria|otro|otra|otros|"
        + "empresa|organización|automóvil|fijo|alternativo|alternativa|"
        + "ufficio|uff|abitazione|lavoro|personale|privato|principale|secondario|secondaria|altro|altra|azienda|aziendale|auto|fisso|"
        + "trabalho|emprego|escritório|comercial|residencial|residência|pessoal|primário|primária|secundário|secundária|outro|"
        + "outra|fixo|profissional|"
        + "thuis|werk|zakelijk|privé|primair|primaire|secundair|secundaire|hem|arb|arbete|domowy|służbowy|główny|domácí|pracovní|"
        + "домашний|рабочий|основной|"
        + "العمل|للعمل|المنزل|المنزلي|البيت|المكتب|الشخصي|الخاص|الرئيسي|الأساسي|الثانوي|الأول|الثاني|آخر|أخرى|الشركة|السيارة";

    private const string Guests =
        "guest|guests|guest's|person|billing|customer|customer's|client|client's|traveller|traveler|visitor|gast|gastes|gasts|gäste|kunde|"
        + "kunden|huésped|huéspedes|cliente|pasajero|ospite|ospiti|"
        + "hóspede|hóspedes|passageiro|voyageur|titular|intestatario|الضيف|للضيف|النزيل|للنزيل|العميل|للعميل";

    private const string Bookers =
        "booker|booker's|booked|agency|agent|agent's|organizer|organiser|operator|reservant|reseller|"
        + "bucher|besteller|agentur|reisebüro|veranstalter|agence|agencia|agenzia|agência|الوكالة";

    private const string Companies =
        "company|organisation|organization|employer|firma|société|entreprise|empresa|organización|società|azienda|organização|" + "الشركة";

    private const string Between =
        "s|l|d|of|the|for|des|der|die|das|du|de|la|le|les|del|della|dell|dello|do|da|di|el|los|para|pour|per|für";
    private const string ParameterNames =
        "number|numbers|no|nr|n|nummer|numéro|numero|número|value|wert|valeur|valor|valore|waarde|värde|værdi|wartość|"
        + "hodnota|значение|القيمة|field|optional|required|رقم|"
        + "contact|lead|your|haupt";

    private static readonly FrozenSet<string> Guest = Set(Guests);
    private static readonly FrozenSet<string> Booker = Set(Bookers);
    private static readonly FrozenSet<string> Company = Set(Companies);
    private static readonly FrozenSet<string> Beside = Set($"{Which}|{Guests}|booker|{Between}|{ParameterNames}");

    /// <summary>The heading's words without the extra words and numbers; empty when there are no others.</summary>
    public static IReadOnlyList<string> Bare(IEnumerable<string> words) =>
        [.. words.Where(w => !Beside.Contains(w) && !w.All(char.IsDigit))];

    /// <summary>Whether the heading says that the column is the guest's.</summary>
    public static bool IsOfGuest(string heading) => Heading.Words(heading).Any(Guest.Contains);

    /// <summary>
    /// Whether the heading says that the column belongs to somebody who may not be the guest, such as a booker or an agency.
    /// </summary>
    public static bool IsOfAnother(string heading) => Heading.Words(heading).Any(Booker.Contains) && !IsOfGuest(heading);

    /// <summary>Whether the heading says that the column is a company's.</summary>
    public static bool IsOfCompany(string heading) => Heading.Words(heading).Any(Company.Contains) && !IsOfGuest(heading);

    /// <summary>The words as a set of keys.</summary>
    public static FrozenSet<string> Set(string words) => words.Split('|').Select(Heading.Key).ToFrozenSet(StringComparer.Ordinal);
}
