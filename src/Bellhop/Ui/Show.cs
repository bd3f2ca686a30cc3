using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Bellhop.Platform;

namespace Bellhop.Ui;

/// <summary>Numbers, money and dates as the viewer writes them (<see cref="CultureInfo.CurrentCulture"/>).</summary>
public static partial class Show
{
    // Symbols that mean one currency to everybody; every other is shown by its code.
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["EUR"] = "€",
        ["GBP"] = "£",
        ["USD"] = "$",
        ["JPY"] = "¥",
        ["INR"] = "₹",
        ["ILS"] = "₪",
        ["KRW"] = "₩",
        ["VND"] = "₫",
        ["THB"] = "฿",
        ["UAH"] = "₴",
        ["PHP"] = "₱",
        ["TRY"] = "₺",
        ["BRL"] = "R$",
        ["PLN"] = "zł",
    };

    private static readonly ConcurrentDictionary<(string Culture, string Currency), NumberFormatInfo> Moneys = [];
    private static readonly ConcurrentDictionary<string, (string Day, string Month)> Days = [];

    /// <summary>A whole number with the viewer's grouping.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>Money with its symbol or code, and as many decimals as the currency has.</summary>
    public static string Money(Money money) =>
        money.Amount.ToString(
            "C",
            Moneys.GetOrAdd((CultureInfo.CurrentCulture.Name, money.Currency), static key => FormatOf(key.Currency))
        );

    /// <summary>An amount of main units, rounded to whole ones: for the axis of a chart.</summary>
    public static string Whole(decimal amount, string currency) =>
        amount.ToString("C0", Moneys.GetOrAdd((CultureInfo.CurrentCulture.Name, currency), static key => FormatOf(key.Currency)));

    /// <summary>Short, for tables: <c>14 Nov 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString(Patterns.Day, CultureInfo.CurrentCulture);

    /// <summary>Long, with its weekday, for detail.</summary>
    public static string LongDay(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>Month and year, short: <c>Mar 2023</c>.</summary>
    public static string Month(DateOnly month) => month.ToString(Patterns.Month, CultureInfo.CurrentCulture);

    /// <summary>A month's whole name.</summary>
    public static string MonthName(DateOnly month) => month.ToString("MMMM", CultureInfo.CurrentCulture);

    /// <summary>An instant as day and time where <paramref name="zone"/> is.</summary>
    public static string Instant(DateTime utc, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTimeFromUtc(utc, zone);
        return Day(DateOnly.FromDateTime(there)) + ", " + there.ToString("t", CultureInfo.CurrentCulture);
    }

    /// <summary>The time of day where <paramref name="zone"/> is.</summary>
    public static string Time(DateTime utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, zone).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>The weekday, short.</summary>
    public static string Weekday(DateOnly day) => day.ToString("ddd", CultureInfo.CurrentCulture);

    private static (string Day, string Month) Patterns =>
        Days.GetOrAdd(
            CultureInfo.CurrentCulture.Name,
            static _ =>
            {
                var dates = CultureInfo.CurrentCulture.DateTimeFormat;
                var day = Weekday().Replace(dates.LongDatePattern, "").Trim(' ', ',', '،', '.', '、');
                return (
                    day.Replace("MMMM", "MMM", StringComparison.Ordinal),
                    dates.YearMonthPattern.Replace("MMMM", "MMM", StringComparison.Ordinal)
                );
            }
        );

    private static NumberFormatInfo FormatOf(string currency)
    {
        var format = (NumberFormatInfo)CultureInfo.CurrentCulture.NumberFormat.Clone();
        format.CurrencyDecimalDigits = Platform.Currency.Decimals(currency);
        format.CurrencySymbol = Symbols.GetValueOrDefault(currency, currency);
        if (format.CurrencySymbol.Length > 2 && format.CurrencyPositivePattern is 0 or 1)
        {
            // A code stands off the figures: CHF 120.00.
            format.CurrencyPositivePattern += 2;
            format.CurrencyNegativePattern = format.CurrencyPositivePattern == 2 ? 12 : 8;
        }

        return format;
    }

    [GeneratedRegex(@"d{3,}\s*('[^']*')?[\s,،.、]*|[\s,،.、]*d{3,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Weekday();
}
