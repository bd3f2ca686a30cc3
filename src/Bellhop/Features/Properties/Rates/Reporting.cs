using Bellhop.Data;

namespace Bellhop.Features.Properties;

/// <summary>By what an organisation reports: read by hand, since it stands before every card and count.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="TimeZone">IANA: its months begin by it.</param>
public sealed record Reporting(string Currency, string TimeZone)
{
    public static async Task<Reporting> Of(int organizationId, BellhopDb db, CancellationToken cancel) =>
        await db.ReadFirst(
            $"SELECT currency, time_zone FROM organizations WHERE id = {organizationId}",
            row => new Reporting(row.Text(), row.Text()),
            cancel
        ) ?? throw new InvalidOperationException("There is no such organisation.");
}
