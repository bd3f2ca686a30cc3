using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>A guest's memberships at the properties that the actor sees, each with its latest entries.</summary>
public static class ListGuestLoyalty
{
    /// <exception cref="Refusal">404 when the actor does not see the contact.</exception>
    public static async Task<Page<MembershipRow>> Run(
        Guid id,
        PageQuery query,
        Actor who,
        BellhopDb db,
        Cursors cursors,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsView);
        query.Refuse();
        await ContactSeen.Demand(id, who, db, cancel);
        var binding = $"loyalty/{who.OrganizationId}/{id}";
        var members = db.LoyaltyMembers.AsNoTracking().Where(m => m.OrganizationId == who.OrganizationId && m.ContactId == id);
        members = who.Properties is { } limited ? members.Where(m => limited.Contains(m.PropertyId)) : members;
        if (query.After(cursors, binding) is { } after)
        {
            var last = Guid.Parse(after);
            members = members.Where(m => m.PropertyId > last);
        }

        var some = await members.OrderBy(m => m.PropertyId).Take(query.Limit + 1).ToListAsync(cancel);
        var rows = new List<MembershipRow>(some.Count);
        if (some.Count > 0)
        {
            var places = some.ConvertAll(m => m.PropertyId);
            var names = await db
                .Properties.AsNoTracking()
                .Where(p => p.OrganizationId == who.OrganizationId && places.Contains(p.Id))
                .ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
            var entries = await Ledgers.Of(id, places, who.OrganizationId, db, cancel);
            rows.AddRange(some.Select(m => MembershipRow.Of(m, new(m.PropertyId, names[m.PropertyId]), entries[m.PropertyId])));
        }

        return query.Page(rows, m => m.Property.Id.ToString(), cursors, binding);
    }
}

/// <summary>A guest's membership as the API and the profile show it.</summary>
/// <param name="Property">Whose programme.</param>
/// <param name="Tier">Bronze, Silver, Gold or Platinum.</param>
/// <param name="Points">The balance.</param>
/// <param name="LifetimePoints">The points collected, which lead to the tier.</param>
/// <param name="Since">When the guest joined, UTC.</param>
/// <param name="LeftAt">When the guest left, UTC; null for a member.</param>
/// <param name="Entries">The latest 100 entries, the latest first.</param>
public sealed record MembershipRow(
    PropertyName Property,
    LoyaltyTier Tier,
    long Points,
    long LifetimePoints,
    DateTime Since,
    DateTime? LeftAt,
    IReadOnlyList<LoyaltyEntryRow> Entries
)
{
    internal static MembershipRow Of(LoyaltyMember m, PropertyName property, IEnumerable<LoyaltyEntryRow> entries) =>
        new(property, m.Tier, m.Points, m.Collected, m.Since, m.LeftAt, [.. entries]);
}
