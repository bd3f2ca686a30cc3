using System.Xml.Linq;

namespace Bellhop.Features.Channels;

/// <summary>What the nights of one room cost, and when they are, where a sender writes this instead of a total and a time span.</summary>
/// <param name="From">The first night.</param>
/// <param name="To">The day after the last night.</param>
/// <param name="Prices">Elements that hold an amount, and how often each is to be paid.</param>
internal sealed record OtaRates(DateOnly? From, DateOnly? To, IReadOnlyList<(XElement Price, int Times)> Prices)
{
    public static OtaRates Of(XElement room)
    {
        var rates = room.Along("RoomRates", "RoomRate").ToList();
        var nights = rates.SelectMany(r => r.Along("Rates", "Rate").Prepend(r)).Select(Nights).Where(n => n.From is not null).ToList();
        return new(nights.Min(n => n.From), nights.Max(n => n.To), [.. rates.SelectMany(PricesOf)]);
    }

    /// <summary>The one currency that stands anywhere in a reservation; null where there is none, or are several.</summary>
    public static string? CurrencyOf(XElement reservation)
    {
        var all = reservation
            .DescendantsAndSelf()
            .Where(e => e.Name.LocalName is "Total" or "Base" or "Rate" or "RoomRate" or "RoomStay")
            .Select(e => e.Attr("CurrencyCode")?.ToUpperInvariant())
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Take(2)
            .ToList();
        return all is [var one] ? one : null;
    }

    private static IEnumerable<(XElement, int)> PricesOf(XElement roomRate)
    {
        if (roomRate.At("Total") is { } total && OtaStay.Priced(total))
        {
            return [(total, 1)];
        }

        return roomRate.Along("Rates", "Rate").Select(PriceOf).OfType<(XElement, int)>();
    }

    /// <summary>A rate's total stands for all its nights, its base for each unit of them.</summary>
    private static (XElement, int)? PriceOf(XElement rate)
    {
        if (rate.At("Total") is { } total && OtaStay.Priced(total))
        {
            return (total, 1);
        }

        if (rate.At("Base") is not { } price || !OtaStay.Priced(price))
        {
            return null;
        }

        var (from, to) = Nights(rate);
        var nights = from is { } first && to is { } last ? Math.Clamp(last.DayNumber - first.DayNumber, 1, SentValues.MostNights) : 1;
        var isByNight = rate.Attr("RateTimeUnit") is null or "Day" or "Night";
        return (price, isByNight ? Math.Max(1, nights / Math.Max(1, SentValues.Number(rate.Attr("UnitMultiplier")) ?? 1)) : 1);
    }

    // The day of expiry is that of departure, or else the last night itself.
    private static (DateOnly? From, DateOnly? To) Nights(XElement rate)
    {
        var from = SentValues.Day(rate.Attr("EffectiveDate"));
        var to = SentValues.Day(rate.Attr("ExpireDate"));
        return from is not { } first ? default : (from, to > from ? to : SentValues.After(first, 1));
    }
}
