using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>How many counted bookings a guest has.</summary>
internal static class BookingsField
{
    public static Column<int> Column { get; } =
        new("bookings", r => r.Bookings, ColumnJson.Number, static (of, at) => of.Row.GetInt32(at))
        {
            Sql = ["f.bookings"],
            OfSeveral = "CAST(sum(bookings) AS integer) AS bookings",
            Sort = new("bookings", "f.bookings", SortValue.Int),
            Csv = new("bookings", "bookings", 8, static (to, row, at) => to.Csv.Number(row.GetInt32(at))) { Sql = "f.bookings" },
            Cell = new("n", Write),
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
