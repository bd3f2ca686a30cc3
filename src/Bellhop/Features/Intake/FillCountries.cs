using Bellhop.Data;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Intake;

/// <summary>
/// Tells the country of guests by their phones, for guests from before Bellhop kept countries. The migration that adds the column queues
/// it.
/// </summary>
public static class FillCountries
{
    private const int InOneSave = 500;

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new("contacts.countries", Run);

    private static async Task Run(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandKnown();
        for (Guid? last = Guid.Empty; last is { } after; )
        {
            cancel.ThrowIfCancellationRequested();
            last = await db.Save(() => Some(after, job.OrganizationId, db, cancel), cancel);
        }
    }

    /// <summary>Fills the next guests by id. Returns the last guest's id, or null when there are no more.</summary>
    private static async Task<Guid?> Some(Guid after, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var guests = await db
            .Contacts.Where(c => c.OrganizationId == organizationId && c.Id > after && c.Phone != null && c.Country == null)
            .OrderBy(c => c.Id)
            .Take(InOneSave)
            .ToListAsync(cancel);
        guests.ForEach(guest => guest.SayCountry(guest.CountryGiven));
        return guests.Count < InOneSave ? null : guests[^1].Id;
    }
}
