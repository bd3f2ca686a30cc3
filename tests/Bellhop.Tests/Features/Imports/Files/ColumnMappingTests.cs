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
    [InlineData("id,name,email,phone_number,labels,company_name", "- name email phone tags -")]
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
    [InlineData(
        "name,phone,email,tags,property,whatsapp consent,email consent",
        "name phone email tags property consentWhatsApp consentEmail"
    )]
    [InlineData(
        "name,phone,email,tags,property,source,customer since,bookings,total spent,currency,last booking,rating,whatsapp consent,email consent",
        "name phone email tags property - - - - - - - consentWhatsApp consentEmail"
    )]
    public void Headings_are_known_in_seven_languages_and_of_known_programs(string headings, string fields) =>
        Fields(ColumnMapping.Guess(Layout(headings))).ShouldBe(fields);

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
    public void A_file_without_a_phone_is_refused_with_what_it_has()
    {
        var layout = Layout("Name,Email");
        var refusal = Should.Throw<Refusal>(() => ColumnMapping.Guess(layout).Demand(layout));
        (refusal.Type, refusal.Title.Key, refusal.Title.Args[0]).ShouldBe(("unusable-file", "File.NoPhoneColumn", "Name, Email"));
        var own = Layout("name,email,customer since");
        ColumnMapping.Guess(own).Demand(own);
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
