using Bellhop.Data;
using Bellhop.Features.Team;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Notices;

/// <summary>The members of a team who may see notices of a kind.</summary>
internal static class NoticeReaders
{
    public static async Task<List<Membership>> Of(NoticeKind kind, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var team = await db
            .Memberships.AsNoTracking()
            .Where(m => m.OrganizationId == organizationId && m.DisabledAt == null)
            .ToListAsync(cancel);
        var readers = new List<Membership>();
        foreach (var some in team.GroupBy(m => m.Role))
        {
            if (await Roles.Find(some.Key, organizationId, db, cancel) is { } rights && rights.Holds(kind.Needs))
            {
                readers.AddRange(some);
            }
        }

        return readers;
    }
}
