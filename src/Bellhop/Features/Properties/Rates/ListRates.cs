using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>The rates, newest day first.</summary>
public static class ListRates
{
    public static async Task<Page<RateRow>> Run(PageQuery query, Actor who, BellhopDb db, Cursors cursors, CancellationToken cancel)
    {
        who.DemandKnown();
        query.Refuse();
        var binding = $"rates/{who.OrganizationId}";
        var rates = db.Rates.AsNoTracking().Where(r => r.OrganizationId == who.OrganizationId);
        if (query.After(cursors, binding)?.Split('/') is [var date, var from, var to])
        {
            var day = DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            rates = rates.Where(r =>
                r.Date < day || (r.Date == day && (string.Compare(r.From, from) > 0 || (r.From == from && string.Compare(r.To, to) > 0)))
            );
        }

        var rows = await rates
            .OrderByDescending(r => r.Date)
            .ThenBy(r => r.From)
            .ThenBy(r => r.To)
            .Take(query.Limit + 1)
            .ToListAsync(cancel);
        return query.Page(
            rows.ConvertAll(RateRow.Of),
            r => string.Create(CultureInfo.InvariantCulture, $"{r.Date:yyyy-MM-dd}/{r.From}/{r.To}"),
            cursors,
            binding
        );
    }
}

/// <summary>One rate.</summary>
public static class GetRate
{
    public static async Task<RateRow> Run(string date, string from, string to, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return RateRow.Of(await Find(date, from, to, who, db, cancel));
    }

    /// <exception cref="Refusal">404.</exception>
    internal static async Task<Rate> Find(string date, string from, string to, Actor who, BellhopDb db, CancellationToken cancel)
    {
        if (Clock.ReadDay(date) is not { } day)
        {
            throw Refusal.NotThere("rate");
        }

        return await db.Rates.SingleOrDefaultAsync(
                r => r.OrganizationId == who.OrganizationId && r.From == from && r.To == to && r.Date == day,
                cancel
            ) ?? throw Refusal.NotThere("rate");
    }
}
