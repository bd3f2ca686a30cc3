using Bellhop.Platform;

namespace Bellhop.Features.Contacts;

/// <summary>When the first touch arrived.</summary>
internal static class CreatedField
{
    private static readonly GuestColumn At = GuestColumn.Figure("created_at");

    public static Column<DateTime> Column { get; } =
        new("createdAt", r => r.CreatedAt, ColumnJson.Instant, static of => of.Row.Instant())
        {
            Reads = [At],
            OfSeveral = $"min(created_at) AS created_at",
            FirstOfSeveral = $"created_at",
            Sort = new("created", At, SortValue.Instant),
        };

    public static Parameter<DateOnly?> From { get; } =
        new("createdFrom", f => f.CreatedFrom, (f, v) => f with { CreatedFrom = v }, ParameterKinds.Day) { OfApi = true, Place = 0 };

    public static Parameter<DateOnly?> To { get; } =
        new("createdTo", f => f.CreatedTo, (f, v) => f with { CreatedTo = v }, ParameterKinds.Day) { OfApi = true, Place = 0 };

    public static Parameter<int?> WithinDays { get; } =
        new(
            "createdWithinDays",
            f => f.CreatedWithinDays,
            (f, v) => f with { CreatedWithinDays = v },
            ParameterKinds.Whole(0, ContactFilter.DaysMost)
        )
        {
            Place = 6,
        };

    public static Test First { get; } = new(At, (created, first) => $"{created} >= {first}");
    public static Test Before { get; } = new(At, (created, end) => $"{created} < {end}");

    public static Condition Condition { get; } =
        new("created", From, To)
        {
            Chip = (f, say) => say.Span(f.CreatedFrom, f.CreatedTo),
            Editor = PairEditor.Days("c", From, To),
            KindPlace = 14,
            Range = new FilterRange<DateOnly>(From, To),
            Tests = [First, Before],
            Start = new(At, null, First, Before),
            NeedsHouse = true,
            Ask = static of =>
            {
                of.Take(First, of.Filter.CreatedFrom?.StartIn(of.Zone));
                of.Take(Before, of.Filter.CreatedTo?.AddDays(1).StartIn(of.Zone));
            },
        };

    public static Condition Within { get; } =
        new("createdWithin", WithinDays)
        {
            Chip = (f, say) => say.Days("F.Within", f.CreatedWithinDays!.Value),
            Editor = new DaysEditor("cd", WithinDays),
            InPanel = false,
            KindPlace = 13,
            Begin = new(CreatedWithinDays: 30),
            NeedsHouse = true,
            AsOf = static (f, today) =>
                f with
                {
                    CreatedFrom = RelativeDays.Later(f.CreatedFrom, RelativeDays.Ago(today, f.CreatedWithinDays)),
                    CreatedWithinDays = null,
                },
        };
}
