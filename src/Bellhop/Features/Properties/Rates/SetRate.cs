using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>A rate as the API shows it. It is valid from its day until the pair's next rate.</summary>
public sealed record RateRow(DateOnly Date, string From, string To, decimal Rate)
{
    internal static RateRow Of(Rate rate) => new(rate.Date, rate.From, rate.To, rate.Value / 1.000000000000000000m);
}

/// <summary>Sets or corrects a rate. A background job converts the totals that depend on it again.</summary>
public static class SetRate
{
    // Multiples of 10⁻¹² must fit into 64 bits.
    internal const decimal Most = 9_000_000m;

    /// <param name="Rate">Units of the second currency for one unit of the first.</param>
    /// <param name="Date">If given, the same as in the address.</param>
    /// <param name="From">If given, the same as in the address.</param>
    /// <param name="To">If given, the same as in the address.</param>
    public sealed record Input(decimal Rate, string? Date = null, string? From = null, string? To = null);

    /// <param name="Date">YYYY-MM-DD.</param>
    /// <param name="From">ISO 4217.</param>
    /// <param name="To">ISO 4217.</param>
    /// <param name="Rate">Units of the second currency for one unit of the first.</param>
    public sealed record Whole(string Date, string From, string To, decimal Rate);

    /// <summary>Sets a rate whose day and currencies are in the body.</summary>
    public static Task<Answered<RateRow>> Put(Whole input, Actor who, BellhopDb db, CancellationToken cancel) =>
        Run(input.Date, input.From, input.To, new(input.Rate), who, db, cancel);

    /// <exception cref="Refusal">403 for an actor limited to some properties; 400 listing every field at fault.</exception>
    public static async Task<Answered<RateRow>> Run(
        string date,
        string from,
        string to,
        Input input,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        var errors = new ValidationErrors();
        var day = Pair(date, from, to, errors);
        Same("date", input.Date, date, errors);
        Same("from", input.From, from, errors);
        Same("to", input.To, to, errors);
        if (input.Rate is <= 0 or > Most || decimal.Truncate(input.Rate * Rate.Unit) != input.Rate * Rate.Unit)
        {
            errors.Add("rate", ErrorText.Of<PropertyTexts>("Rate"));
        }

        errors.Refuse();
        return await db.Save(
            async () =>
            {
                var stored = (long)(input.Rate * Rate.Unit);
                var rate = await db.Rates.SingleOrDefaultAsync(
                    r => r.OrganizationId == who.OrganizationId && r.From == from && r.To == to && r.Date == day,
                    cancel
                );
                var isNew = rate is null;
                if (rate is null)
                {
                    db.Rates.Add(
                        rate = new()
                        {
                            OrganizationId = who.OrganizationId,
                            Date = day!.Value,
                            From = from,
                            To = to,
                            Stored = stored,
                        }
                    );
                }

                if (isNew || rate.Stored != stored)
                {
                    rate.Stored = stored;
                    db.Happened(who, isNew ? "rate.created" : "rate.updated", "rate", null, "rate");
                    await db.QueueConvert(who, new(from, day), cancel);
                }

                return new Answered<RateRow>(RateRow.Of(rate), isNew ? 201 : 200, isNew ? $"/rates/{date}/{from}/{to}" : null);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
    }

    /// <summary>Reads a day and checks two different currencies. Adds errors; null for a wrong day.</summary>
    internal static DateOnly? Pair(string date, string from, string to, ValidationErrors errors)
    {
        var day = errors.Day("date", date);
        PlaceRules.Currency("from", from, errors);
        PlaceRules.Currency("to", to, errors);
        if (from == to)
        {
            errors.Add("to", ErrorText.Of<PropertyTexts>("SameCurrency"));
        }

        return day;
    }

    private static void Same(string field, string? inBody, string inPath, ValidationErrors errors)
    {
        if (inBody is not null && inBody != inPath)
        {
            errors.Add(field, ErrorText.Of<PropertyTexts>("NotAsInPath"));
        }
    }
}

/// <summary>
/// Deletes a rate. Totals that used it are converted with the pair's earlier rate, or are no longer converted when there is none.
/// </summary>
public static class DeleteRate
{
    /// <exception cref="Refusal">403 for an actor limited to some properties; 404 when there is no such rate.</exception>
    public static async Task Run(string date, string from, string to, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        await db.Save(
            async () =>
            {
                var rate = await GetRate.Find(date, from, to, who, db, cancel);
                db.Rates.Remove(rate);
                db.Happened(who, "rate.deleted", "rate", null, "rate");
                await db.QueueConvert(who, new(from, rate.Date), cancel);
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId)
        );
    }
}
