namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Known names of columns, in English, German, French, Spanish, Italian, Portuguese and Arabic, and from Google Contacts, Outlook,
/// Thunderbird, Apple, HubSpot, Mailchimp, Brevo, Chatwoot, systeme.io and the reservation lists of hotel programs. Case, accents and signs
/// make no difference.
/// </summary>
internal static class HeadingNames
{
    public const string Names =
        "name|full name|display name|contact name|file as|guest|guest names|booker|customer|attendee|reservation name|"
        + "vollständiger name|anzeigename|gast|gastname|kunde|kundenname|nom complet|nom et prénom|nom prénom|hôte|"
        + "voyageur|client|nombre completo|nombre y apellidos|nombre y apellido|huésped|cliente|titular|nome completo|"
        + "nome e cognome|nome cognome|ospite|intestatario|nome e sobrenome|hóspede|nom|nombre|nome|nom à afficher|"
        + "nom affiché|nombre mostrado|nombre para mostrar|nome visualizzato|nome de exibição|nome a mostrar|"
        + "nome a visualizar|الاسم المعروض|اسم العرض|الاسم|الاسم الكامل|اسم|اسم الضيف|الضيف|اسم العميل";

    public const string GivenNames =
        "given name|first name|firstname|fname|forename|christian name|vorname|prénom|prenom|nombre de pila|"
        + "primer nombre|nombres|primo nome|primeiro nome|nome próprio|nome de batismo|الاسم الأول|الاسم الاول";

    public const string MiddleNames =
        "middle name|middle names|additional name|additional names|second name|zweiter vorname|weitere vornamen|"
        + "autres prénoms|otros nombres|altri nomi|outros nomes|deuxième prénom|segundo nombre|secondo nome|nome do meio|"
        + "segundo nome|اسم الأب|الاسم الأوسط";

    public const string FamilyNames =
        "family name|last name|lastname|lname|surname|sur name|nachname|familienname|zuname|nom de famille|apellido|"
        + "apellidos|primer apellido|cognome|sobrenome|apelido|último nome|اسم العائلة|الاسم الأخير|اللقب|الكنية";

    public const string Mobiles =
        "mobile|mobile phone|mobile number|mobile phone number|cell|cell phone|cellphone|cellular|sms|whatsapp|"
        + "whatsapp number|whatsapp phone|whatsapp phone number|wa number|handy|handynummer|mobil|mobiltelefon|mobilnummer|"
        + "mobilfunk|mobilfunknummer|portable|téléphone portable|tél portable|mobile téléphone|téléphone mobile|"
        + "numéro de portable|móvil|teléfono móvil|celular|teléfono celular|número de celular|número de móvil|cellulare|"
        + "telefono cellulare|numero di cellulare|telefonino|telemóvel|telefone celular|telefone móvel|الجوال|رقم الجوال|"
        + "جوال|الموبايل|موبايل|رقم الموبايل|المحمول|رقم المحمول|واتساب|رقم الواتساب|iphone|home mobile|mobil tel|"
        + "mobil tel nr";

    public const string Phones =
        "phone|phone number|phone no|telephone|telephone number|tel|tel no|phone mobile|contact number|contact no|"
        + "primary phone|home phone|home phone 2|business phone|business phone 2|work phone|other phone|car phone|"
        + "company main phone|phones|phone numbers|msisdn|telefon|telefonnummer|telefonnr|rufnummer|tel nr|téléphone|tél|"
        + "numéro de téléphone|teléfono|número de teléfono|teléfono de contacto|tfno|telf|telefono|numero di telefono|"
        + "recapito telefonico|telefone|número de telefone|fone|الهاتف|رقم الهاتف|هاتف|رقم التليفون|تليفون|التلفون|"
        + "haupttelefon|autotelefon|funktelefon|privattelefon|diensttelefon|firmentelefon|bürotelefon|geschäftstelefon|"
        + "festnetz|festnetznummer|privatnummer|kontaktnummer|home number|work number|office number|landline|"
        + "landline number|numéro de contact|número de contacto|número de contato|centralita|ab telefono|numero di contatto";

    public const string Emails =
        "email|e mail|mail|email address|e mail address|email addresses|mail address|email id|work email|personal email|"
        + "e mail 2 address|e mail 3 address|secondary email|email 1|email 2|email 3|emailadresse|mailadresse|"
        + "adresse email|adresse mail|adresse électronique|adresse de messagerie|adresse de courriel|messagerie|courriel|"
        + "correo|correo electrónico|dirección de correo|dirección de correo electrónico|dirección electrónica|"
        + "dirección email|indirizzo email|indirizzo posta elettronica|indirizzo di posta elettronica|posta elettronica|"
        + "posta elettronica indirizzo|endereço de email|endereço de correio eletrônico|endereço de correio electrónico|"
        + "endereço eletrônico|correio eletrônico|correio electrónico|correio eletrónico|عنوان البريد الإلكتروني|"
        + "عنوان البريد|البريد الإلكتروني|البريد الالكتروني|البريد|بريد إلكتروني|الإيميل|ايميل";

