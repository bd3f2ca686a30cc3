using System.Collections.Frozen;
using Bellhop.Features.Contacts;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Finds the field of a heading, from the names that the fields and <see cref="HeadingNames"/> declare, and the extra words around them.
/// </summary>
internal static class KnownHeadings
{
    private const int MostWords = 10;

    private static readonly FrozenDictionary<string, ImportField> Fields = Table(
        Heading.Key,
        [
            (ImportField.Name, NameField.Headings),
            (ImportField.GivenName, NameField.GivenHeadings),
            (ImportField.MiddleName, NameField.MiddleHeadings),
            (ImportField.FamilyName, NameField.FamilyHeadings),
            (ImportField.Phone, PhoneField.MobileHeadings),
            (ImportField.Phone, PhoneField.Headings),
            (ImportField.Email, EmailField.Headings),
            (ImportField.Tags, TagsField.Headings),
            (ImportField.Property, PropertyField.Headings),
            (ImportField.Country, HeadingNames.Countries),
            (ImportField.DialCode, HeadingNames.DialCodes),
            (ImportField.Company, HeadingNames.Companies),
            .. ConsentField.Columns.Select(c => (Of(c.Channel), c.Headings)),
            (ImportField.Name, HeadingNames.Contacts),
            .. ImportFields.Plain.Select(d => (ImportFields.Of(d), d.Headings)),
            (ImportField.Name, FurtherHeadings.Names),
            (ImportField.GivenName, FurtherHeadings.Given),
            (ImportField.MiddleName, FurtherHeadings.Middle),
            (ImportField.FamilyName, FurtherHeadings.Family),
            (ImportField.Phone, FurtherHeadings.Mobiles),
            (ImportField.Phone, FurtherHeadings.Phones),
            (ImportField.Email, FurtherHeadings.Emails),
            (ImportField.Country, FurtherHeadings.Countries),
            (ImportField.Company, FurtherHeadings.Companies),
            (ImportField.Tags, FurtherHeadings.Tags),
        ]
    );

    // Headings without the words that say which of several: "Teléfono del trabajo 2" is a teléfono.
    private static readonly FrozenDictionary<string, ImportField> Nouns = Table(
        static name => string.Concat(HeadingWords.Bare(Heading.Words(name))),
        (ImportField.Phone, PhoneField.MobileHeadings),
        (ImportField.Phone, PhoneField.Headings),
        (ImportField.Email, EmailField.Headings),
        (ImportField.Country, HeadingNames.Countries),
        (ImportField.Phone, FurtherHeadings.Mobiles),
        (ImportField.Phone, FurtherHeadings.Phones),
        (ImportField.Email, FurtherHeadings.Emails)
    );

    private static readonly FrozenSet<string> Mobile = HeadingWords.Set($"{PhoneField.MobileHeadings}|{FurtherHeadings.Mobiles}");
    private static readonly FrozenSet<string> Phones = HeadingWords.Set(
        $"{PhoneField.MobileHeadings}|{PhoneField.Headings}|{FurtherHeadings.Mobiles}|{FurtherHeadings.Phones}"
    );
    private static readonly FrozenSet<string> Others = HeadingWords.Set(HeadingNames.Others);

    // The phone of somebody else.
    private static readonly FrozenSet<string> Emergency = HeadingWords.Set(
        "emergency|notfall|emergencia|urgence|emergenza|emergência|noodgeval"
    );

    private static readonly FrozenSet<string> OptOuts = HeadingWords.Set(
        string.Join('|', ConsentField.Columns.Where(c => c.IsOptOut).Select(c => c.Headings))
    );

    // After words for a phone, these mean a calling code: "Phone country code".
    private static readonly FrozenSet<string> Codes = HeadingWords.Set($"country|code|{HeadingNames.DialCodes}|{HeadingNames.Countries}");

    // Next to a name, these columns hold titles such as "Mr" and "Dr".
    private static readonly FrozenSet<string> Titles = HeadingWords.Set("prefix|préfixe|prefijo|prefisso|prefixo");

    // Words that say whose it is, or which of several: "Guest phone", "Phone number", "Email 1 - Value", "Nombre del huésped". But "hôte"
    // after a name does not count: it also means the host.
    private static readonly FrozenSet<string> Leading = HeadingWords.Set(
        "guest|guest's|person|customer|client|contact|booker|booking|billing|lead|main|primary|default|your|gast|kunden|huésped|cliente|"
            + "ospite|hôte|hóspede|haupt|principal|الضيف|رقم|s|l"
    );

