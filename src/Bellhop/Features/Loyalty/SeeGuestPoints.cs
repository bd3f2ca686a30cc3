using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>A guest's memberships as pages show them, and the programmes that the guest could join.</summary>
public static class SeeGuestPoints
{
    /// <param name="Memberships">At the properties that the actor sees, those with most points first.</param>
    /// <param name="Offers">The programmes that are on and the guest is no member of.</param>
    public sealed record Row(IReadOnlyList<Membership> Memberships, IReadOnlyList<Offer> Offers);

    /// <param name="Of">The membership with its latest entries.</param>
    /// <param name="Programme">The name of the programme.</param>
    /// <param name="PointValue">What one point is worth.</param>
    /// <param name="TierKept">Staff chose the tier; points do not change it.</param>
    /// <param name="Next">The tier above; null at the highest, or where staff chose the tier.</param>
    /// <param name="ToNext">The points still to collect for it.</param>
    public sealed record Membership(MembershipRow Of, string Programme, Money PointValue, bool TierKept, LoyaltyTier? Next, long ToNext)
    {
        /// <summary>What the balance is worth; nothing below 0.</summary>
        public Money Worth => LoyaltyMath.Worth(Of.Points, PointValue);
    }

    /// <param name="Property">Whose programme.</param>
    /// <param name="Programme">The name of the programme.</param>
    public sealed record Offer(PropertyName Property, string Programme);

    /// <param name="propertyId">Only the programme of this property; null for all that the actor sees.</param>
    /// <exception cref="Refusal">404 when the actor does not see the contact.</exception>
    public static async Task<Row> Run(Guid contactId, Guid? propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        await ContactSeen.Demand(contactId, who, db, cancel);
        var programmes = (
            await (
                from p in db.Programmes.AsNoTracking()
                join at in db.Properties.VisibleTo(who)
                    on new { p.OrganizationId, p.PropertyId } equals new { at.OrganizationId, PropertyId = at.Id }
                where p.OrganizationId == who.OrganizationId && (propertyId == null || p.PropertyId == propertyId)
                orderby at.NameKey
                select new { Programme = p, at.Name }
            ).ToListAsync(cancel)
        ).ToDictionary(p => p.Programme.PropertyId);
        if (programmes.Count == 0)
        {
            return new([], []);
        }

        var members = (
            await db
                .LoyaltyMembers.AsNoTracking()
                .Where(m => m.OrganizationId == who.OrganizationId && m.ContactId == contactId)
                .OrderByDescending(m => m.Points)
                .ToListAsync(cancel)
        ).FindAll(m => programmes.ContainsKey(m.PropertyId));
        var entries = await Ledgers.Of(contactId, members.ConvertAll(m => m.PropertyId), who.OrganizationId, db, cancel);
        var joined = members.FindAll(m => m.LeftAt is null).ConvertAll(m => m.PropertyId);
        return new(
            members.ConvertAll(m => Shown(m, programmes[m.PropertyId].Programme, programmes[m.PropertyId].Name, entries[m.PropertyId])),
            [
                .. programmes
                    .Values.Where(p => p.Programme.Enabled && !joined.Contains(p.Programme.PropertyId))
                    .Select(p => new Offer(new(p.Programme.PropertyId, p.Name), p.Programme.Name)),
            ]
        );
    }

    private static Membership Shown(LoyaltyMember member, Programme programme, string property, IEnumerable<LoyaltyEntryRow> entries)
    {
        var left = programme.ToNext(member.Tier, member.TierKept, member.Collected);
        return new(
            MembershipRow.Of(member, new(member.PropertyId, property), entries),
            programme.Name,
            new(programme.PointValue, programme.Currency),
            member.TierKept,
            left is null ? null : member.Tier + 1,
            left ?? 0
        );
    }
}
