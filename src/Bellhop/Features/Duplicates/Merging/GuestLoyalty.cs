using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Loyalty;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Two contacts' memberships, when they are merged and when they are split. The ledgers' entries move like other rows, so that a booking
/// that is cancelled later still finds what it earned.
/// </summary>
internal static class GuestLoyalty
{
    public static Task<List<LoyaltyMember>> Of(Contact contact, BellhopDb db, CancellationToken cancel) =>
        db.LoyaltyMembers.Where(m => m.OrganizationId == contact.OrganizationId && m.ContactId == contact.Id).ToListAsync(cancel);

    /// <summary>Of two memberships at a property one stays, with the earlier date, the better tier and the points of both.</summary>
    public static async Task Join(
        Contact kept,
        List<LoyaltyMember> mine,
        List<LoyaltyMember> theirs,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        foreach (var their in theirs)
        {
            if (mine.Find(m => m.PropertyId == their.PropertyId) is not { } present)
            {
                var values = db.Entry(their).CurrentValues.Clone();
                values[nameof(LoyaltyMember.ContactId)] = kept.Id;
                db.Add(values.ToObject());
            }
            else
            {
                present.Since = present.Since < their.Since ? present.Since : their.Since;
                present.LeftAt = present.LeftAt is null || their.LeftAt is null ? null : present.LeftAt;
                present.TierKept |= their.TierKept;
                present.Points += their.Points;
                present.Collected += their.Collected;
                var programme = (await db.Programmes.FindAsync([present.OrganizationId, present.PropertyId], cancel))!;
                LoyaltyTier[] tiers = [present.Tier, their.Tier, programme.TierOf(present.Collected)];
                present.Tier = tiers.Max();
                present.UpdatedAt = db.Now.After(present.UpdatedAt);
            }

            db.Remove(their);
        }
    }

    /// <summary>
    /// Each is a member again where it was. The points are the sums of the entries that each has by now; where an entry since the merge
    /// goes to a contact that was no member there, the contact becomes one.
    /// </summary>
    public static async Task Split(Contact kept, Contact other, MergeState state, BellhopDb db, CancellationToken cancel)
    {
        foreach (var entry in db.ChangeTracker.Entries<LoyaltyEntry>().Select(e => e.Entity))
        {
            // What came since the merge was written for the one guest, and is now the other's own.
            entry.WrittenFor = entry.ContactId == other.Id && entry.WrittenFor == kept.Id ? other.Id : entry.WrittenFor;
        }

        await db.Flush(cancel); // the entries are dealt by now
        var sums = await db
            .LoyaltyEntries.Where(e => e.OrganizationId == kept.OrganizationId && (e.ContactId == kept.Id || e.ContactId == other.Id))
            .GroupBy(e => new { e.ContactId, e.PropertyId })
            .Select(g => new
            {
                g.Key,
                Points = g.Sum(e => e.Points),
                Collected = g.Sum(e => e.Kind == LoyaltyKind.Redemption ? 0 : e.Points),
                First = g.Min(e => e.At),
            })
            .ToListAsync(cancel);
        var now = await Of(kept, db, cancel);
        var places = now.ConvertAll(m => m.PropertyId);
        var programmes = await db
            .Programmes.Where(p => p.OrganizationId == kept.OrganizationId && places.Contains(p.PropertyId))
            .ToDictionaryAsync(p => p.PropertyId, cancel);
        foreach (var member in now)
        {
            var had = (Kept: Stored(state.KeptMembers), Other: Stored(state.OtherMembers));
            var (mine, theirs) = (Sum(kept.Id), Sum(other.Id));

            // Whoever has left since the merge has left for both; whoever has come back since, for the one.
            var wasMember = IsMember(had.Kept) || IsMember(had.Other);
            var leftSince = wasMember ? member.LeftAt : null;
            var cameBack = !wasMember && member.LeftAt is null;
            if (had.Other is not null || theirs is not null)
            {
                var back = had.Other?.Restore<LoyaltyMember>(db) ?? Copy();
                back.LeftAt ??= leftSince;
                Count(back, theirs?.Points ?? 0, theirs?.Collected ?? 0);
            }

            if (had.Kept is null && had.Other is not null && mine is null)
            {
                db.Remove(member);
                continue;
            }

            if (had.Kept?.Make(db.Entry(member).Metadata, db) is LoyaltyMember was)
            {
                (member.Since, member.Tier, member.TierKept) = (was.Since, was.Tier, was.TierKept);
                member.LeftAt = cameBack ? null : was.LeftAt ?? leftSince;
            }

            Count(member, mine?.Points ?? 0, mine?.Collected ?? 0);

            static bool IsMember(StoredRow? row) => row is not null && row.Value<DateTime?>(nameof(LoyaltyMember.LeftAt)) is null;

            StoredRow? Stored(IReadOnlyList<StoredRow>? rows) =>
                rows?.FirstOrDefault(r => r.Value<Guid>(nameof(LoyaltyMember.PropertyId)) == member.PropertyId);

            (long Points, long Collected, DateTime First)? Sum(Guid contactId) =>
                sums.Find(s => s.Key.ContactId == contactId && s.Key.PropertyId == member.PropertyId) is { } sum
                    ? (sum.Points, sum.Collected, sum.First)
                    : null;

            LoyaltyMember Copy()
            {
                var made = new LoyaltyMember
                {
                    OrganizationId = other.OrganizationId,
                    PropertyId = member.PropertyId,
                    ContactId = other.Id,
                    Since = theirs!.Value.First,
                };
                db.Add(made);
                return made;
            }
        }

        void Count(LoyaltyMember member, long points, long collected)
        {
            (member.Points, member.Collected) = (points, collected);
            member.Follow(programmes[member.PropertyId], db.Now);
        }
    }
}
