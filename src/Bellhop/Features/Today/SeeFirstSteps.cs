using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Imports;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Today;

/// <summary>What a new organisation has set up, and what it could do next.</summary>
public static class SeeFirstSteps
{
    private const int YoungDays = 30;
    private const int FewBookings = 100;

    /// <param name="Form">A website may show the booking form, or somebody has booked by it.</param>
    /// <param name="Import">A file of guests was brought in.</param>
    /// <param name="Team">There is another member, or an invitation.</param>
    /// <param name="Key">A program has a key.</param>
    /// <param name="Segment">There is a segment.</param>
    public sealed record Row(bool Form, bool Import, bool Team, bool Key, bool Segment)
    {
        internal bool IsDone => Form && Import && Team && Key && Segment;
    }

    /// <returns>Null once everything is done, and for an organisation that is older than thirty days or has many bookings.</returns>
    public static async Task<Row?> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.SettingsManage);
        var id = who.OrganizationId;
        var since = db.Now.AddDays(-YoungDays);
        if (
            who.Properties is not null
            || !await db.Organizations.AnyAsync(o => o.Id == id && o.CreatedAt > since, cancel)
            || await db.Bookings.Where(b => b.OrganizationId == id).Take(FewBookings + 1).CountAsync(cancel) > FewBookings
        )
        {
            return null;
        }

        var row = new Row(
            await db.Properties.AnyAsync(p => p.OrganizationId == id && p.EmbedOrigins != "", cancel)
                || await db.Bookings.AnyAsync(b => b.OrganizationId == id && b.Source == Source.Website, cancel),
            await db.Imports.AnyAsync(i => i.OrganizationId == id && i.State == ImportState.Completed, cancel),
            await db.Memberships.CountAsync(m => m.OrganizationId == id, cancel) > 1
                || await db.Invitations.AnyAsync(i => i.OrganizationId == id, cancel),
            await db.ApiKeys.AnyAsync(k => k.OrganizationId == id && k.RevokedAt == null, cancel),
            await db.Segments.AnyAsync(s => s.OrganizationId == id, cancel)
        );
        return row.IsDone ? null : row;
    }
}
