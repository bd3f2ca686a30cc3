using System.Globalization;
using Bellhop.Ui;
using Microsoft.Extensions.Localization;

namespace Bellhop.Features.Contacts;

/// <summary>Stars of a guest's latest review.</summary>
internal static class RatingField
{
    private const int Most = 5;

    private static readonly GuestColumn Own = GuestColumn.Own("rating"),
        Latest = GuestColumn.Figure("rating"),
        Empty = GuestColumn.Figure("rating_empty");

    public static Column<int?> Column { get; } =
        new("rating", r => r.Rating, ColumnJson.Number, static of => of.Row.NumberOrNull())
        {
            Reads = [Own],
            OfSeveral = $"min(rating) AS rating, min(rating_empty) AS rating_empty",
            FirstOfSeveral = $"rating_empty, rating",
            Sort = new("rating", Latest, SortValue.Short, Empty),
            Csv = new("rating", "rating", 12, static (to, row) => to.Csv.Number(row.Number())) { Sql = Own.Over, MayBeEmpty = true },
            Cell = new("rating", Write),
        };

    public static Parameter<int?> Min { get; } =
        new("minRating", f => f.MinRating, (f, v) => f with { MinRating = v }, ParameterKinds.Whole(1, Most)) { OfApi = true, Place = 2 };

    public static Test Least { get; } = new(Latest, (rating, least) => $"{rating} >= {least}");

    public static Condition Condition { get; } =
        new("rating", Min)
        {
            Chip = (f, say) => Stars(f.MinRating!.Value, say.Texts),
            Editor = new ChoiceEditor(
                "rating",
                Min,
                "F.Rating.Any",
                [.. Enumerable.Range(1, Most).Select(i => (i, Text: i.ToString(CultureInfo.InvariantCulture))).Select(Choice)]
            ),
            KindPlace = 8,
            Begin = new(MinRating: 4),
            Tests = [Least],
            Start = new(Latest, Empty, Least),
            Ask = static of => of.Take(Least, of.Filter.MinRating),
        };

    private static EditorChoice Choice((int Stars, string Text) of) => new(of.Text, of.Text, texts => Stars(of.Stars, texts));

    private static string Stars(int stars, IStringLocalizer texts) =>
        stars >= Most ? texts["F.Rating.Five"].Value : texts.Many("F.Rating.AtLeast", stars);

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
