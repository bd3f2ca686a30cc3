using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Setup;

/// <summary>Every organisation on this install, by name.</summary>
public static class ListOrganizations
{
    public sealed record Row(int Id, string Name, string Currency, string TimeZone, int Properties);

    /// <summary>Only for the operator of Bellhop. No role in an organisation allows it.</summary>
    public static Task<List<Row>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        return db
            .Organizations.AsNoTracking()
            .OrderBy(o => o.Name)
            .Select(o => new Row(o.Id, o.Name, o.Currency, o.TimeZone, db.Properties.Count(p => p.OrganizationId == o.Id)))
            .ToListAsync(cancel);
    }
}
