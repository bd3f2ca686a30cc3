using Bellhop.Features.Imports.Files;
using Bellhop.Platform;

namespace Bellhop.Tests.Features.Imports.Files;

public sealed class ColumnMappingTests
{
    [Theory]
    [InlineData("Name,Telefonnummer,E-Mail,Schlagwörter,Unterkunft,Land", "name phone email tags property country")]
    [InlineData("Vorname,Name,Handy,Mailadresse", "givenName familyName phone email")]
    [InlineData("Prénom,Nom,Téléphone portable,Courriel,Étiquettes,Pays", "givenName familyName phone email tags country")]
    [InlineData("Nombre,Apellidos,Teléfono móvil,Correo electrónico,Etiquetas,País", "givenName familyName phone email tags country")]
    [InlineData("Nome,Cognome,Cellulare,Indirizzo e-mail,Struttura", "givenName familyName phone email property")]
    [InlineData("Nome,Sobrenome,Telemóvel,E-mail,Marcadores", "givenName familyName phone email tags")]
    [InlineData("الاسم,رقم الهاتف,البريد الإلكتروني,الدولة", "name phone email country")]
    [InlineData(
        "First Name,Middle Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value",
        "givenName middleName familyName tags - email - phone"
    )]
    [InlineData(
        "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Lead Status,Create Date",
        "- givenName familyName email phone phone - -"
    )]
    [InlineData("EMAIL,NOM,PRENOM,SMS,WHATSAPP,OPT_IN,DOUBLE_OPT-IN", "email familyName givenName phone phone consent consentEmail")]
    [InlineData("id,name,email,phone_number,labels,company_name", "- name email phone tags company")]
    [InlineData("Reservation number,Guest name,Guest phone,Guest e-mail,Guests,Room,Arrival", "- name phone email - - -")]
    [InlineData("Booking reference,Booker name,Mobile,Group,Number of nights", "- name phone - -")]
    [InlineData(
        "Nombre del huésped,Teléfono del huésped,Correo del huésped,Número de huéspedes,Nombre de la propiedad,Nombre de noches",
        "name phone email - - -"
    )]
    [InlineData(
        "Nom du client,Téléphone du client,E-mail du client,Nombre de nuits,Nombre de clients,Nom de l'établissement,Nom de l'hôte",
        "name phone email - - - -"
    )]
    [InlineData("Name des Gastes,Handy des Gastes,E-Mail des Gastes,Anzahl der Gäste,Name des Zimmers", "name phone email - -")]
    [InlineData("Nome dell'ospite,Telefono dell'ospite,Email ospite,Numero di ospiti,Nome della struttura", "name phone email - -")]
    [InlineData("Nome do hóspede,Telemóvel do hóspede,E-mail do hóspede,Número de hóspedes", "name phone email -")]
    [InlineData("اسم النزيل,رقم هاتف النزيل,البريد الإلكتروني للضيف,عدد الضيوف", "name phone email -")]
    [InlineData("Book Number,Guest Name(s),Check-in,Persons,Booker country,Duration (nights),Phone number", "- name - - country - phone")]
    [InlineData("customerName,phoneNumber,emailAddress", "name phone email")]
    [InlineData("Name,Phone (with country code),E-mail", "name phone email")]
    [InlineData("Nombre,Apellidos,Teléfono con prefijo,Correo electrónico", "givenName familyName phone email")]
    [InlineData("Prénom,Nom de famille,N° de téléphone portable,Adresse e-mail", "givenName familyName phone email")]
    [InlineData(
        "name,phone,email,tags,property,whatsapp consent,email consent",
        "name phone email tags property consentWhatsApp consentEmail"
    )]
    [InlineData(
        "name,phone,email,tags,property,source,customer since,bookings,total spent,currency,last booking,rating,whatsapp "
            + "consent,email consent",
        "name phone email tags property - - - - - - - consentWhatsApp consentEmail"
    )]
    [InlineData(
        "Anrede,Vorname,Weitere Vornamen,Nachname,Firma,Telefon geschäftlich,Telefon geschäftlich 2,Fax geschäftlich,Telefon "
            + "Firma,Autotelefon,Telefon privat,Mobiltelefon,Weiteres Telefon,Haupttelefon,E-Mail-Adresse,E-Mail-Typ,E-Mail 2: "
            + "Adresse,Land/Region privat",
        "- givenName middleName familyName company phone phone - phone phone phone phone phone phone email - email country"
    )]
    [InlineData(
        "Prénom,Deuxième prénom,Nom,Société,Téléphone (bureau),Téléphone (domicile),Télécopie (domicile),Tél. mobile,Autre "
            + "téléphone,Téléphone principal,Adresse de messagerie,Adresse de messagerie 2,Pays/Région (domicile)",
        "givenName middleName familyName company phone phone - phone phone phone email email country"
    )]
    [InlineData(
        "Nombre,Segundo nombre,Apellidos,Organización,Teléfono del trabajo,Teléfono particular 2,Fax particular,Otro "
            + "teléfono,Teléfono móvil,Dirección de correo electrónico,Dirección del correo electrónico 2,País o región del trabajo",
        "givenName middleName familyName company phone phone - phone phone email email country"
    )]
    [InlineData(
        "Nome,Secondo nome,Cognome,Società,Telefono uff. 2,Telefono abitazione,Cellulare,Altro telefono,Telefono "
            + "principale,Indirizzo posta elettronica,Posta elettronica 2 - Indirizzo,Paese/Regione abitazione",
        "givenName middleName familyName company phone phone phone phone phone email email country"
    )]
    [InlineData(
        "Nome próprio,Apelido,Telefone comercial,Telefone residencial 2,Telemóvel,Outro telefone,Endereço de correio "
            + "electrónico,Correio eletrónico 2",
        "givenName familyName phone phone phone phone email email"
    )]
    [InlineData(
        "الاسم الأول,اسم العائلة,هاتف العمل,هاتف المنزل,الهاتف المحمول,البريد الإلكتروني الأساسي",
        "givenName familyName phone phone phone email"
    )]
    [InlineData(
        "Vorname,Nachname,Anzeigename,Primäre E-Mail-Adresse,Sekundäre E-Mail-Adresse,Tel. dienstlich,Tel. "
            + "privat,Fax-Nummer,Mobil-Tel.-Nr.",
        "givenName familyName name email email phone phone - phone"
    )]
    [InlineData(
        "Prénom,Nom de famille,Nom à afficher,Première adresse électronique,Adresse électronique secondaire,Tél. "
            + "professionnel,Tél. personnel,Portable",
        "givenName familyName name email email phone phone phone"
    )]
    [InlineData(
        "Nome,Cognome,Nome visualizzato,Email primaria,Email secondaria,Telefono di lavoro,Telefono di casa,Numero cellulare",
        "givenName familyName name email email phone phone phone"
    )]
    [InlineData("Nome,E-mail 1 - Valor,Telefone 1 - Valor,Teléfono 2 - Valor,Telefon 3 - Wert", "name email phone phone phone")]
    [InlineData("Guest's name,Guest's phone,Guest’s e-mail", "name phone email")]
    [InlineData("Name,Phone1,Phone2,Email1,Home Mobile,Work number", "name phone phone email phone phone")]
    [InlineData("Name,Phone Country Code,Phone Number", "name dialCode phone")]
    [InlineData("Name,Dial Code,Phone", "name dialCode phone")]
    [InlineData("Name,Vorwahl,Telefon,Mobile country code,Mobile", "name dialCode phone dialCode phone")]
    [InlineData("Name,Country Calling Code,Phone prefix,Phone", "name dialCode dialCode phone")]
    [InlineData(
        "Guest First Name,Guest Last Name,Guest Phone Number,Guest Email Address,Booker Name,Booker Email",
        "givenName familyName phone email company -"
    )]
    [InlineData("Agency,Guest name,Agency phone,Company phone,Phone", "company name - phone phone")]
    [InlineData("Company,Contact name,Phone", "company name phone")]
    [InlineData(
        "Order Number,First Name (Billing),Last Name (Billing),Country Code (Billing),Email (Billing),Phone (Billing),"
            + "First Name (Shipping)",
        "- givenName familyName country email phone -"
    )]
    [InlineData(
        "order_id,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_country,shipping_phone",
        "- givenName familyName company email phone country -"
    )]
    [InlineData("Name,Email,Billing Name,Billing Phone,Shipping Name,Phone", "- email name phone - phone")]
    [InlineData("First Name,Phone 1 - Value,Address 1 - Street,Address 1 - Country", "givenName phone - country")]
    [InlineData("Default Address Country Code,Default Address Phone,Phone", "country phone phone")]
    [InlineData("First Name,Primary Email,Birth Year,Birth Month,Birth Day", "givenName email - - -")]
    [InlineData("Vorname,Handy,Geburtsjahr,Geburtsmonat,Geburtstag", "givenName phone - - -")]
    [InlineData("Vorname,Handy,Geburtstag", "givenName phone birthday")]
    [InlineData("Name,Phone,Marketing-Einwilligung,Unsubscribed,Do not contact", "name phone consent consentEmail consent")]
    [InlineData("Name,Phone,Email marketing consent,Opt-in WhatsApp", "name phone consentEmail consentWhatsApp")]
    [InlineData("Nombre,Teléfono,Acepta publicidad,Suscrito al boletín", "name phone consent consentEmail")]
    [InlineData("Voornaam,Mobiele telefoon,Categorieën,Nieuwsbrief", "givenName phone tags consentEmail")]
    [InlineData("Apellidos y nombre,Teléfono", "name phone")]
    [InlineData("Person - Name,Person - Phone,Person - Email,Person - Organization", "name phone email company")]
    [InlineData("Voornaam,Primair e-mailadres,Telefoon thuis,E-mail 1 - Waarde,Telefoon 1 - Waarde", "givenName email phone email phone")]
    [InlineData("Nombre y apellidos,Número de teléfono (WhatsApp),Teléfono WhatsApp", "name phone phone")]
    [InlineData("Surname,Given,Mobile,Buchungsland des Gastes", "familyName givenName phone country")]
    public void Headings_are_known_in_seven_languages_and_of_known_programs(string headings, string fields) =>
        Fields(ColumnMapping.Guess(Layout(headings))).ShouldBe(fields);

