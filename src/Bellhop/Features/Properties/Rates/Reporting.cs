using Bellhop.Data;

namespace Bellhop.Features.Properties;

/// <summary>The currency and zone of an organisation's reports. Read with plain SQL, because every card and count needs it.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA: the zone in which its months begin.</param>
public sealed record Reporting(string Currency, string TimeZone)
{
    public static async Task<Reporting> Of(int organizationId, BellhopDb db, CancellationToken cancel) =>
        await db.ReadFirst(
            $"SELECT currency, time_zone FROM organizations WHERE id = {organizationId}",
            row => new Reporting(row.Text(), row.Text()),
            cancel
        ) ?? throw new InvalidOperationException("There is no such organisation.");
}
