using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>Where the first touch came from: over several properties, the first among them.</summary>
internal static class SourceField
{
    public static Column<Source> Column { get; } =
        new(
            "source",
            r => r.Source,
            static (json, source) => json.WriteStringValue(Json.ExactNames.Of<Source>.Names[source]),
            (of, at) => of.Row.ReadName<Source>(at)
        )
        {
            Sql = ["f.source"],
            OfSeveral = "min(first_source) AS source",
            Sort = new("source", "f.source", SortValue.Text, RisesFirst: true),
            Csv = new("source", "source", 6, static (to, row, at) => to.Csv.Text(row.GetString(at))) { Sql = "f.source" },
            Cell = new("from", Write),
        };

    private static void Write(GuestCells to, ContactLine line) =>
        to.Html.Add(
            $"""<td class="from"><span class="src"><svg aria-hidden="true"><use """
                + $"""href="{Icon.Sheet}#s-{line.Row.Source}"></use></svg>{to.Called(line.Row.Source)}</span></td>"""
        );
}
