using Bellhop.Platform;
using Bellhop.Platform.Web;
using Bellhop.Ui;

namespace Bellhop.Features.Contacts;

/// <summary>Where the first touch came from. Over several properties, the first touch at any of them counts.</summary>
internal static class SourceField
{
    /// <summary>Where the first touch at the properties asked about came from.</summary>
    internal static GuestColumn From { get; } = GuestColumn.Figure("source");

    public static Column<Source> Column { get; } =
        new(
            "source",
            r => r.Source,
            static (json, source) => json.WriteStringValue(Json.ExactNames.Of<Source>.Names[source]),
            static of => of.Row.Name<Source>()
        )
        {
            Reads = [From],
            OfSeveral = $"min(first_source) AS source",
            FirstOfSeveral = $"created_at",
            Sort = new("source", From, SortValue.Text, RisesFirst: true),
            Csv = new("source", "source", 6, static (to, row) => to.Csv.Text(row.Text())) { Sql = From.Over },
            Cell = new("from", Write),
        };

    public static Parameter<IReadOnlyList<Source>?> Any { get; } =
        new("source", f => f.Sources, (f, v) => f with { Sources = v }, ParameterKinds.Names<Source>()) { OfApi = true, Place = 0 };

    public static Condition Condition { get; } =
        new("source", Any)
        {
            Chip = (f, say) => FilterWords.List(f.Sources!.Select(say.Called)),
            Editor = new SourcesEditor("source", Any),
            KindPlace = 1,
            Start = new(From, null),
        };

    private static void Write(GuestCells to, ContactLine line) =>
        to.Html.Add(
            $"""<td class="from"><span class="src"><svg aria-hidden="true"><use """
                + $"""href="{Icon.Sheet}#s-{line.Row.Source}"></use></svg>{to.Called(line.Row.Source)}</span></td>"""
        );
}
