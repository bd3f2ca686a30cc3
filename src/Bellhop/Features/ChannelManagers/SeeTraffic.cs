using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.ChannelManagers;

/// <summary>What came by a connection on each of the last days, as far as its messages are still kept.</summary>
public static class SeeTraffic
{
    private const int Days = 14;

    /// <param name="Day">The day where the property is.</param>
    /// <param name="Messages">How many different messages came.</param>
    /// <param name="Reservations">How many reservations they named.</param>
    /// <param name="Refused">How many that could not be taken are still parked.</param>
    public sealed record Row(DateOnly Day, int Messages, int Reservations, int Refused);

    /// <summary>The days on which something came, the latest first.</summary>
    /// <exception cref="Refusal">404 for a connection that the actor does not see.</exception>
    public static async Task<Page<Row>> Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        var connection = await Connections.Find(id, who, db, cancel);
        var zone = (await db.FindProperty(connection.PropertyId, who, cancel))!.Zone;
        var from = db.Now.DayIn(zone).AddDays(1 - Days).StartIn(zone);
        var came = await db
            .Hooks.Where(h => h.OrganizationId == who.OrganizationId && h.ConnectionId == id && h.ReceivedAt >= from)
            .Select(h => new { h.ReceivedAt, h.ItemsRead })
            .ToListAsync(cancel);
        var parked = await db
            .ParkedItems.Where(p => p.OrganizationId == who.OrganizationId && p.ConnectionId == id && p.At >= from)
            .Select(p => p.At)
            .ToListAsync(cancel);
        var refused = parked.CountBy(at => at.DayIn(zone)).ToDictionary();
        return new(
            [
                .. came.GroupBy(h => h.ReceivedAt.DayIn(zone))
                    .Select(g => new Row(g.Key, g.Count(), g.Sum(h => h.ItemsRead), refused.GetValueOrDefault(g.Key)))
                    .OrderByDescending(r => r.Day),
            ],
            null
        );
    }
}
