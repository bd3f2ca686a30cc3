using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's shown e-mail address.</summary>
internal static class EmailField
{
    public static Column<string?> Column { get; } =
        new("email", r => r.Email, ColumnJson.Text, (of, at) => of.Row.ReadText(at))
        {
            Sql = ["c.email"],
            Csv = ExportColumn.Text("email", 3, "c.email"),
        };

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
