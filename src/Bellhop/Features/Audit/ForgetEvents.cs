using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Audit;

/// <summary>
/// The only way to delete events: those older than an organisation keeps them, with their dependent rows. The log records how many were
/// deleted and up to when. Database triggers refuse every other deletion and every change.
/// </summary>
public static class ForgetEvents
{
    /// <param name="before">Events from this time on are kept.</param>
    /// <returns>The number of deleted events.</returns>
    /// <exception cref="Refusal">404 for every actor except Bellhop itself.</exception>
    public static Task<int> Run(DateTime before, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        return db.Save(
            async () =>
            {
                var old = db.Events.Where(e => e.OrganizationId == who.OrganizationId && e.At < before);
                db.EventRetentions.Add(new() { OrganizationId = who.OrganizationId, Before = before });
                await db.Flush(cancel);
                await db
                    .EventDetails.Where(d => d.OrganizationId == who.OrganizationId && old.Any(e => e.Id == d.Id))
                    .ExecuteDeleteAsync(cancel);
                await db.EventContacts.Where(c => c.OrganizationId == who.OrganizationId && c.At < before).ExecuteDeleteAsync(cancel);
                var gone = await old.ExecuteDeleteAsync(cancel);
                await db.EventRetentions.Where(r => r.OrganizationId == who.OrganizationId).ExecuteDeleteAsync(cancel);
                db.Happened(
                    who,
                    "events.forgotten",
                    "organization",
                    null,
                    [string.Create(CultureInfo.InvariantCulture, $"rows={gone}"), $"before={before:yyyy-MM-ddTHH:mm:ssZ}"]
                );
                return gone;
            },
            cancel
        );
    }
}
