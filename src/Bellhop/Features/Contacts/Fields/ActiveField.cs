namespace Bellhop.Features.Contacts;

/// <summary>Whether a counted booking departs today or later.</summary>
internal static class ActiveField
{
    public static Column<bool> Column { get; } =
        new("active", r => r.Active, ColumnJson.YesNo, static (of, at) => !of.Row.IsDBNull(at) && of.Db.ReadInstant(of.Row, at) > of.Now)
        {
            Sql = ["f.active_until"],
            OfSeveral = "max(active_until) AS active_until",
        };

    public static Parameter<bool?> YesNo { get; } =
        new("active", f => f.Active, (f, v) => f with { Active = v }, ParameterKinds.YesNo) { OfApi = true, Place = 0 };

    public static Test Yes { get; } = new("f.active_until", " > ", "now");
    public static Test No { get; } = new("coalesce(f.active_until, @now)", " <= ", "now");

    public static Condition Condition { get; } =
        new("active", YesNo)
        {
            Chip = (f, say) => say.Say(f.Active == true ? "F.Active.Yes.Chip" : "F.Active.No.Chip"),
            Editor = ChoiceEditor.YesNo("active", YesNo, "F.Active.", "Any", "Yes", "No"),
            KindPlace = 9,
            Begin = new(Active: true),
            Tests = [Yes, No],
            Start = new("f.active_until", "", Yes),
            Ask = static of => of.Take(of.Filter.Active == true ? Yes : No, of.Db.Now),
        };
}
