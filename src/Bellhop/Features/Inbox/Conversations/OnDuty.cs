using Bellhop.Data;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Who is there to answer: a person of the team who sees the property, is signed in, and was seen in the last hour. A page that is open
/// counts as being seen.
/// </summary>
internal static class OnDuty
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>A closed conversation opens again: it stays with whoever had it only if they are there, else anybody takes it.</summary>
    public static async Task Reopened(Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        if (conversation.AssigneeId is { } person && !await Is(person, conversation, db, cancel))
        {
            conversation.AssigneeId = null;
        }
    }

    private static async Task<bool> Is(Guid person, Conversation conversation, BellhopDb db, CancellationToken cancel)
    {
        var (now, since) = (db.Now, db.Now - Lately);
        var place = await db
            .Memberships.AsNoTracking()
            .SingleOrDefaultAsync(m => m.OrganizationId == conversation.OrganizationId && m.UserId == person, cancel);
        return place is { DisabledAt: null }
            && place.Sees(conversation.PropertyId)
            && await db.Sessions.AnyAsync(s => s.UserId == person && s.LastSeenAt > since && s.ExpiresAt > now, cancel);
    }
}
