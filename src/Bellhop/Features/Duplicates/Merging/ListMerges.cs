using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>The merges that stand of a contact, the latest first: each can be taken back once the later ones are.</summary>
public static class ListMerges
{
    private const int Most = 50;

    /// <exception cref="Refusal">404 when the actor does not see the contact.</exception>
    public static async Task<IReadOnlyList<MergeRow>> Run(Guid contactId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var rows = await db
            .Merges.AsNoTracking()
            .Where(m => m.OrganizationId == who.OrganizationId && m.ContactId == contactId)
            .OrderByDescending(m => m.At)
            .Take(Most)
            .Select(m => new MergeRow(m.Id, m.ContactId, m.FromId, m.At, new(m.WhoKind, m.WhoId, m.WhoName)))
            .ToListAsync(cancel);
        await ContactSeen.Demand(contactId, rows.Count > 0, who, db, cancel);
        return rows;
    }
}