    public const string Tags =
        "tag|tags|label|labels|category|categories|keywords|group membership|schlagwort|schlagworte|schlagwörter|"
        + "kategorie|kategorien|étiquette|étiquettes|catégorie|catégories|mots clés|etiqueta|etiquetas|categoría|"
        + "categorías|etichetta|etichette|categoria|categorie|categorias|marcadores|الوسوم|وسم|وسوم|التصنيف|تصنيفات";

    // "Group" is not listed, because it has several meanings: a property, a tag, or a booking of many guests.
    public const string Properties =
        "property|property name|unterkunft|établissement|propriété|propiedad|alojamiento|establecimiento|struttura|"
        + "proprietà|propriedade|alojamento|estabelecimento|acomodação|العقار|المنشأة";

    public const string Countries =
        "country|country code|country region|home country|guest country|country of residence|land|wohnsitzland|pays|"
        + "pays de résidence|país|país de residencia|paese|nazione|país de residência|land region|pays région|"
        + "país o región|país región|paese regione|ländercode|landescode|code pays|código de país|código del país|"
        + "código do país|codice paese|الدولة|البلد|بلد";

    public const string Companies =
        "company|company name|organization|organisation|organization name|organisation name|organization 1 name|firma|"
        + "firmenname|unternehmen|société|nom de la société|entreprise|organisme|empresa|nombre de la empresa|organización|"
        + "azienda|società|nome azienda|ragione sociale|nome da empresa|organização|الشركة|اسم الشركة|المؤسسة|agency|"
        + "agency name|agent|agent name|travel agency|travel agency name|booked by|organizer|agentur|reisebüro|agence|"
        + "agence de voyage|agencia|agencia de viajes|agenzia|agenzia di viaggio|agência|agência de viagens|وكالة السفر";

    public const string Consents =
        "consent|marketing consent|opt in|optin|opted in|marketing opt in|accepts marketing|marketing|einwilligung|"
        + "werbeeinwilligung|zustimmung|consentement|consentimiento|consentimiento de marketing|consenso|"
        + "consenso marketing|consentimento|موافقة|الموافقة|الموافقة على التسويق";

    public const string WhatsAppConsents =
        "whatsapp consent|consent whatsapp|whatsapp opt in|whatsapp optin|whatsapp einwilligung|consentement whatsapp|"
        + "consentimiento whatsapp|consenso whatsapp|consentimento whatsapp|موافقة واتساب";

    public const string EmailConsents =
        "email consent|consent email|email opt in|email optin|double opt in|accepts email marketing|newsletter|"
        + "email marketing|email subscriber status|email einwilligung|consentement email|consentimiento email|"
        + "consenso email|consentimento email|boletín|bulletin|موافقة البريد الإلكتروني";

    /// <summary>May hold names, phones or e-mail addresses. The values decide.</summary>
    public const string Contacts =
        "contact|contacts|contact details|contact info|contact information|kontakt|kontaktdaten|contacto|"
        + "datos de contacto|contatto|contatti|contato|contactos|جهة الاتصال|اتصال|guest contact|kontakt des gastes";

    /// <summary>Countries' calling codes.</summary>
    public const string DialCodes =
        "dial code|dialcode|dialing code|dialling code|calling code|country calling code|country dial code|"
        + "country dialing code|phone code|phone prefix|country prefix|prefix|international prefix|isd code|isd|idd|ddi|"
        + "vorwahl|ländervorwahl|landesvorwahl|telefonvorwahl|internationale vorwahl|indicatif|indicatif pays|"
        + "indicatif téléphonique|indicatif international|préfixe|préfixe téléphonique|prefijo|prefijo telefónico|"
        + "prefijo internacional|prefijo país|prefijo del país|código de marcación|prefisso|prefisso telefonico|"
        + "prefisso internazionale|prefisso paese|indicativo|indicativo do país|indicativo telefónico|"
        + "indicativo internacional|prefixo|código de discagem|رمز الاتصال|رمز الاتصال الدولي|مفتاح الدولة|مقدمة الدولة|"
        + "كود الدولة|رمز الدولة";

    /// <summary>
    /// Columns of digits that are not phones. A column without a known heading is not taken for a phone if its heading is listed here.
    /// </summary>
    public const string Others =
        "leid|euid|member rating|latitude|longitude|gmtoff|dstoff|timezone|time zone|cc|region|optin time|optin ip|"
        + "confirm time|confirm ip|last changed|notes|note|id|record id|contact id|lead id|external id|reservation|"
        + "reservation id|reservation number|booking id|booking number|booking reference|confirmation number|room|"
        + "room number|zip|zip code|postal code|postcode|plz|birthday|birth date|date of birth|birth year|birth month|"
        + "birth day|created|created at|create date|updated at|last modified|date|check in|check out|arrival|departure|"
        + "checkin|checkout|fax|fax number|home fax|business fax|other fax|pager|pager number|telex|isdn|vat|tax id|"
        + "passport|document|iban|amount|total|price";
}
