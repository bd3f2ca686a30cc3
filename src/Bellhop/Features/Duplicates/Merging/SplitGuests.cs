using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Bellhop.Features.Duplicates;

/// <summary>Makes two contacts of one again, inside a save that holds it.</summary>
internal static class SplitGuests
{
    public static async Task Run(
        Merge merge,
        Contact kept,
        MergeState state,
        SplitPlan plan,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        who.Demand(Permission.ContactsEdit);
        db.GuestsMove();
        var leads = plan.LeadsToOther;
        var other = Restore(state, kept, plan, db);
        Deal(other, plan, who, db);
        var changes = GuestValues.Split(kept, state, leads, db);
        var (theirs, mine) = (Tags(state.Other), Tags(state.Kept));
        kept.TagIds = [.. kept.TagIds.Where(t => !theirs.Contains(t) || mine.Contains(t))];
        kept.UpdatedAt = db.Now.After(kept.UpdatedAt);
        JoinGuests.ShowOnTags(kept, db);
        JoinGuests.ShowOnTags(other, db);
        await GuestPlaces.Split(kept, other, state, plan, who, db, cancel);
        await GuestConsents.Split(kept, other, state, db, cancel);
        await GuestPairs.Split(kept, other, state, who, db, cancel);
        await PutBack(state, db, cancel);
        await GuestLoyalty.Split(kept, other, state, db, cancel);

        db.Remove(merge);
        changes["merge"] = [merge.Id.ToString(), null];
        db.Happened(who, MergeEvents.Split, "contact", kept.Id, kept.Id, changes);
        db.Happened(who, MergeEvents.Restored, "contact", other.Id);
        db.Recompute(who.OrganizationId, [kept.Id, other.Id], stars: true);
    }

    private static Contact Restore(MergeState state, Contact kept, SplitPlan plan, BellhopDb db)
    {
        var other = state.Other.Restore<Contact>(db);
        var back = plan.Rows(toOther: true).Select(r => r.Entry.Entity).OfType<Identity>().Select(i => (i.Kind, i.Value)).ToHashSet();

        // A number or address that staff took off the one guest meanwhile leads to nobody, and is not shown again.
        var (phone, email) = (Led(IdentityKind.Phone, other.Phone), Led(IdentityKind.Email, other.Email));
        if ((phone, email) != (other.Phone, other.Email) && (phone ?? email ?? other.Name) is not null)
        {
            other.Show(other.Name, phone, email);
        }

        other.TagIds = [.. other.TagIds.Where(kept.TagIds.Contains)];
        other.UpdatedAt = db.Now.After(other.UpdatedAt);
        return other;

        string? Led(IdentityKind kind, string? shown) =>
            shown is null || back.Contains((kind, shown)) || !state.OtherLed.Contains(MergeState.Lead(kind, shown)) ? shown : null;
    }

    private static void Deal(Contact other, SplitPlan plan, Actor who, BellhopDb db)
    {
        foreach (var table in plan.ByTable)
        {
            var theirs = table.Where(r => r is { ToOther: true, IsBoths: false }).ToList();
            theirs.ForEach(r => table.Key.Give(r.Entry, other.Id, db));
            MergeEvents.Tell(theirs.ConvertAll(r => r.Entry), who, db);

            // The bytes of an event that came meanwhile may name either, so they go with whoever is deleted first.
            foreach (var row in table.Where(r => r.IsBoths || r is { IsSince: true, Entry.Entity: HookContact }))
            {
                table.Key.Copy(row.Entry, other.Id, db);
            }
        }
    }

    /// <summary>Puts back the rows that rested, where what they belong to is still there.</summary>
    private static async Task PutBack(MergeState state, BellhopDb db, CancellationToken cancel)
    {
        foreach (var table in GuestTable.All(db, OnMerge.Rests))
        {
            foreach (var stored in state.Of(table).Resting)
            {
                var row = stored.Make(table.Type, db);
                if (await HasOwners(row, table, db, cancel))
                {
                    db.Add(row);
                }
            }
        }
    }

    private static async Task<bool> HasOwners(object row, GuestTable table, BellhopDb db, CancellationToken cancel)
    {
        foreach (var key in table.Type.GetForeignKeys().Where(k => k.PrincipalEntityType.ClrType != typeof(Contact)))
        {
            var values = key.Properties.Select(p => db.Entry(row).Property(p.Name).CurrentValue).ToArray();
            if (await db.FindAsync(key.PrincipalEntityType.ClrType, values, cancel) is null)
            {
                return false;
            }
        }

        return true;
    }

    private static Guid[] Tags(StoredRow contact) => contact.Value<Guid[]>(nameof(Contact.TagIds)) ?? [];
}
