using System.Collections.Frozen;

namespace Bellhop.Features.Imports.Files;

/// <summary>
/// What columns are called in the files people have: in English, German, French, Spanish, Italian, Portuguese and Arabic, and by Google
/// Contacts, Outlook, Thunderbird, HubSpot, Mailchimp, Brevo, Chatwoot, systeme.io and the reservation lists of hotel programs.
/// </summary>
internal static class KnownHeadings
{
    // "Group" is left to whoever imports: it is a property to some, a tag or a booking of many to others.
    private static readonly FrozenDictionary<string, ImportField> Fields = Table(
        (
            ImportField.Name,
            "name|full name|display name|contact name|file as|guest|guest names|booker|customer|contact|attendee|reservation name|"
                + "vollständiger name|anzeigename|gast|gastname|kunde|kundenname|nom complet|nom et prénom|nom prénom|hôte|voyageur|client|nombre completo|nombre y apellidos|nombre y apellido|huésped|cliente|titular|"
                + "nome completo|nome e cognome|nome cognome|ospite|intestatario|nome e sobrenome|hóspede|nom|nombre|nome|الاسم|الاسم الكامل|اسم|اسم الضيف|الضيف|اسم العميل"
        ),
        (
            ImportField.GivenName,
            "given name|first name|firstname|fname|forename|christian name|vorname|prénom|prenom|nombre de pila|primer nombre|nombres|primo nome|primeiro nome|nome próprio|الاسم الأول|الاسم الاول"
        ),
        (
            ImportField.MiddleName,
            "middle name|additional name|second name|zweiter vorname|deuxième prénom|segundo nombre|secondo nome|nome do meio|segundo nome|اسم الأب|الاسم الأوسط"
        ),
        (
            ImportField.FamilyName,
            "family name|last name|lastname|lname|surname|sur name|nachname|familienname|zuname|nom de famille|apellido|apellidos|primer apellido|cognome|sobrenome|apelido|último nome|اسم العائلة|الاسم الأخير|اللقب|الكنية"
        ),
        (ImportField.Phone, Phones.Mobile + "|" + Phones.Other),
        (
            ImportField.Email,
            "email|e mail|mail|email address|e mail address|email addresses|mail address|email id|work email|personal email|e mail 2 address|e mail 3 address|secondary email|email 1|email 2|email 3|emailadresse|mailadresse|"
                + "adresse email|adresse mail|adresse électronique|courriel|correo|correo electrónico|dirección de correo|dirección de correo electrónico|indirizzo email|posta elettronica|endereço de email|correio eletrônico|correio eletrónico|"
                + "البريد الإلكتروني|البريد الالكتروني|البريد|بريد إلكتروني|الإيميل|ايميل"
        ),
        (
            ImportField.Tags,
            "tag|tags|label|labels|category|categories|keywords|group membership|schlagwort|schlagworte|schlagwörter|kategorie|kategorien|étiquette|étiquettes|catégorie|catégories|mots clés|etiqueta|etiquetas|categoría|categorías|"
                + "etichetta|etichette|categoria|categorie|categorias|marcadores|الوسوم|وسم|وسوم|التصنيف|تصنيفات"
        ),
        (
            ImportField.Property,
            "property|property name|unterkunft|établissement|propriété|propiedad|alojamiento|establecimiento|struttura|proprietà|propriedade|alojamento|estabelecimento|acomodação|العقار|المنشأة"
        ),
        (
            ImportField.Country,
            "country|country code|country region|home country|guest country|country of residence|land|wohnsitzland|pays|pays de résidence|país|país de residencia|paese|nazione|país de residência|الدولة|البلد|بلد"
        ),
        (
            ImportField.Consent,
            "consent|marketing consent|opt in|optin|opted in|marketing opt in|accepts marketing|marketing|einwilligung|werbeeinwilligung|zustimmung|consentement|consentimiento|consentimiento de marketing|consenso|consenso marketing|consentimento|موافقة|الموافقة|الموافقة على التسويق"
        ),
        (
            ImportField.ConsentWhatsApp,
            "whatsapp consent|consent whatsapp|whatsapp opt in|whatsapp optin|whatsapp einwilligung|consentement whatsapp|consentimiento whatsapp|consenso whatsapp|consentimento whatsapp|موافقة واتساب"
        ),
        (
            ImportField.ConsentEmail,
            "email consent|consent email|email opt in|email optin|double opt in|accepts email marketing|newsletter|email marketing|email subscriber status|email einwilligung|consentement email|consentimiento email|consenso email|consentimento email|boletín|bulletin|موافقة البريد الإلكتروني"
        )
    );

