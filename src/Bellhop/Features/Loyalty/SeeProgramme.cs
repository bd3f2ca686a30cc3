using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Loyalty;

/// <summary>A property's programme with what became of it, as its page shows it.</summary>
public static class SeeProgramme
{
    /// <param name="Programme">Null where none was saved yet.</param>
    /// <param name="UpdatedAt">Its version.</param>
    /// <param name="Currency">The property's currency.</param>
    /// <param name="Month">The first of this month where the property is.</param>
    /// <param name="Members">How many members are in each tier.</param>
    /// <param name="Joined">How many of them joined this month.</param>
    /// <param name="Outstanding">The points that members may still redeem.</param>
    /// <param name="Redeemed">The points redeemed this month.</param>
    /// <param name="Redeemers">By how many guests.</param>
    /// <param name="Stays">The counted bookings that arrive this month.</param>
    /// <param name="MemberStays">Those of members.</param>
    public sealed record Row(
        ProgrammeRow? Programme,
        DateTime UpdatedAt,
        string Currency,
        DateOnly Month,
        IReadOnlyDictionary<LoyaltyTier, long> Members,
        long Joined,
        long Outstanding,
        long Redeemed,
        long Redeemers,
        long Stays,
        long MemberStays
    )
    {
        /// <summary>The money that so many points are worth.</summary>
        public Money Worth(long points) => LoyaltyMath.Worth(points, Programme?.PointValue ?? new(0, Currency));
    }

    /// <exception cref="Refusal">404 for a property that the actor does not see.</exception>
    public static async Task<Row> Run(Guid propertyId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var property = await db.FindProperty(propertyId, who, cancel) ?? throw Refusal.NotThere("property", propertyId);
        var today = db.Now.DayIn(property.Zone);
        var month = new DateOnly(today.Year, today.Month, 1);
        var since = month.StartIn(property.Zone);
        var programme = await db
            .Programmes.AsNoTracking()
            .SingleOrDefaultAsync(p => p.OrganizationId == who.OrganizationId && p.PropertyId == propertyId, cancel);
        if (programme is null)
        {
            return new(null, default, property.Currency, month, new Dictionary<LoyaltyTier, long>(), 0, 0, 0, 0, 0, 0);
        }

        var perUnit = await GetProgramme.PerUnit(propertyId, who.OrganizationId, db, cancel);
        var tiers = await db.Read(
            $"""
            SELECT m.tier, count(*), count(CASE WHEN m.since >= {since} THEN 1 END),
                CAST(coalesce(sum(CASE WHEN m.points > 0 THEN m.points END), 0) AS bigint)
            FROM loyalty_members m WHERE m.organization_id = {who.OrganizationId} AND m.property_id = {propertyId} AND m.left_at IS NULL
            GROUP BY m.tier
            """,
            row => (Tier: row.Name<LoyaltyTier>(), Members: row.Long(), Joined: row.Long(), Points: row.Long()),
            cancel
        );
        var redeemed = await db.Read(
            $"""
            SELECT CAST(coalesce(-sum(e.points), 0) AS bigint), count(DISTINCT e.contact_id) FROM loyalty_entries e
            WHERE e.organization_id = {who.OrganizationId} AND e.property_id = {propertyId} AND e.at >= {since}
                AND e.kind = {LoyaltyKind.Redemption:fixed}
            """,
            row => (Points: row.Long(), Guests: row.Long()),
            cancel
        );
        var stays = await db.Read(
            $"""
            SELECT count(*), count(m.contact_id) FROM bookings b
            LEFT JOIN loyalty_members m ON m.organization_id = {who.OrganizationId} AND m.property_id = {propertyId}
                AND m.contact_id = b.contact_id AND m.left_at IS NULL
            WHERE b.organization_id = {who.OrganizationId} AND b.property_id = {propertyId}
                AND b.arrival >= {month} AND b.arrival < {month.AddMonths(1)} AND b.status IN ('Confirmed', 'InHouse', 'Completed')
            """,
            row => (All: row.Long(), Members: row.Long()),
            cancel
        );
        return new(
            ProgrammeRow.Of(programme, perUnit),
            programme.UpdatedAt,
            property.Currency,
            month,
            tiers.ToDictionary(t => t.Tier, t => t.Members),
            tiers.Sum(t => t.Joined),
            tiers.Sum(t => t.Points),
            redeemed[0].Points,
            redeemed[0].Guests,
            stays[0].All,
            stays[0].Members
        );
    }
}

/// <summary>How many members would change their tier if tiers began elsewhere. It changes nothing.</summary>
public static class ForeseeTiers
{
    /// <param name="From">The tier they are in.</param>
    /// <param name="To">The tier they would be in.</param>
    public sealed record Move(LoyaltyTier From, LoyaltyTier To, long Members);

    /// <exception cref="Refusal">404 for a programme that the actor does not see.</exception>
    public static async Task<IReadOnlyList<Move>> Run(
        Guid propertyId,
        long silver,
        long gold,
        long platinum,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.LoyaltyManage);
        await GetProgramme.Find(propertyId, who, db, cancel);
        var moves = await db.Read(
            $"""
            SELECT x.tier, x.becomes, count(*) FROM (
                SELECT m.tier, CASE WHEN m.collected >= {platinum} THEN 'Platinum' WHEN m.collected >= {gold} THEN 'Gold'
                    WHEN m.collected >= {silver} THEN 'Silver' ELSE 'Bronze' END AS becomes
                FROM loyalty_members m WHERE m.organization_id = {who.OrganizationId} AND m.property_id = {propertyId}
                    AND m.left_at IS NULL AND NOT m.tier_kept
            ) x WHERE x.tier <> x.becomes GROUP BY x.tier, x.becomes
            """,
            row => new Move(row.Name<LoyaltyTier>(), row.Name<LoyaltyTier>(), row.Long()),
            cancel
        );
        return [.. moves.OrderBy(m => m.From).ThenBy(m => m.To)];
    }
}

/// <summary>The programmes of the properties that the actor sees.</summary>
public static class ListProgrammes
{
    /// <param name="Property">Whose programme.</param>
    /// <param name="Name">What guests call it; null where the property has none.</param>
    /// <param name="Enabled">Whether guests collect points.</param>
    /// <param name="Members">How many members it has.</param>
    public sealed record Row(PropertyName Property, string? Name, bool Enabled, long Members);

    public static async Task<IReadOnlyList<Row>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsView);
        var rows = await db.Read(
            $"""
            SELECT p.id, p.name, l.name, l.enabled, (
                SELECT count(*) FROM loyalty_members m
                WHERE m.organization_id = p.organization_id AND m.property_id = p.id AND m.left_at IS NULL
            )
            FROM properties p LEFT JOIN loyalty_programmes l ON l.organization_id = p.organization_id AND l.property_id = p.id
            WHERE p.organization_id = {who.OrganizationId} ORDER BY p.name_key
            """,
            row => new Row(new(row.Id(), row.Text()), row.TextOrNull(), Flag(row), row.Long()),
            cancel
        );
        return [.. rows.Where(r => who.Sees(r.Property.Id))];
    }

    private static bool Flag(SqlRow row)
    {
        if (row.IsNull)
        {
            row.Skip(1);
            return false;
        }

        return row.Flag();
    }
}
