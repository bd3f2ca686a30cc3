using Bellhop.Data;
using Bellhop.Features.Intake;

namespace Bellhop.Features.Contacts;

/// <summary>
/// What every plain text on a guest has in common: one line declares its column, one its condition. Both tables of guests store it under
/// the detail's name, with <c>…_empty</c> beside it.
/// </summary>
internal static class TextField
{
    /// <summary>Its column: in JSON, in files both ways, in the order and in the table.</summary>
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
        };
    }

    /// <summary>Whether it is this text: a parameter of the API, a field of the panel, a chip, a condition of segments.</summary>
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
