using System.Globalization;
using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Audit;

/// <summary>
/// The one way by which events go: those of an organisation that are older than it keeps them, with what hangs on them. The log says how
/// many went and until
/// when. Triggers in the database refuse every other deletion, and every change.
/// </summary>
public static class ForgetEvents
{
    /// <param name="before">Events from this instant on stay.</param>
    /// <returns>How many went.</returns>
    /// <exception cref="Refusal">404 for anybody but Bellhop itself.</exception>
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
