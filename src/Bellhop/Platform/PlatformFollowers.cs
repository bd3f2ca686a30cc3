using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>An event stays when the contact goes: without its values, and without saying whose it was.</summary>
internal sealed class EventFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(Event), typeof(EventDetail)];

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        await db.EventDetails.Where(d => d.OrganizationId == organizationId && d.ContactId == contactId).ExecuteDeleteAsync(cancel);
        await db
            .Events.Where(e => e.OrganizationId == organizationId && e.ContactId == contactId)
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.ContactId, (Guid?)null), cancel);
    }
}

/// <summary>A kept answer that quotes a contact goes with the contact.</summary>
internal sealed class IdempotentResponseFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(IdempotentResponse)];

    public override Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.IdempotentResponses.Where(a => a.OrganizationId == organizationId && a.ContactId == contactId).ExecuteDeleteAsync(cancel);
}
