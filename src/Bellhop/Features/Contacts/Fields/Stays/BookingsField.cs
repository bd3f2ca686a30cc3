using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>How many counted bookings a guest has.</summary>
internal static class BookingsField
{
    private static readonly GuestColumn Count = GuestColumn.Figure("bookings");

    public static Column<int> Column { get; } =
        new("bookings", r => r.Bookings, ColumnJson.Number, static of => of.Row.Number())
        {
            Reads = [Count],
            OfSeveral = $"CAST(sum(bookings) AS integer) AS bookings",
            Sort = new("bookings", Count, SortValue.Int),
            Csv = new("bookings", "bookings", 8, static (to, row) => to.Csv.Number(row.Number())) { Sql = Count.Over },
            Cell = new("n", Write),
        };

    public static Parameter<int?> Min { get; } =
        new("minBookings", f => f.MinBookings, (f, v) => f with { MinBookings = v }, ParameterKinds.Whole()) { OfApi = true, Place = 0 };

    public static Parameter<int?> Max { get; } =
        new("maxBookings", f => f.MaxBookings, (f, v) => f with { MaxBookings = v }, ParameterKinds.Whole()) { OfApi = true, Place = 0 };

    public static Test Least { get; } = new(Count, (bookings, least) => $"{bookings} >= {least}");
    public static Test Most { get; } = new(Count, (bookings, most) => $"{bookings} <= {most}");

    public static Condition Condition { get; } =
        new("bookings", Min, Max)
        {
            Chip = (f, say) => say.Range(f.MinBookings, f.MaxBookings, n => Show.Number(n)),
            Editor = PairEditor.Numbers("b", Min, Max),
            KindPlace = 6,
            Begin = new(MinBookings: 1),
            Range = new FilterRange<int>(Min, Max),
            Tests = [Least, Most],
            Start = new(Count, null, Least, Most),
            Ask = static of =>
            {
                of.Take(Least, of.Filter.MinBookings);
                of.Take(Most, of.Filter.MaxBookings);
            },
        };

    private static void Write(GuestCells to, ContactLine line)
    {
        var number = Show.Number(line.Row.Bookings);
        if (line.Row.Bookings == 0)
        {
            to.Html.Add($"""<td class="n"><span class="mute">{number}</span></td>""");
        }
        else
        {
            to.Html.Add($"""<td class="n">{number}</td>""");
        }
    }
}
