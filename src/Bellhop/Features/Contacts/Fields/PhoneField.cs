using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's shown phone.</summary>
internal static class PhoneField
{
    public static Column<string?> Column { get; } =
        new("phone", r => r.Phone, ColumnJson.Text, (of, at) => of.Row.ReadText(at))
        {
            Sql = ["c.phone"],
            Csv = ExportColumn.Text("phone", 2, "c.phone"),
        };

    public static Parameter<bool?> Has { get; } =
        new("hasPhone", f => f.HasPhone, (f, v) => f with { HasPhone = v }, ParameterKinds.YesNo) { Place = 1 };

    public static Test There { get; } = new("c.phone", " IS NOT NULL");
    public static Test Missing { get; } = new("c.phone", " IS NULL");

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
