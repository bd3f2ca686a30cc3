using System.Globalization;
using System.Runtime.CompilerServices;
using Bellhop.Data;
using Bellhop.Features.Loyalty;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Doctor;

/// <summary>Adds up members' points again from the entries of their ledgers. Memory grows with the differences only.</summary>
internal sealed class LoyaltyCheck
{
    private readonly List<(Guid Place, Guid Contact)> _wrong = [];

    /// <summary>Compares with the stored sums and returns each difference.</summary>
    public async IAsyncEnumerable<CheckFigures.Difference> Compare(
        int organizationId,
        BellhopDb db,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        Sql points = $"CAST(coalesce(sum(e.points), 0) AS bigint)",
            collected = $"CAST(coalesce(sum(CASE WHEN e.kind <> {LoyaltyKind.Redemption:fixed} THEN e.points END), 0) AS bigint)";
        var differ = await db.Read(
            $"""
            SELECT m.property_id, m.contact_id, m.points, m.collected, {points}, {collected} FROM loyalty_members m
            LEFT JOIN loyalty_entries e ON e.organization_id = m.organization_id AND e.contact_id = m.contact_id
                AND e.property_id = m.property_id
            WHERE m.organization_id = {organizationId} GROUP BY m.property_id, m.contact_id, m.points, m.collected
            HAVING m.points <> {points} OR m.collected <> {collected} ORDER BY m.property_id, m.contact_id
            """,
            row =>
                (
                    Place: row.Id(),
                    Contact: row.Id(),
                    Stored: (Points: row.Long(), Collected: row.Long()),
                    Right: (Points: row.Long(), Collected: row.Long())
                ),
            cancel
        );
        foreach (var member in differ)
        {
            _wrong.Add((member.Place, member.Contact));
            yield return new(
                "loyaltyMember",
                $"{member.Place}/{member.Contact}",
                "points",
                string.Create(CultureInfo.InvariantCulture, $"{member.Stored.Points} {member.Stored.Collected}"),
                string.Create(CultureInfo.InvariantCulture, $"{member.Right.Points} {member.Right.Collected}")
            );
        }
    }

    /// <summary>Writes the sums of the ledgers as they are by then, with the tiers that follow.</summary>
    public async Task Mend(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        foreach (var (place, contact) in _wrong)
        {
            await db.Save(() => Mend(organizationId, place, contact, db, cancel), cancel);
        }
    }

    private static async Task Mend(int organizationId, Guid place, Guid contact, BellhopDb db, CancellationToken cancel)
    {
        await db.LockContact(organizationId, contact, cancel);
        if (
            await db.LoyaltyMembers.FindAsync([organizationId, place, contact], cancel) is not { } member
            || await db.Programmes.FindAsync([organizationId, place], cancel) is not { } programme
        )
        {
            return;
        }

        var mine = db.LoyaltyEntries.Where(e => e.OrganizationId == organizationId && e.ContactId == contact && e.PropertyId == place);
        member.Points = await mine.SumAsync(e => e.Points, cancel);
        member.Collected = await mine.Where(e => e.Kind != LoyaltyKind.Redemption).SumAsync(e => e.Points, cancel);
        member.Follow(programme, db.Now);
    }
}