    private static readonly FrozenSet<string> Mobile = Phones.Mobile.Split('|').Select(Heading.Key).ToFrozenSet(StringComparer.Ordinal);

    // What says whose it is, or which of several: "Guest phone", "Phone number", "Email 1 - Value", "Nombre del huésped". Not hôte behind a
    // name: who has the house is one too.
    private static readonly FrozenSet<string> Leading = Set(
        "guest|guest's|customer|client|contact|booker|booking|lead|main|primary|default|your|gast|kunden|huésped|cliente|ospite|hôte|hóspede|haupt|principal|الضيف|رقم"
    );
    private static readonly FrozenSet<string> Trailing = Set(
        "number|numbers|no|nr|nummer|numéro|numero|número|value|1|2|3|4|5|field|optional|required|رقم|"
            + "of|the|guest|customer|des|gast|gastes|gasts|kunden|du|de|client|voyageur|del|huésped|cliente|titular|dell|ospite|do|da|hóspede|الضيف|للضيف|النزيل|للنزيل|العميل|للعميل"
    );

    // Digits that are no phone's: what may pass for an unnamed phone column is not one of these.
    private static readonly FrozenSet<string> Others = Set(
        "leid|euid|member rating|latitude|longitude|gmtoff|dstoff|timezone|time zone|cc|region|optin time|optin ip|confirm time|confirm ip|last changed|notes|note|id|record id|contact id|lead id|external id|"
            + "reservation|reservation id|reservation number|booking id|booking number|booking reference|confirmation number|room|room number|zip|zip code|postal code|postcode|plz|birthday|birth date|date of birth|birth year|birth month|birth day|"
            + "created|created at|create date|updated at|last modified|date|check in|check out|arrival|departure|checkin|checkout|fax|fax number|home fax|business fax|other fax|pager|pager number|telex|isdn|vat|tax id|passport|document|iban|amount|total|price"
    );

    /// <summary>The field a heading stands for, or null.</summary>
    public static ImportField? FieldOf(string heading)
    {
        if (Fields.TryGetValue(Heading.Key(heading), out var field))
        {
            return field;
        }

        foreach (var shorter in Shorter(heading))
        {
            // "Guest name" is a name, "First name 2" is not the given name.
            if (Fields.TryGetValue(shorter, out field))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>A mobile's column counts before others: that is where WhatsApp is.</summary>
    public static bool IsMobile(string heading) => Mobile.Contains(Heading.Key(heading)) || Shorter(heading).Any(Mobile.Contains);

    /// <summary>Known, and no phone.</summary>
    public static bool IsOther(string heading) => Others.Contains(Heading.Key(heading));

    private static IEnumerable<string> Shorter(string heading)
    {
        var words = Heading.Words(heading);
        if (words.Count > 8)
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

    private static FrozenSet<string> Set(string words) => words.Split('|').Select(Heading.Key).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenDictionary<string, ImportField> Table(params ReadOnlySpan<(ImportField Field, string Names)> lists)
    {
        var table = new Dictionary<string, ImportField>(StringComparer.Ordinal);
        foreach (var (field, names) in lists)
        {
            foreach (var name in names.Split('|'))
            {
                table.TryAdd(Heading.Key(name), field);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static class Phones
    {
        public const string Mobile =
            "mobile|mobile phone|mobile number|mobile phone number|cell|cell phone|cellphone|cellular|sms|whatsapp|whatsapp number|whatsapp phone|whatsapp phone number|wa number|handy|handynummer|mobil|mobiltelefon|mobilnummer|mobilfunk|mobilfunknummer|"
            + "portable|téléphone portable|tél portable|mobile téléphone|téléphone mobile|numéro de portable|móvil|teléfono móvil|celular|teléfono celular|número de celular|número de móvil|cellulare|telefono cellulare|numero di cellulare|telefonino|"
            + "telemóvel|telefone celular|telefone móvel|الجوال|رقم الجوال|جوال|الموبايل|موبايل|رقم الموبايل|المحمول|رقم المحمول|واتساب|رقم الواتساب";
        public const string Other =
            "phone|phone number|phone no|telephone|telephone number|tel|tel no|phone mobile|contact number|contact no|primary phone|home phone|home phone 2|business phone|business phone 2|work phone|other phone|car phone|company main phone|phones|phone numbers|msisdn|"
            + "telefon|telefonnummer|telefonnr|rufnummer|tel nr|téléphone|tél|numéro de téléphone|teléfono|número de teléfono|teléfono de contacto|tfno|telf|telefono|numero di telefono|recapito telefonico|telefone|número de telefone|fone|contato|"
            + "الهاتف|رقم الهاتف|هاتف|رقم التليفون|تليفون|التلفون";
    }
}
