using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Audit;

/// <summary>
/// The values before and after of events that the actor has listed, as far as they may still be shown: those of a deleted guest are gone.
/// </summary>
public static class SeeEventValues
{
    /// <summary>Event → field → [before, after]. Events without kept values are left out, and all for who may not see guests.</summary>
    /// <param name="ids">Ids from <see cref="ListEvents"/> for this actor.</param>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<string, string?[]>>> Run(
        IReadOnlyList<Guid> ids,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.SettingsManage);
        if (!who.Can(Permission.ContactsView))
        {
            return new Dictionary<Guid, IReadOnlyDictionary<string, string?[]>>();
        }

        var details = db.EventDetails.Where(d => d.OrganizationId == who.OrganizationId && ids.Contains(d.Id));
        if (who.Properties is { } limited)
        {
            details = details.Where(d =>
                db.ContactsAtProperty.Any(a =>
                    a.OrganizationId == d.OrganizationId && a.ContactId == d.ContactId && limited.Contains(a.PropertyId)
                )
            );
        }

        var kept = await details.Select(d => new { d.Id, d.Detail }).ToListAsync(cancel);
        return kept.ToDictionary(
            d => d.Id,
            IReadOnlyDictionary<string, string?[]> (d) => JsonSerializer.Deserialize<Dictionary<string, string?[]>>(d.Detail) ?? []
        );
    }
}
