namespace Bellhop.Features.Contacts;

/// <summary>The month since when the guest is a customer.</summary>
internal static class SinceField
{
    private static readonly GuestColumn Since = GuestColumn.Figure("customer_since");

    public static Column<DateOnly> Column { get; } =
        new("customerSince", r => r.CustomerSince, ColumnJson.Month, static of => of.Row.Day())
        {
            Reads = [Since],
            OfSeveral = $"min(customer_since) AS customer_since",
            FirstOfSeveral = $"customer_since",
            Sort = new("customerSince", Since, SortValue.Day),
            Csv = new("customerSince", "customer since", 7, static (to, row) => to.Csv.Day(row.Day(), monthOnly: true))
            {
                Sql = Since.Over,
            },
            Cell = new("since", static (to, line) => to.Html.Add($"""<td class="since">{line.Since}</td>""")),
        };
}
