using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>
/// Fetches the reference rates for every organisation, where the operator gave an address. The bank publishes them once on a working day.
/// </summary>
public static class FetchRates
{
    /// <summary>The setting: the address of the file, such as
    /// <c>https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml</c>.</summary>
    public const string Setting = "Rates:Address";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The task. It does nothing when no address is set.</summary>
    /// <exception cref="OperatorProblem">The setting is no address.</exception>
    public static RecurringTask Recurring(IConfiguration configuration)
    {
        var address = configuration[Setting];
        if (string.IsNullOrWhiteSpace(address))
        {
            return new("fetchRates", (_, _) => Task.CompletedTask);
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? new("fetchRates", (db, cancel) => Run(uri, db, cancel))
            : throw new OperatorProblem($"{Setting} takes the address of a file of rates; '{address}' is none.");
    }

    private static async Task Run(Uri address, BellhopDb db, CancellationToken cancel)
    {
        using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = EcbFile.MostBytes };
        var file = await client.GetByteArrayAsync(address, cancel);
        foreach (var id in await db.Organizations.AsNoTracking().Select(o => o.Id).ToListAsync(cancel))
        {
            await ImportRates.Run(new(file), Actor.System(id), db, cancel);
        }
    }
}
