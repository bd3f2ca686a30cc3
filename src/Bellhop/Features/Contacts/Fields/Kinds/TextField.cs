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
        var name = detail.Name;
        return new(name, get, ColumnJson.Text, static (of, at) => of.Row.ReadText(at))
        {
            Sql = ["f." + name],
            OfSeveral = $"min({name}) AS {name}, min({name}_empty) AS {name}_empty",
            Sort = new(name, "f." + name, SortValue.Text, Empty: $"f.{name}_empty", RisesFirst: true),
            Csv = ExportColumn.Text(name, "f." + name),
            Cell = new("text", (to, line) => to.Html.Add($"""<td class="text" dir="auto">{get(line.Row)}</td>""")),
            Detail = detail,
            Typed = TypedField.For(detail, get),
        };
    }

    /// <summary>
    /// The condition that the text is the given one: a parameter of the API, a field of the panel, a chip, a condition of segments.
    /// </summary>
    public static Condition Is(Func<ContactFilter, string?> get, Func<ContactFilter, string?, ContactFilter> set, Detail detail)
    {
        var name = detail.Name;
        var text = new Parameter<string?>(name, get, set, ParameterKinds.Text(detail.Max)) { OfApi = true };
        var test = new Test("f." + name, " = ", name);
        return new(name, text)
        {
            Editor = new TextEditor(name, text, detail.Max),
            Tests = [test],
            Start = new("f." + name, $" AND f.{name}_empty = 0", test),
            Ask = of => of.Take(test, get(of.Filter)),
        };
    }
}
