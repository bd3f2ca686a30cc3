namespace Bellhop.Features.Imports.Files;

/// <summary>
/// Known names of columns that are not fields of a guest but help to read them, in the same languages and from the same programs as
/// <see cref="Contacts.NameField.Headings"/>. Case, accents and signs make no difference.
/// </summary>
internal static class HeadingNames
{
    public const string Countries =
        "country|country code|country region|home country|guest country|country of residence|land|wohnsitzland|pays|"
        + "pays de résidence|país|país de residencia|paese|nazione|país de residência|land region|pays région|"
        + "país o región|país región|paese regione|ländercode|landescode|code pays|código de país|código del país|"
        + "código do país|codice paese|buchungsland|país de la persona que reserva|"
        + "pays de la personne ayant réservé|paese di chi prenota|الدولة|البلد|بلد";

    public const string Companies =
        "company|company name|organization|organisation|organization name|organisation name|organization 1 name|firma|"
        + "firmenname|unternehmen|société|nom de la société|entreprise|organisme|empresa|nombre de la empresa|organización|"
        + "azienda|società|nome azienda|ragione sociale|nome da empresa|organização|الشركة|اسم الشركة|المؤسسة|agency|"
        + "agency name|agent|agent name|travel agency|travel agency name|booked by|organizer|agentur|reisebüro|agence|"
        + "agence de voyage|agencia|agencia de viajes|agenzia|agenzia di viaggio|agência|agência de viagens|وكالة السفر";

    /// <summary>May hold names, phones or e-mail addresses. The values decide.</summary>
    public const string Contacts =
        "contact|contacts|contact details|contact info|contact information|kontakt|kontaktdaten|contacto|"
        + "datos de contacto|contatto|contatti|contato|contactos|جهة الاتصال|اتصال|guest contact|kontakt des gastes";

    /// <summary>Of a birthday in three columns, as Thunderbird writes it. Its day alone is no birthday.</summary>
    public const string BirthYears =
        "birth year|geburtsjahr|année de naissance|año de nacimiento|anno di nascita|ano de nascimento|geboortejaar|سنة الميلاد";

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
