namespace Bellhop.Features.Contacts;

/// <summary>The month since when the guest is a customer.</summary>
internal static class SinceField
{
    public static Column<DateOnly> Column { get; } =
        new("customerSince", r => r.CustomerSince, ColumnJson.Month, static (of, at) => of.Db.ReadDay(of.Row, at))
        {
            Sql = ["f.customer_since"],
            OfSeveral = "min(customer_since) AS customer_since",
            Sort = new("customerSince", "f.customer_since", SortValue.Day),
            Csv = new("customerSince", "customer since", 7, static (to, row, at) => to.Csv.Day(to.Db.ReadDay(row, at), monthOnly: true))
            {
                Sql = "f.customer_since",
            },
            Cell = new("since", static (to, line) => to.Html.Add($"""<td class="since">{line.Since}</td>""")),
        };
}
