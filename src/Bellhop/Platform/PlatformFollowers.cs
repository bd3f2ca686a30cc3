using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>An event stays as it is when the contact goes; its values and what leads from the contact to it go with the contact.</summary>
internal sealed class EventFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(EventContact), typeof(EventDetail)];

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        await db.EventDetails.Where(d => d.OrganizationId == organizationId && d.ContactId == contactId).ExecuteDeleteAsync(cancel);
        await db.EventContacts.Where(c => c.OrganizationId == organizationId && c.ContactId == contactId).ExecuteDeleteAsync(cancel);
    }
}

/// <summary>A kept answer that quotes a contact goes with the contact.</summary>
internal sealed class IdempotentResponseFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(IdempotentResponse)];

    public override Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.IdempotentResponses.Where(a => a.OrganizationId == organizationId && a.ContactId == contactId).ExecuteDeleteAsync(cancel);
}