    private static readonly FrozenSet<string> Trailing = HeadingWords.Set(
        "number|numbers|no|nr|nummer|numéro|numero|número|value|1|2|3|4|5|field|optional|required|billing|رقم|of|the|guest|"
            + "customer|des|gast|gastes|gasts|kunden|du|de|client|voyageur|del|huésped|cliente|titular|dell|ospite|do|da|"
            + "hóspede|الضيف|للضيف|النزيل|للنزيل|العميل|للعميل|s"
    );

    private static readonly FrozenSet<string> With = HeadingWords.Set("with|incl|including|mit|inkl|avec|con|com|incluindo|incluyendo|مع");

    /// <summary>The field a heading stands for, or null.</summary>
    public static ImportField? FieldOf(string heading)
    {
        if (Fields.TryGetValue(Heading.Key(heading), out var field))
        {
            return field;
        }

        foreach (var shorter in Shorter(heading))
        {
            // "Guest name" is a name, but "First name 2" is not a given name.
            if (Fields.TryGetValue(shorter, out field))
            {
                return field;
            }
        }

        // "Phone (with country code)" holds phones, and says how.
        var words = Heading.Words(heading);
        var how = words.ToList().FindIndex(With.Contains);
        return how > 0 ? FieldOf(string.Join(' ', words.Take(how))) : Compound(words);
    }

    /// <summary>Whether the column is for mobiles. These come before other phones, because WhatsApp uses mobiles.</summary>
    public static bool IsMobile(string heading) => Mobile.Contains(Heading.Key(heading)) || Heading.Words(heading).Any(Mobile.Contains);

    /// <summary>Whether the heading is known not to be a phone.</summary>
    public static bool IsOther(string heading) => Others.Contains(Heading.Key(heading));

    /// <summary>Whether a yes in the column means that the guest wants no marketing.</summary>
    public static bool IsOptOut(string heading) => OptOuts.Contains(Heading.Key(heading)) || Shorter(heading).Any(OptOuts.Contains);

    /// <summary>Whether a word of the heading is one for phones.</summary>
    public static bool SaysPhone(string heading) =>
        !IsOther(heading) && Heading.Words(heading) is var words && words.Any(Phones.Contains) && !words.Any(Emergency.Contains);

    /// <summary>Whether the heading is about e-mail.</summary>
    public static bool SaysEmail(string heading) =>
        Heading.Key(heading) is var key
        && (key.Contains("mail", StringComparison.Ordinal) || key.Contains("correo", StringComparison.Ordinal));

    /// <summary>Whether the heading may mean a title before a name as well as a calling code.</summary>
    public static bool MayBeTitle(string heading) => Titles.Contains(Heading.Key(heading));

    /// <summary>
    /// Finds a phone, an address or a country among words that say which of several it is, or a calling code among words for a phone.
    /// </summary>
    private static ImportField? Compound(IReadOnlyList<string> words)
    {
        if (words.Count > MostWords)
        {
            return null;
        }

        var bare = HeadingWords.Bare(words);
        if (Nouns.TryGetValue(string.Concat(bare), out var field))
        {
            return field;
        }

        var beside = bare.Where(w => !Mobile.Contains(w)).ToList();
        if (beside.Count < bare.Count && Nouns.GetValueOrDefault(string.Concat(beside)) is ImportField.Phone && beside.Count > 0)
        {
            return ImportField.Phone;
        }

        var codes = bare.Where(w => !Phones.Contains(w)).ToList();
        return codes.Count < bare.Count && Codes.Contains(string.Concat(codes)) ? ImportField.DialCode : null;
    }

    private static IEnumerable<string> Shorter(string heading)
    {
        var words = Heading.Words(heading);
        if (words.Count > MostWords)
        {
            yield break;
        }

        for (var first = 0; first < words.Count; first++)
        {
            if (first > 0 && !Leading.Contains(words[first - 1]))
            {
                break;
            }

            for (var last = words.Count; last > first; last--)
            {
                if (last < words.Count && !Trailing.Contains(words[last]))
                {
                    break;
                }

                yield return string.Concat(words.Skip(first).Take(last - first));
            }
        }
    }

    private static ImportField Of(ConsentChannel? channel) =>
        channel switch
        {
            ConsentChannel.WhatsApp => ImportField.ConsentWhatsApp,
            ConsentChannel.Email => ImportField.ConsentEmail,
            _ => ImportField.Consent,
        };

    private static FrozenDictionary<string, ImportField> Table(
        Func<string, string> key,
        params ReadOnlySpan<(ImportField Field, string Names)> lists
    )
    {
        var table = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        foreach (var (field, names) in lists)
        {
            foreach (var name in names.Split('|').Select(key).Where(k => k.Length > 0))
            {
                table.TryAdd(name, field);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
