using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's name, and the cell it shares with the phone.</summary>
internal static class NameField
{
    /// <summary>
    /// Known names of its columns in files, in English, German, French, Spanish, Italian, Portuguese and Arabic, and from Google Contacts,
    /// Outlook, Thunderbird, Apple, HubSpot, Mailchimp, Brevo, Chatwoot, systeme.io and the reservation lists of hotel programs. Case,
    /// accents and signs make no difference.
    /// </summary>
    public const string Headings =
        "name|full name|first and last name|name and surname|name surname|surname and name|surname name|last name first name|"
        + "first name last name|vorname nachname|nachname vorname|vorname und nachname|name vorname|prénom nom|prénom et nom|"
        + "apellidos y nombre|apellidos nombre|apellido y nombre|nombre apellidos|cognome e nome|cognome nome|nominativo|"
        + "nome e apelido|nome apelido|display name|contact name|file as|guest|guest names|booker|customer|attendee|reservation name|"
        + "vollständiger name|anzeigename|gast|gastname|kunde|kundenname|nom complet|nom et prénom|nom prénom|hôte|"
        + "voyageur|client|nombre completo|nombre y apellidos|nombre y apellido|huésped|cliente|titular|nome completo|"
        + "nome e cognome|nome cognome|ospite|intestatario|nome e sobrenome|hóspede|nom|nombre|nome|nom à afficher|"
        + "nom affiché|nombre mostrado|nombre para mostrar|nome visualizzato|nome de exibição|nome a mostrar|"
        + "nome a visualizar|الاسم المعروض|اسم العرض|الاسم|الاسم الكامل|اسم|اسم الضيف|الضيف|اسم العميل";

    public const string GivenHeadings =
        "given name|given|given names|forenames|first name|firstname|fname|forename|christian name|vorname|prénom|prenom|nombre de pila|"
        + "primer nombre|nombres|primo nome|primeiro nome|nome próprio|nome de batismo|الاسم الأول|الاسم الاول";

    public const string MiddleHeadings =
        "middle name|middle names|additional name|additional names|second name|zweiter vorname|weitere vornamen|"
        + "autres prénoms|otros nombres|altri nomi|outros nomes|deuxième prénom|segundo nombre|secondo nome|nome do meio|"
        + "segundo nome|اسم الأب|الاسم الأوسط";

    public const string FamilyHeadings =
        "family name|last name|lastname|lname|surname|sur name|nachname|familienname|zuname|nom de famille|apellido|"
        + "apellidos|primer apellido|cognome|sobrenome|apelido|último nome|اسم العائلة|الاسم الأخير|اللقب|الكنية";

    private static readonly GuestColumn Name = GuestColumn.Own("name");

    public static Column<string?> Column { get; } =
        new("name", r => r.Name, ColumnJson.Text, static of => of.Row.TextOrNull())
        {
            Reads = [Name],
            OfSeveral = $"min(name_key) AS name_key, min(name_empty) AS name_empty",
            FirstOfSeveral = $"name_empty, name_key",
            Sort = new("name", GuestColumn.Figure("name_key"), SortValue.Text, GuestColumn.Figure("name_empty"), RisesFirst: true),
            Csv = ExportColumn.Text("name", 1, Name.Over),
            Cell = new("who", Write),
            Typed = new("name", Contact.NameMax, l => l.Row.Name)
            {
                Add = (guest, text) => guest with { Name = text },
                Edit = (guest, text) => guest with { Name = text },
            },
        };

    /// <summary>The name as it may be stored; null when it is blank.</summary>
    public static string? Clean(string? given, ValidationErrors errors) => errors.Name("name", given, Contact.NameMax);

    private static void Write(GuestCells to, ContactLine line)
    {
        var row = line.Row;
        to.Html.Add($"""<td class="who"><div><span class="{line.Avatar}" aria-hidden="true">{line.Initials}</span><div>""");
        to.Html.Add($"""<a class="open" id="p-{row.Id}" href="/contacts/{row.Id}{to.Query}">""");
        if (row.Name is null)
        {
            to.Html.Add($"""<b class="mute">{to.NoName}</b></a>""");
        }
        else
        {
            to.Html.Add($"""<b dir="auto">{row.Name}</b></a>""");
        }

        if (line.Phone is null)
        {
            to.Html.Add($"<small>{to.NoPhone}</small>");
        }
        else
        {
            to.Html.Add($"""<small><bdi dir="ltr">{line.Phone}</bdi></small>""");
        }

        to.Flags(line);
        to.Html.Add($"</div></div></td>");
    }
}
