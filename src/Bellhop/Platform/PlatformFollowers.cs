using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Platform;

/// <summary>
/// Events stay when a contact is deleted. Their values, and the rows that put them on the contact's timeline, are deleted.
/// </summary>
internal sealed class EventFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(EventContact), typeof(EventDetail)];

    public override async Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel)
    {
        await db.EventDetails.Where(d => d.OrganizationId == organizationId && d.ContactId == contactId).ExecuteDeleteAsync(cancel);
        await db.EventContacts.Where(c => c.OrganizationId == organizationId && c.ContactId == contactId).ExecuteDeleteAsync(cancel);
    }
}

/// <summary>Deletes kept answers that quote a deleted contact.</summary>
internal sealed class IdempotentResponseFollower : Follower
{
    public override IReadOnlyList<Type> Tables { get; } = [typeof(IdempotentResponse)];

    public override Task ContactDeleted(BellhopDb db, int organizationId, Guid contactId, CancellationToken cancel) =>
        db.IdempotentResponses.Where(a => a.OrganizationId == organizationId && a.ContactId == contactId).ExecuteDeleteAsync(cancel);
}
