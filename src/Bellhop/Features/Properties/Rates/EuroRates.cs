using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>The rates that follow from what one euro is worth: each way, and across to an organisation's currency.</summary>
internal static class EuroRates
{
    /// <summary>All rates of the quotes. One that is too small or too large to be stored is left out.</summary>
    /// <param name="quotes">In any order.</param>
    /// <param name="home">The organisation's currency.</param>
    public static List<Rate> Of(IReadOnlyList<EuroQuote> quotes, int organizationId, string home)
    {
        var rates = new List<Rate>(quotes.Count * 3);
        foreach (var quote in quotes)
        {
            Add(rates, organizationId, quote.Day, EcbFile.Euro, quote.Currency, quote.Rate);
            Add(rates, organizationId, quote.Day, quote.Currency, EcbFile.Euro, 1 / quote.Rate);
        }

        Cross(rates, quotes, organizationId, home);
        return rates;
    }

    /// <summary>
    /// Adds what is missing for a new currency of the organisation, from the rates of the euro that are there. Call it inside a save that
    /// holds the settings lock alone.
    /// </summary>
    public static async Task Add(int organizationId, string home, BellhopDb db, CancellationToken cancel)
    {
        var known = await Known(organizationId, DateOnly.MinValue, DateOnly.MaxValue, db, cancel);
        var quotes = known
            .Where(r => r.Key.From == EcbFile.Euro)
            .Select(r => new EuroQuote(r.Key.Date, r.Key.To, r.Value / Rate.Unit))
            .ToList();
        var rates = new List<Rate>();
        Cross(rates, quotes, organizationId, home);
        rates.RemoveAll(r => known.ContainsKey((r.Date, r.From, r.To)));
        await db.BulkInsert(rates, cancel);
    }

    /// <summary>The stored rates from one day to another, with their stored values.</summary>
    public static async Task<Dictionary<(DateOnly Date, string From, string To), long>> Known(
        int organizationId,
        DateOnly first,
        DateOnly last,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        await db
            .Rates.AsNoTracking()
            .Where(r => r.OrganizationId == organizationId && r.Date >= first && r.Date <= last)
            .ToDictionaryAsync(r => (r.Date, r.From, r.To), r => r.Stored, cancel);

    private static void Cross(List<Rate> rates, IReadOnlyList<EuroQuote> quotes, int organizationId, string home)
    {
        var homes = quotes.Where(q => q.Currency == home).ToDictionary(q => q.Day, q => q.Rate);
        foreach (var quote in quotes.Where(q => q.Currency != home))
        {
            if (homes.TryGetValue(quote.Day, out var rate))
            {
                Add(rates, organizationId, quote.Day, quote.Currency, home, rate / quote.Rate);
            }
        }
    }

    private static void Add(List<Rate> rates, int organizationId, DateOnly day, string from, string to, decimal value)
    {
        var stored = value > SetRate.Most ? 0 : (long)Math.Round(value * Rate.Unit, 0, MidpointRounding.AwayFromZero);
        if (stored > 0)
        {
            rates.Add(
                new()
                {
                    OrganizationId = organizationId,
                    Date = day,
                    From = from,
                    To = to,
                    Stored = stored,
                }
            );
        }
    }
}
