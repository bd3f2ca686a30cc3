using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>What a guest has spent, in the organisation's currency.</summary>
internal static class SpentField
{
    public static Column<Money> Column { get; } =
        new("totalSpent", r => r.TotalSpent, MoneyJson.Write, Read)
        {
            Sql = ["f.spent", "o.currency"],
            OfSeveral = "CAST(sum(spent) AS bigint) AS spent",
            Sort = new("totalSpent", "f.spent", SortValue.Long),
            Csv = new("totalSpent", "total spent", 9, static (to, row, at) => to.Csv.Amount(row.GetInt64(at), to.Decimals))
            {
                Sql = "f.spent",
            },
            Cell = new("n", Write),
        };

    /// <summary>In files the currency stands by itself.</summary>
    public static ExportColumn Currency { get; } = new("currency", "currency", 10, static (to, _, _) => to.Csv.Ready(to.Currency));

    private static Money Read(GuestReading of, int at) =>
        new(of.Row.GetInt64(at), of.Before?.TotalSpent.Currency ?? of.Row.GetString(at + 1));

    private static void Write(GuestCells to, ContactLine line)
    {
        if (line.Row.TotalSpent.Minor == 0)
        {
            to.Html.Add($"""<td class="n"><span class="mute">{line.Spent}</span></td>""");
        }
        else
        {
            to.Html.Add($"""<td class="n"><strong>{line.Spent}</strong></td>""");
        }
    }
}
