using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Properties;

/// <summary>The properties a person may pick from, by name.</summary>
public static class NameProperties
{
    /// <param name="TimeZone">IANA; its days begin by it.</param>
    /// <param name="Country">ISO 3166-1 alpha-2: the default region of phones typed there.</param>
    public sealed record Row(Guid Id, string Name, string TimeZone, string Country);

    public static async Task<IReadOnlyList<Row>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        return await db.Properties.VisibleTo(who).OrderBy(p => p.NameKey).Select(p => new Row(p.Id, p.Name, p.TimeZone, p.Country)).ToListAsync(cancel);
    }
}