    [Theory]
    [InlineData("Voornaam,Tussenvoegsel,Achternaam,Telefoonnummer,E-mailadres,Land", "givenName middleName familyName phone email country")]
    [InlineData("Naam gast,Mobiel nummer,E-mail,Bedrijf", "name phone email company")]
    [InlineData("Förnamn,Efternamn,Mobilnummer,E-postadress,Land", "givenName familyName phone email country")]
    [InlineData("Navn,Telefon,E-post", "name phone email")]
    [InlineData("Etunimi,Sukunimi,Puhelinnumero,Sähköposti,Maa", "givenName familyName phone email country")]
    [InlineData("Imię,Nazwisko,Numer telefonu,Adres e-mail,Kraj", "givenName familyName phone email country")]
    [InlineData("IMIĘ I NAZWISKO,TELEFON KOMÓRKOWY,E-MAIL", "name phone email")]
    [InlineData("Jméno,Příjmení,Mobilní telefon,E-mailová adresa,Země", "givenName familyName phone email country")]
    [InlineData("Jméno a příjmení,Telefonní číslo,E-mail", "name phone email")]
    [InlineData("Meno,Priezvisko,Telefónne číslo,E-mail,Krajina", "givenName familyName phone email country")]
    [InlineData("Vezetéknév,Keresztnév,Telefonszám,E-mail cím,Ország", "familyName givenName phone email country")]
    [InlineData("Nume,Prenume,Telefon,Adresă de email,Țară", "familyName givenName phone email country")]
    [InlineData("Ad,Soyad,Cep Telefonu,E-posta,Ülke", "givenName familyName phone email country")]
    [InlineData("Όνομα,Επώνυμο,Κινητό,Email,Χώρα", "givenName familyName phone email country")]
    [InlineData("Фамилия,Имя,Отчество,Телефон,Электронная почта", "familyName givenName middleName phone email")]
    [InlineData("ФИО,Номер телефона,E-mail,Страна", "name phone email country")]
    [InlineData("שם פרטי,שם משפחה,טלפון נייד,דואר אלקטרוני", "givenName familyName phone email")]
    [InlineData("氏名,電話番号,メールアドレス,国", "name phone email country")]
    [InlineData("姓,名,携帯電話,メール", "familyName givenName phone email")]
    [InlineData("姓名,手机号码,电子邮箱,国家", "name phone email country")]
    [InlineData("이름,휴대폰번호,이메일,국가", "name phone email country")]
    public void Headings_are_known_in_the_languages_of_further_countries(string headings, string fields) =>
        Fields(ColumnMapping.Guess(Layout(headings))).ShouldBe(fields);

