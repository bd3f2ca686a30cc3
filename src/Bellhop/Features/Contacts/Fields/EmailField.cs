using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's shown e-mail address.</summary>
internal static class EmailField
{
    /// <summary>Known names of its columns in files.</summary>
    public const string Headings =
        "email|e mail|mail|email address|e mail address|email addresses|mail address|email id|work email|personal email|"
        + "e mail 2 address|e mail 3 address|secondary email|email 1|email 2|email 3|emailadresse|mailadresse|"
        + "adresse email|adresse mail|adresse électronique|adresse de messagerie|adresse de courriel|messagerie|courriel|"
        + "correo|correo electrónico|dirección de correo|dirección de correo electrónico|dirección electrónica|"
        + "dirección email|indirizzo email|indirizzo posta elettronica|indirizzo di posta elettronica|posta elettronica|"
        + "posta elettronica indirizzo|endereço de email|endereço de correio eletrônico|endereço de correio electrónico|"
        + "endereço eletrônico|correio eletrônico|correio electrónico|correio eletrónico|عنوان البريد الإلكتروني|"
        + "عنوان البريد|البريد الإلكتروني|البريد الالكتروني|البريد|بريد إلكتروني|الإيميل|ايميل";

    public static Column<string?> Column { get; } =
        new("email", r => r.Email, ColumnJson.Text, (of, at) => of.Row.ReadText(at))
        {
            Sql = ["c.email"],
            Csv = ExportColumn.Text("email", 3, "c.email"),
            Typed = new("email", Contact.EmailMax, l => l.Row.Email)
            {
                Type = "email",
                LeftToRight = true,
                Add = (guest, text) => guest with { Email = text },
                Edit = (guest, text) => guest with { Email = text },
            },
        };

    /// <summary>The address as it was given; null when it is blank.</summary>
    public static string? Clean(string? given, ValidationErrors errors) => errors.Text("email", given, Contact.EmailMax);

    /// <summary>The address that a clean text gives. Null for no text, and with an error when it cannot lead to anybody.</summary>
    public static Email? Read(string? clean, ValidationErrors errors) =>
        clean is null or { Length: > Contact.EmailMax } ? null : TypedIdentity.ReadEmail("email", clean, errors);

    public static Parameter<bool?> Has { get; } =
        new("hasEmail", f => f.HasEmail, (f, v) => f with { HasEmail = v }, ParameterKinds.YesNo) { Place = 1 };

    public static Test There { get; } = new("c.email", " IS NOT NULL");
    public static Test Missing { get; } = new("c.email", " IS NULL");

    public static Condition Condition { get; } =
        new("email", Has)
        {
            Chip = (f, say) => say.Say(f.HasEmail == true ? "F.Has.Chip" : "F.HasNot.Chip"),
            Editor = ChoiceEditor.YesNo("email", Has, "F.", "Any", "Has", "HasNot", isBeside: true),
            KindPlace = 16,
            Begin = new(HasEmail: true),
            Tests = [There, Missing],
            Ask = static of => of.Add(of.Filter.HasEmail == true ? There : Missing),
        };
}
