using Bellhop.Platform;
using Bellhop.Platform.Web;

namespace Bellhop.Features.Contacts;

/// <summary>What a guest has spent, in the organisation's currency.</summary>
internal static class SpentField
{
    private static readonly GuestColumn Amount = GuestColumn.Figure("spent");

    public static Column<Money> Column { get; } =
        new("totalSpent", r => r.TotalSpent, MoneyJson.Write, Read)
        {
            Reads = [Amount, new("o", "currency")],
            OfSeveral = $"CAST(sum(spent) AS bigint) AS spent",
            Sort = new("totalSpent", Amount, SortValue.Long),
            Csv = new("totalSpent", "total spent", 9, static (to, row) => to.Csv.Amount(row.Long(), to.Decimals)) { Sql = Amount.Over },
            Cell = new("n", Write),
        };

    /// <summary>The currency, which is a separate column in files.</summary>
    public static ExportColumn Currency { get; } = new("currency", "currency", 10, static (to, _) => to.Csv.Ready(to.Currency));

    public static Parameter<decimal?> Min { get; } =
        new("minSpent", f => f.MinSpent, (f, v) => f with { MinSpent = v }, ParameterKinds.Amount) { OfApi = true, Place = 0 };

    public static Parameter<decimal?> Max { get; } =
        new("maxSpent", f => f.MaxSpent, (f, v) => f with { MaxSpent = v }, ParameterKinds.Amount) { OfApi = true, Place = 0 };

    public static Test Least { get; } = new(Amount, (spent, least) => $"{spent} >= {least}");
    public static Test Most { get; } = new(Amount, (spent, most) => $"{spent} <= {most}");

    public static Condition Condition { get; } =
        new("totalSpent", Min, Max)
        {
            Chip = (f, say) => say.Range(f.MinSpent, f.MaxSpent, say.Amount),
            Editor = PairEditor.Amounts("s", Min, Max),
            Kind = "Spent",
            KindPlace = 7,
            Range = new FilterRange<decimal>(Min, Max),
            Tests = [Least, Most],
            Start = new(Amount, null, Least, Most),
            NeedsHouse = true,
            Ask = static of =>
            {
                of.Take(Least, Minor(of, Min));
                of.Take(Most, Minor(of, Max));
            },
        };

    /// <summary>An amount with more decimals than the currency has is an error.</summary>
    public static void Check(ContactFilter filter, string currency, ValidationErrors errors)
    {
        foreach (var parameter in new[] { Min, Max })
        {
            if (parameter.Of(filter) * Platform.Currency.Factor(currency) is { } minor && minor != decimal.Truncate(minor))
            {
                errors.Add(parameter.Name, "Decimals", Platform.Currency.Decimals(currency), currency);
            }
        }
    }

    /// <summary>Rounds the amounts to the organisation's currency, which may have changed since the filter was saved.</summary>
    public static ContactFilter Fit(ContactFilter filter, string currency)
    {
        var factor = Platform.Currency.Factor(currency);
        return filter with
        {
            MinSpent = filter.MinSpent is { } least ? decimal.Ceiling(least * factor) / factor : null,
            MaxSpent = filter.MaxSpent is { } most ? decimal.Floor(most * factor) / factor : null,
        };
    }

    private static object? Minor(in Asked of, Parameter<decimal?> parameter)
    {
        var minor = parameter.Of(of.Filter) * Platform.Currency.Factor(of.House!.Currency);
        if (minor is { } wanted && wanted != decimal.Truncate(wanted))
        {
            of.Errors.Add(parameter.Name, "Decimals", Platform.Currency.Decimals(of.House.Currency), of.House.Currency);
            return null;
        }

        return (long?)minor;
    }

    private static Money Read(GuestReading of)
    {
        var minor = of.Row.Long();
        if (of.Before is not { TotalSpent.Currency: var currency })
        {
            return new(minor, of.Row.Text());
        }

        of.Row.Skip(1);
        return new(minor, currency);
    }

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