    [Theory]
    [InlineData("Guest name,Contact", "Rosalind Quimby|+351 919 100 001", "name phone")]
    [InlineData("Contact,Phone", "Rosalind Quimby|+351 919 100 001", "name phone")]
    [InlineData("Kontakt,Name", "ana@mail.example|Ana Quin", "email name")]
    [InlineData("Contacto,Nombre", "912 000 001|Ana Quin", "phone name")]
    [InlineData("Name,Country Code,Phone", "Ana|+351|912000001", "name dialCode phone")]
    [InlineData("Name,Country Code,Phone", "Ana|351|912000001", "name dialCode phone")]
    [InlineData("Name,Country Code,Phone", "Ana|PT|912000001", "name country phone")]
    [InlineData("Prefix,First name,Last name,Phone", "Dr|Ana|Quin|912000001", "- givenName familyName phone")]
    [InlineData("Name,Prefix,Phone", "Ana|00351|912000001", "name dialCode phone")]
    [InlineData("Cuál es tu número de móvil,Correo", "612 000 001|ana@mail.example", "phone email")]
    [InlineData("What is your phone number?,And your e-mail?", "612000001|ana@mail.example", "phone email")]
    [InlineData("Guest name,Contact", "Ana|201-555-0123", "name phone")]
    [InlineData("Phone checked on,Email", "2025-01-01 10:00:00|ana@mail.example", "- email")]
    [InlineData("Emergency phone of a friend,Email", "612000001|ana@mail.example", "- email")]
    [InlineData("Phone,Second phone of your family", "612000001|612000002", "phone -")]
    public void A_columns_values_decide_where_its_heading_may_be_several_things(string headings, string row, string fields)
    {
        var layout = Layout(headings);
        layout = layout with { Values = ColumnJudge.Of([new FileRow(2, row.Split('|'))], layout.Headings.Count) };
        Fields(ColumnMapping.Guess(layout)).ShouldBe(fields);
    }

