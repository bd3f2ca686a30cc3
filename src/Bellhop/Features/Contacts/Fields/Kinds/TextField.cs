using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

/// <summary>
/// The column and the condition that every plain text of a guest has; each is declared in one line. Both tables of guests store the text
/// under the detail's name, with <c>…_empty</c> beside it.
/// </summary>
internal static class TextField
{
    /// <summary>The column: in JSON, in exported and imported files, in the sort order, in the table and in the panels.</summary>
    public static Column<string?> Column(Func<ContactRow, string?> get, Detail detail)
    {
        var (name, column, empty) = (detail.Name, GuestColumn.Figure(detail.Name), Empty(detail));
        var (text, isEmpty) = (Sql.Name(column.Name), Sql.Name(empty.Name));
        return new(name, get, ColumnJson.Text, static of => of.Row.TextOrNull())
        {
            Reads = [column],
            OfSeveral = $"min({text}) AS {text}, min({isEmpty}) AS {isEmpty}",
            Sort = new(name, column, SortValue.Text, empty, RisesFirst: true),
            Csv = ExportColumn.Text(name, column.Over),
            Cell = new("words", (to, line) => Write(to, get(line.Row))),
            Detail = detail,
            Typed = TypedField.For(detail, get),
        };
    }

    /// <summary>The cell of a text; of none, a quiet dash.</summary>
    internal static void Write(GuestCells to, string? text) =>
        to.Html.Add($"""<td class="words" dir="auto">{(text is null ? GuestCells.Nothing : Platform.Web.Html.Of($"{text}"))}</td>""");

    /// <summary>
    /// The condition that the text is the given one: a parameter of the API, a field of the panel, a chip, a condition of segments.
    /// </summary>
    public static Condition Is(Func<ContactFilter, string?> get, Func<ContactFilter, string?, ContactFilter> set, Detail detail)
    {
        var name = detail.Name;
        var text = new Parameter<string?>(name, get, set, ParameterKinds.Text(detail.Max)) { OfApi = true };
        var test = new Test(GuestColumn.Figure(name), (column, value) => $"{column} = {value}");
        return new(name, text)
        {
            Editor = new TextEditor(name, text, detail.Max),
            Tests = [test],
            Start = new(test.Column!, Empty(detail), test),
            Ask = of => of.Take(test, get(of.Filter)),
        };
    }

    private static GuestColumn Empty(Detail detail) => GuestColumn.Figure(detail.Name + "_empty");
}
