using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>The rooms of a reservation in OpenTravel's XML, added up: one booking has one stay and one total.</summary>
internal sealed record OtaStay(
    DateOnly? Arrival,
    DateOnly? Departure,
    decimal? Amount,
    string? Currency,
    int Count,
    string? RoomType,
    int? Adults,
    int? Children,
    string? Fault
)
{
    private const int AdultFrom = 18;

    /// <param name="reservation">The reservation's element.</param>
    /// <param name="isCancelled">The whole reservation is cancelled, so that no room of it counts less than another.</param>
    public static OtaStay Of(XElement reservation, bool isCancelled)
    {
        var global = reservation.At("ResGlobalInfo");
        var all = reservation.Along("RoomStays", "RoomStay").ToList();
        var rooms = isCancelled ? all : all.Where(r => !IsCancelled(r)).ToList();
        var spans = rooms.SelectMany(r => r.All("TimeSpan")).DefaultIfEmpty(global.At("TimeSpan")).OfType<XElement>().ToList();
        var days = spans.Select(Days).ToList();
        var rates = rooms.ConvertAll(OtaRates.Of);
        // Some senders give no span, and a price for each night.
        var (arrival, departure) =
            spans.Count > 0 ? (days.Min(d => d.From), days.Max(d => d.To)) : (rates.Min(r => r.From), rates.Max(r => r.To));
        var (amount, currency, isReadable) = TotalOf(global.At("Total"), rooms, rates, OtaRates.CurrencyOf(reservation));
        var counts = CountsOf(rooms, global);
        return new(
            arrival,
            departure,
            amount,
            currency,
            rooms.Count,
            SentValues.Join(", ", rooms.Select(RoomTypeOf).Distinct(StringComparer.Ordinal)),
            counts?.Adults,
            counts?.Children,
            days.Exists(d => d.IsWrong) || departure < arrival ? "bad-dates"
                : !isReadable ? "bad-total"
                : null
        );
    }

    private static bool IsCancelled(XElement room) =>
        (room.Attr("RoomStayStatus") ?? room.Attr("ResStatus"))?.StartsWith("cancel", StringComparison.OrdinalIgnoreCase) == true;

    private static (DateOnly? From, DateOnly? To, bool IsWrong) Days(XElement span)
    {
        var (start, end, window) = (span.Attr("Start"), span.Attr("End"), span.At("StartDateWindow"));
        var from = SentValues.Day(start ?? window.Attr("EarliestDate"));
        var nights = SentValues.Nights(span.Attr("Duration"));
        var to = SentValues.Day(end);
        var isWrong = (start is not null && from is null) || (end is not null && to is null);
        if (nights is { } count)
        {
            from ??= start is null && to is { } last ? SentValues.After(last, -count) : null;
            to ??= end is null && from is { } first ? SentValues.After(first, count) : null;
            isWrong |= (from is null) != (to is null);
        }

        // Without a duration, a window says between which days the guest wants to come.
        to ??= end is null && nights is null ? SentValues.Day(window.Attr("LatestDate")) : null;
        return (from, to, isWrong);
    }

    /// <summary>
    /// The total of the whole reservation where it is given, else the sum of the rooms': never both. A room without a total costs what its
    /// nights do.
    /// </summary>
    private static (decimal? Amount, string? Currency, bool IsReadable) TotalOf(
        XElement? whole,
        List<XElement> rooms,
        List<OtaRates> rates,
        string? usual
    )
    {
        if (whole is not null && Priced(whole))
        {
            return Read(whole, usual);
        }

        var (sum, currency) = (0m, (string?)null);
        var prices = rooms
            .Zip(rates)
            .SelectMany(r => r.First.At("Total") is { } total && Priced(total) ? [(total, 1)] : r.Second.Prices)
            .ToList();
        foreach (var (price, times) in prices)
        {
            var (amount, its, isReadable) = Read(price, usual);
            if (!isReadable || (currency is not null && currency != its) || amount > SentValues.MostMoney)
            {
                return (null, null, false);
            }

            (sum, currency) = (sum + (amount!.Value * times), its);
        }

        return prices.Count == 0 ? (null, null, true) : (sum, currency, true);
    }

    internal static bool Priced(XElement total) => total.Attr("AmountAfterTax") is not null || total.Attr("AmountBeforeTax") is not null;

    private static (decimal? Amount, string? Currency, bool IsReadable) Read(XElement total, string? usual)
    {
        var raw = total.Attr("AmountAfterTax");
        var isAfterTax = raw is not null;
        raw ??= total.Attr("AmountBeforeTax")!;
        var currency = total.Attr("CurrencyCode")?.ToUpperInvariant() ?? usual;
        if (AmountOf(raw, total) is not { } amount || currency is null)
        {
            return (null, null, false);
        }

        if (!isAfterTax && total.At("Taxes") is { } taxes)
        {
            // The sum of the taxes, or each of them; an inclusive one is in the amount already.
            IEnumerable<XElement> due = taxes.Attr("Amount") is not null
                ? [taxes]
                : taxes.All("Tax").Where(t => t.Attr("Type") != "Inclusive");
            foreach (var tax in due)
            {
                var said = tax.Attr("Amount") is { } part ? AmountOf(part, tax.Attr("DecimalPlaces") is null ? total : tax) : 0;
                amount += said is <= SentValues.MostMoney ? said.Value : 0;
            }
        }

        return (SentValues.Rounded(amount, currency), currency, true);
    }

    // OpenTravel writes 8500 with two decimal places for 85.00. An amount with decimals is meant as it stands.
    private static decimal? AmountOf(string raw, XElement total)
    {
        var places = SentValues.Number(total.Attr("DecimalPlaces")) ?? 0;
        return SentValues.Amount(raw) is { } amount && places <= 8
            ? raw.AsSpan().ContainsAny('.', ',')
                ? amount
                : amount / (decimal)Math.Pow(10, places)
            : null;
    }

    private static string? RoomTypeOf(XElement room)
    {
        var type = room.At("RoomTypes", "RoomType");
        return type.At("RoomDescription").Attr("Name") ?? type.At("RoomDescription", "Text").Line() ?? type.Attr("RoomTypeCode");
    }

    private static (int Adults, int Children)? CountsOf(List<XElement> rooms, XElement? global)
    {
        var counts = rooms.SelectMany(r => r.Along("GuestCounts", "GuestCount")).ToList();
        if (counts.Count == 0)
        {
            counts = [.. global.Along("GuestCounts", "GuestCount")];
        }

        var (adults, children) = (0, 0);
        foreach (var count in counts)
        {
            var number = Math.Min(SentValues.Number(count.Attr("Count")) ?? 1, 999);
            if (IsChild(count))
            {
                children += number;
            }
            else
            {
                adults += number;
            }
        }

        return counts.Count == 0 ? null : (Math.Min(adults, 9999), Math.Min(children, 9999));
    }

    // 7 is an infant and 8 a child. AlpineBits gives ages instead, and none for adults.
    private static bool IsChild(XElement count) =>
        count.Attr("AgeQualifyingCode") is "7" or "8"
        || (count.Attr("AgeQualifyingCode") is null && SentValues.Number(count.Attr("Age")) < AdultFrom);
}
