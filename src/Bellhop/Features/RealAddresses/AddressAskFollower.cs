using Bellhop.Data;
using Bellhop.Features.Bookings;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.RealAddresses;

/// <summary>A guest may answer until check-out: when the stay becomes longer or shorter, so does the time to answer.</summary>
internal sealed class AddressAskFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(AddressAsk)];

    public override async Task Writing(BellhopDb db, CancellationToken cancel)
    {
        var moved = db
            .ChangeTracker.Entries<Booking>()
            .Where(e => e.State == EntityState.Modified && e.Property(b => b.Departure).IsModified)
            .Select(e => e.Entity)
            .ToList();
        foreach (var booking in moved)
        {
            var property = await db.Properties.FindAsync([booking.OrganizationId, booking.PropertyId], cancel);
            var end = AskAddress.Until(booking, property!);
            await db
                .AddressAsks.Where(a => a.OrganizationId == booking.OrganizationId && a.BookingId == booking.Id && a.UsedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.ExpiresAt, end), cancel);
        }
    }
}
