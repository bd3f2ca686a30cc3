using Bellhop.Data;

namespace Bellhop.Features.Contacts;

/// <summary>The guest's name, and the cell it shares with the phone.</summary>
internal static class NameField
{
    public static Column<string?> Column { get; } =
        new("name", r => r.Name, ColumnJson.Text, (of, at) => of.Row.ReadText(at))
        {
            Sql = ["c.name", "f.name_key"],
            OfSeveral = "min(name_key) AS name_key, min(name_empty) AS name_empty",
            Sort = new("name", "f.name_key", SortValue.Text, Empty: "f.name_empty", Read: 1, RisesFirst: true),
            Csv = ExportColumn.Text("name", 1, "c.name"),
            Cell = new("who", Write),
        };

    private static void Write(GuestCells to, ContactLine line)
    {
        var row = line.Row;
        to.Html.Add($"""<td class="who"><div><span class="{line.Avatar}" aria-hidden="true">{line.Initials}</span><div>""");
        to.Html.Add($"""<a class="open" id="p-{row.Id}" href="/contacts/{row.Id}{to.Query}">""");
        if (row.Name is null)
        {
            to.Html.Add($"""<b class="mute">{to.NoName}</b></a>""");
        }
        else
        {
            to.Html.Add($"""<b dir="auto">{row.Name}</b></a>""");
        }

        if (line.Phone is null)
        {
            to.Html.Add($"<small>{to.NoPhone}</small></div></div></td>");
        }
        else
        {
            to.Html.Add($"""<small><bdi dir="ltr">{line.Phone}</bdi></small></div></div></td>""");
        }
    }
}
