namespace Bellhop.Features.Contacts;

/// <summary>Whether the guest is in house, or has a confirmed booking that departs today or later.</summary>
internal static class ActiveField
{
    private static readonly GuestColumn Until = GuestColumn.Figure("active_until");

    public static Column<bool> Column { get; } =
        new("active", r => r.Active, ColumnJson.YesNo, static of => of.Row.InstantOrNull() > of.Now)
        {
            Reads = [Until],
            OfSeveral = $"max(active_until) AS active_until",
        };

    public static Parameter<bool?> YesNo { get; } =
        new("active", f => f.Active, (f, v) => f with { Active = v }, ParameterKinds.YesNo) { OfApi = true, Place = 0 };

    public static Test Yes { get; } = new(Until, (until, now) => $"{until} > {now}");
    public static Test No { get; } = new(Until, (until, now) => $"coalesce({until}, {now}) <= {now}");

    public static Condition Condition { get; } =
        new("active", YesNo)
        {
            Chip = (f, say) => say.Say(f.Active == true ? "F.Active.Yes.Chip" : "F.Active.No.Chip"),
            Editor = ChoiceEditor.YesNo("active", YesNo, "F.Active.", "Any", "Yes", "No"),
            KindPlace = 9,
            Begin = new(Active: true),
            Tests = [Yes, No],
            Start = new(Until, null, Yes),
            Ask = static of => of.Take(of.Filter.Active == true ? Yes : No, of.Db.Now),
        };
}
