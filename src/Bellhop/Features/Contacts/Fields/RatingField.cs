using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>Stars of a guest's latest review.</summary>
internal static class RatingField
{
    public static Column<int?> Column { get; } =
        new("rating", r => r.Rating, ColumnJson.Number, static (of, at) => of.Row.IsDBNull(at) ? null : of.Row.GetInt16(at))
        {
            Sql = ["c.rating"],
            OfSeveral = "min(rating) AS rating, min(rating_empty) AS rating_empty",
            Sort = new("rating", "f.rating", SortValue.Short, Empty: "f.rating_empty"),
            Csv = new("rating", "rating", 12, static (to, row, at) => to.Csv.Number(row.GetInt16(at)))
            {
                Sql = "c.rating",
                MayBeEmpty = true,
            },
            Cell = new("rating", Write),
        };

    private static void Write(GuestCells to, ContactLine line)
    {
        if (line.Row.Rating is not { } stars)
        {
            to.Html.Add($"""<td class="rating">{GuestCells.Nothing}</td>""");
            return;
        }

        to.Html.Add(
            $"""<td class="rating"><span aria-label="{to.Say("Row.Rating", stars)}" role="img">"""
                + $"""<span class="star">★</span> {Show.Number(stars)}</span></td>"""
        );
    }
}
