using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's shown phone.</summary>
internal static class PhoneField
{
    /// <summary>Known names of its columns in files. Mobiles come before other phones.</summary>
    public const string MobileHeadings =
        "mobile|mobile phone|mobile number|mobile phone number|cell|cell phone|cellphone|cellular|sms|whatsapp|"
        + "whatsapp number|whatsapp phone|whatsapp phone number|wa number|handy|handynummer|mobil|mobiltelefon|mobilnummer|"
        + "mobilfunk|mobilfunknummer|portable|téléphone portable|tél portable|mobile téléphone|téléphone mobile|"
        + "numéro de portable|móvil|teléfono móvil|celular|teléfono celular|número de celular|número de móvil|cellulare|"
        + "telefono cellulare|numero di cellulare|telefonino|telemóvel|telefone celular|telefone móvel|الجوال|رقم الجوال|"
        + "جوال|الموبايل|موبايل|رقم الموبايل|المحمول|رقم المحمول|واتساب|رقم الواتساب|iphone|home mobile|mobil tel|"
        + "mobil tel nr";

    public const string Headings =
        "phone|phone number|phone no|telephone|telephone number|tel|tel no|phone mobile|contact number|contact no|"
        + "primary phone|home phone|home phone 2|business phone|business phone 2|work phone|other phone|car phone|"
        + "company main phone|phones|phone numbers|msisdn|telefon|telefonnummer|telefonnr|rufnummer|tel nr|téléphone|tél|"
        + "numéro de téléphone|teléfono|número de teléfono|teléfono de contacto|tfno|telf|telefono|numero di telefono|"
        + "recapito telefonico|telefone|número de telefone|fone|الهاتف|رقم الهاتف|هاتف|رقم التليفون|تليفون|التلفون|"
        + "haupttelefon|autotelefon|funktelefon|privattelefon|diensttelefon|firmentelefon|bürotelefon|geschäftstelefon|"
        + "festnetz|festnetznummer|privatnummer|kontaktnummer|home number|work number|office number|landline|"
        + "landline number|numéro de contact|número de contacto|número de contato|centralita|ab telefono|numero di contatto";

    private static readonly GuestColumn Shown = GuestColumn.Own("phone");

    public static Column<string?> Column { get; } =
        new("phone", r => r.Phone, ColumnJson.Text, static of => of.Row.TextOrNull())
        {
            Reads = [Shown],
            Csv = ExportColumn.Text("phone", 2, Shown.Over),
            Typed = new("phone", Contact.PhoneMax, l => l.Phone)
            {
                Type = "tel",
                LeftToRight = true,
                IsRequired = true,
                Add = (guest, text) => guest with { Phone = text ?? "" },
                Edit = (guest, text) => guest with { Phone = text },
            },
        };

    /// <summary>The phone as it was given, in one line as pasted ones may not be; null when it is blank.</summary>
    public static string? Clean(string? given, ValidationErrors errors, bool required = false) =>
        errors.Text("phone", Text.OneLine(Phone.Plain(given)), Contact.PhoneMax, required);

    /// <summary>The phone that a clean text gives. Null for no text, and with an error when it cannot lead to anybody.</summary>
    /// <param name="country">The country of a number without country code.</param>
    public static Phone? Read(string? clean, string country, ValidationErrors errors) =>
        clean is null or { Length: > Contact.PhoneMax } ? null : TypedIdentity.ReadPhone("phone", clean, country, errors);

    public static Parameter<bool?> Has { get; } =
        new("hasPhone", f => f.HasPhone, (f, v) => f with { HasPhone = v }, ParameterKinds.YesNo) { Place = 1 };

    public static Test There { get; } = new(Shown, phone => $"{phone} IS NOT NULL");
    public static Test Missing { get; } = new(Shown, phone => $"{phone} IS NULL");

    public static Condition Condition { get; } =
        new("phone", Has)
        {
            Chip = (f, say) => say.Say(f.HasPhone == true ? "F.Has.Chip" : "F.HasNot.Chip"),
            Editor = ChoiceEditor.YesNo("phone", Has, "F.", "Any", "Has", "HasNot", isBeside: true),
            KindPlace = 15,
            Begin = new(HasPhone: true),
            Tests = [There, Missing],
            Ask = static of => of.Add(of.Filter.HasPhone == true ? There : Missing),
        };
}
