using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>
/// Adds the rates of a file of the European Central Bank: to the euro, from the euro, and to the organisation's currency. A rate that is
/// there already stays as it is. A background job then converts the totals that depend on the new ones.
/// </summary>
public static class ImportRates
{
    /// <summary>The most rates of one file, so that other writers do not wait long.</summary>
    private const int MostRates = 250_000;

    private static readonly string[] Fields = ["from", "dryRun"];

    /// <param name="File">The file's bytes.</param>
    /// <param name="From">Rates of earlier days are left out; null for the last three years.</param>
    /// <param name="DryRun">Says what would be done, and changes nothing.</param>
    public sealed record Input(byte[] File, DateOnly? From = null, bool DryRun = false);

    /// <param name="First">The first day that is taken.</param>
    /// <param name="Last">The last day.</param>
    /// <param name="Days">How many days there are rates of.</param>
    /// <param name="Currencies">The currencies beside the euro.</param>
    /// <param name="Added">Rates that are new.</param>
    /// <param name="Kept">Rates that are there with another value. They stay.</param>
    /// <param name="Same">Rates that are there already.</param>
    /// <param name="DryRun">Whether nothing was changed.</param>
    public sealed record Result(
        DateOnly First,
        DateOnly Last,
        int Days,
        IReadOnlyList<string> Currencies,
        int Added,
        int Kept,
        int Same,
        bool DryRun
    );

    /// <summary>Takes the file of a request: <c>file</c>, <c>from</c> and <c>dryRun</c>.</summary>
    /// <exception cref="Refusal">As <see cref="Run"/>, and 415 and 400 for a request that is no such form.</exception>
    public static async Task<Result> Receive(SmallFile upload, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        var (content, fields) = await upload.Read(EcbFile.MostBytes, Fields, cancel);
        var errors = new ValidationErrors();
        DateOnly? from = fields.TryGetValue("from", out var day) ? errors.Day("from", day) : null;
        var dryRun = false;
        if (fields.TryGetValue("dryRun", out var dry) && !bool.TryParse(dry, out dryRun))
        {
            errors.Add("dryRun", "OneOf", "true, false");
        }

        errors.Refuse();
        return await Run(new(content, from, dryRun), who, db, cancel);
    }

    /// <exception cref="Refusal">403 for an actor limited to some properties; 400 for a file that is none, or that has too many
    /// rates.</exception>
    public static async Task<Result> Run(Input input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        who.DemandAllProperties();
        var quotes = EcbFile.Read(input.File, db.Now.DayIn(TimeZoneInfo.Utc).AddDays(1));
        var from = input.From ?? Usual(db.Now);
        var first = quotes.Select(q => q.Day).LastOrDefault(day => day <= from, quotes[0].Day); // the rate that held on that day
        quotes.RemoveAll(q => q.Day < first);
        if (input.DryRun)
        {
            return (await Compare(quotes, who, db, cancel)).Result with { DryRun = true };
        }

        return await db.Save(
            async () =>
            {
                var (result, added) = await Compare(quotes, who, db, cancel);
                if (added.Count > 0)
                {
                    await db.BulkInsert(added, cancel);
                    db.Happened(who, "rates.imported", "rate", null, string.Create(CultureInfo.InvariantCulture, $"rows={added.Count}"));
                    await db.QueueConvert(who, new(Day: added.Min(r => r.Date)), cancel);
                }

                return result;
            },
            cancel,
            SettingsLock.Alone(who.OrganizationId),
            alone: true
        );
    }

    /// <summary>The first day when nobody says one.</summary>
    internal static DateOnly Usual(DateTime now) => now.DayIn(TimeZoneInfo.Utc).AddYears(-3);

    private static async Task<(Result Result, List<Rate> Added)> Compare(
        List<EuroQuote> quotes,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var (first, last) = (quotes[0].Day, quotes[^1].Day);
        var home = (await Reporting.Of(who.OrganizationId, db, cancel)).Currency;
        var all = EuroRates.Of(quotes, who.OrganizationId, home);
        if (all.Count > MostRates)
        {
            throw Refusal.Invalid("from", ErrorText.Of<PropertyTexts>("EcbFile.Many", MostRates));
        }

        var known = await EuroRates.Known(who.OrganizationId, first, last, db, cancel);
        var added = all.FindAll(r => !known.ContainsKey((r.Date, r.From, r.To)));
        var same = all.Count(r => known.TryGetValue((r.Date, r.From, r.To), out var stored) && stored == r.Stored);
        var result = new Result(
            first,
            last,
            quotes.Select(q => q.Day).Distinct().Count(),
            [.. quotes.Select(q => q.Currency).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            added.Count,
            all.Count - added.Count - same,
            same,
            false
        );
        return (result, added);
    }
}
