using Bellhop.Data;
using Bellhop.Features.Bookings;
using Bellhop.Features.Intake;
using Bellhop.Features.Reviews;
using Bellhop.Features.Tags;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Bellhop.Features.Duplicates;

/// <summary>Makes one contact of two, inside a save that holds both.</summary>
internal static class JoinGuests
{
    /// <param name="run">The run of several pairs that merges these two; null for a merge of its own.</param>
    public static async Task<Merge> Run(
        Contact kept,
        Contact other,
        KeepValues keep,
        Guid? run,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsEdit);
        var places = (Kept: await GuestPlaces.Of(kept, db, cancel), Other: await GuestPlaces.Of(other, db, cancel));
        var consents = (Kept: await GuestConsents.Of(kept, db, cancel), Other: await GuestConsents.Of(other, db, cancel));
        var pairs = await GuestPairs.Of(kept, other, db, cancel);
        var members = (Kept: await GuestLoyalty.Of(kept, db, cancel), Other: await GuestLoyalty.Of(other, db, cancel));
        var led = await db.Identities.Where(i => i.OrganizationId == who.OrganizationId && i.ContactId == other.Id).ToListAsync(cancel);
        var last = await Merges.Last(kept.Id, who.OrganizationId, db, cancel);
        var state = new MergeState(
            Stored(kept),
            [],
            Stored(other),
            [.. places.Kept.Select(Stored)],
            [.. places.Other.Select(Stored)],
            [.. consents.Kept.Select(Stored)],
            [.. consents.Other.Select(Stored)],
            [],
            [.. pairs.Select(Stored)],
            [.. led.Select(i => MergeState.Lead(i.Kind, i.Value))],
            new Dictionary<string, TableState>(StringComparer.Ordinal)
        )
        {
            KeptMembers = [.. members.Kept.Select(Stored)],
            OtherMembers = [.. members.Other.Select(Stored)],
        };
        db.GuestsMove();

        var tables = await MoveRows(kept, other, who, db, cancel);
        var changes = GuestValues.Join(kept, other, keep, db);
        kept.TagIds = [.. kept.TagIds.Union(other.TagIds)];
        kept.UpdatedAt = db.Now.After(kept.UpdatedAt);
        ShowOnTags(kept, db);
        GuestPlaces.Join(kept, places.Kept, places.Other, db);
        var answers = GuestConsents.Join(kept, consents.Kept, consents.Other, db);
        GuestPairs.Join(kept, other, pairs, db);
        await GuestLoyalty.Join(kept, members.Kept, members.Other, db, cancel);

        var merge = new Merge
        {
            OrganizationId = who.OrganizationId,
            ContactId = kept.Id,
            FromId = other.Id,
            At = last is { } at ? db.Now.After(at.At) : db.Now,
            WhoKind = who.Kind,
            WhoId = who.Id,
            WhoName = who.Name,
            State = (
                state with
                {
                    Joined = Stored(kept),
                    JoinedConsents = [.. answers.Select(Stored)],
                    Tables = tables,
                    Run = run,
                }
            ).Write(),
        };
        db.Add(merge);
        changes["merge"] = [null, merge.Id.ToString()];
        db.Happened(who, MergeEvents.Merged, "contact", kept.Id, kept.Id, changes);
        db.Happened(who, MergeEvents.MergedAway, "contact", other.Id);
        db.Recompute(who.OrganizationId, [kept.Id], stars: true);

        // The other's rows lead to the kept contact by now, so that nothing goes with the other's row.
        await db.Flush(cancel);
        db.Remove(other);
        return merge;

        StoredRow Stored(object row) => StoredRow.Of(row, db);
    }

    private static async Task<Dictionary<string, TableState>> MoveRows(
        Contact kept,
        Contact other,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var tables = new Dictionary<string, TableState>(StringComparer.Ordinal);
        foreach (var table in GuestTable.All(db, OnMerge.Moves))
        {
            var mine = (await table.Rows(who.OrganizationId, kept.Id, db, cancel)).Select(table.Key).ToHashSet(StringComparer.Ordinal);
            var theirs = await table.Rows(who.OrganizationId, other.Id, db, cancel);
            var both = theirs.Where(r => table.ContactIsKey && mine.Contains(table.Key(r))).ToList();
            var moved = theirs.Except(both).ToList();
            if (mine.Count > 0 || theirs.Count > 0)
            {
                tables[table.Name] = new(
                    mine,
                    moved.Select(table.Key).ToHashSet(StringComparer.Ordinal),
                    both.Select(table.Key).ToHashSet(StringComparer.Ordinal),
                    []
                );
            }

            both.ForEach(r => db.Remove(r.Entity));
            moved.ForEach(r => table.Give(r, kept.Id, db));
            MergeEvents.Tell(moved, who, db);
        }

        foreach (var table in GuestTable.All(db, OnMerge.Rests))
        {
            var theirs = await table.Rows(who.OrganizationId, other.Id, db, cancel);
            if (theirs.Count > 0)
            {
                tables[table.Name] = TableState.None with { Resting = [.. theirs.Select(r => StoredRow.Of(r.Entity, db))] };
                db.RemoveRange(theirs.Select(r => r.Entity));
            }
        }

        foreach (var identity in db.ChangeTracker.Entries<Identity>().Select(e => e.Entity).Where(i => i.ContactId == kept.Id))
        {
            kept.TakenOff = TakenOff.Remove(kept.TakenOff, kept.Id, identity.Kind, identity.MatchKey); // it is the guest's own again
        }

        return tables;
    }

    /// <summary>Copies the contact's first touch to its tags, whose index is in this order.</summary>
    internal static void ShowOnTags(Contact contact, BellhopDb db)
    {
        foreach (var label in db.ChangeTracker.Entries<ContactTag>().Where(e => e.Entity.ContactId == contact.Id).ToList())
        {
            label.Property(t => t.CreatedAt).CurrentValue = contact.CreatedAt;
        }
    }
}

/// <summary>What is said of merges and splits, to the audit log, the timeline, webhooks and open pages.</summary>
internal static class MergeEvents
{
    /// <summary>Of the contact that is kept.</summary>
    public const string Merged = "contact.merged";

    /// <summary>Of the contact that was merged into another.</summary>
    public const string MergedAway = "contact.mergedAway";

    /// <summary>Of the contact that was kept.</summary>
    public const string Split = "contact.split";

    /// <summary>Of the contact that is itself again.</summary>
    public const string Restored = "contact.restored";

    /// <summary>Says of bookings, reviews and conversations that they belong to another contact now.</summary>
    public static void Tell(IReadOnlyList<EntityEntry> rows, Actor who, BellhopDb db)
    {
        foreach (var row in rows)
        {
            switch (row.Entity)
            {
                case Booking booking:
                    booking.UpdatedAt = db.Now.After(booking.UpdatedAt);
                    db.Happened(who, "booking.updated", "booking", booking.Id, "contactId");
                    break;
                case Review review:
                    review.UpdatedAt = db.Now.After(review.UpdatedAt);
                    db.Happened(who, "review.updated", "review", review.Id, "contactId");
                    break;
            }
        }

        if (rows.Any(r => r.Metadata.GetTableName() == "conversations"))
        {
            db.TellOfMany(who.OrganizationId, "conversation");
        }
    }
}