    [Theory]
    [InlineData("name,phone,email,customer since", true)]
    [InlineData("email,last booking", true)]
    [InlineData("name,phone,email", false)]
    [InlineData("Name,phone", false)]
    [InlineData("name,phone,notes", false)]
    [InlineData("rating,tags", false)]
    [InlineData("name,name", false)]
    public void Our_own_headings_are_ours_only_as_we_write_them(string headings, bool ours) => Layout(headings).IsOurs.ShouldBe(ours);

    [Fact]
    public void A_mapping_given_stands_above_the_guess_and_is_written_and_read_the_same()
    {
        var layout = Layout("Name,Phone,Cell,Notes,Email");
        var errors = new ValidationErrors();
        var mapping = ColumnMapping.Read("""{"cell":"phone","NOTES":"tags","Email":null}""", layout, errors);

        errors.Any.ShouldBeFalse();
        Fields(mapping).ShouldBe("name - phone tags -");
        Fields(ColumnMapping.Read(mapping.Write(), layout, errors)).ShouldBe("name - phone tags -");
        Fields(ColumnMapping.Read("""{"Name":"familyName"}""", layout, errors)).ShouldBe("familyName phone phone - email");
        Fields(ColumnMapping.Read(null, layout, errors)).ShouldBe("name phone phone - email");
    }

    [Theory]
    [InlineData("""{"Telefon":"phone"}""", "mapping.Telefon", "Mapping.NoColumn")]
    [InlineData("""{"Name":"nickname"}""", "mapping.Name", "Mapping.NoField")]
    [InlineData("""{"Name":3}""", "mapping.Name", "Mapping.NoField")]
    [InlineData("""{"Phone":""}""", "mapping", "Mapping.NoPhone")]
    [InlineData("""["phone"]""", "mapping", "Mapping.NotAnObject")]
    [InlineData("{", "mapping", "Mapping.NotAnObject")]
    [InlineData("""{"Name":"name","Name":"phone"}""", "mapping", "Mapping.NotAnObject")]
    public void What_is_wrong_with_a_mapping_is_said_of_its_column(string json, string field, string key)
    {
        var errors = new ValidationErrors();
        ColumnMapping.Read(json, Layout("Name,Phone"), errors);
        Should.Throw<Refusal>(errors.Refuse).Errors[field].ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public void A_file_without_a_phone_and_an_email_is_refused_with_what_it_has()
    {
        var layout = Layout("Name,Notes");
        var refusal = Should.Throw<Refusal>(() => ColumnMapping.Guess(layout).Demand(layout));
        (refusal.Type, refusal.Title.Key, refusal.Title.Args[0]).ShouldBe(("unusable-file", "File.NoPhoneColumn", "Name, Notes"));
        var own = Layout("name,email,customer since");
        ColumnMapping.Guess(own).Demand(own);
        var addresses = Layout("Name,Email");
        ColumnMapping.Guess(addresses).Demand(addresses);
    }

    [Fact]
    public void Same_headings_have_the_same_key()
    {
        var key = ColumnMapping.HeadingsKey(Layout("Name,E-Mail,Phone number"));
        key.Length.ShouldBe(64);
        ColumnMapping.HeadingsKey(Layout("NAME,email,phone_number")).ShouldBe(key);
        ColumnMapping.HeadingsKey(Layout("Name,Phone number,E-Mail")).ShouldNotBe(key);
    }

    internal static FileLayout Layout(string headings)
    {
        string[] all = headings.Split(',');
        return new FileLayout(FileKind.Csv, "utf-8", ',', all, OwnHeadings.Are(all));
    }

    private static string Fields(ColumnMapping mapping) =>
        string.Join(' ', mapping.Columns.Select(c => c.Field is { } f ? ColumnMapping.NameOf(f) : "-"));
}
