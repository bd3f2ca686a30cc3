using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Platform;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// <em>Not the same person</em>: the pair leaves the list and no rule merges it. It comes back only when something speaks for it that was
/// not there yet.
/// </summary>
public static class DismissDuplicate
{
    /// <param name="Reason">Up to 500 characters, for whoever wonders later.</param>
    public sealed record Input(string? Reason = null);

    /// <exception cref="Refusal">400; 404 for a pair of which the actor does not see both guests; 403 when either is known at a property
    /// that the actor does not see.</exception>
    public static async Task<Saved<DuplicateRow>> Run(Guid id, [FromBody] Input? input, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        var errors = new ValidationErrors();
        var reason = errors.Text("reason", input?.Reason, LikelyDuplicate.DismissReasonMax, multiline: true);
        errors.Refuse();
        return await db.Save(
            async () =>
            {
                var (pair, older, newer) = await Duplicates.Find(id, who, db, cancel);
                if (pair.DismissedAt is null)
                {
                    Duplicates.Tell(Duplicates.NotSame, pair, who, db);
                }

                foreach (var (seen, key) in PairEvidence.OfBoth(older, newer).Where(e => pair.ReasonList.Contains(e.Reason)))
                {
                    pair.Note(seen, key);
                }

                pair.Dismiss(db.Now, who.Name, reason);
                return new Saved<DuplicateRow>(DuplicateRow.Of(pair, older, newer), db.Now);
            },
            cancel
        );
    }
}

/// <summary>Takes back that two guests are not the same person: the pair is listed again.</summary>
public static class UndoDismissal
{
    /// <exception cref="Refusal">As for the dismissal.</exception>
    public static async Task Run(Guid id, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        await db.Save(
            async () =>
            {
                var (pair, _, _) = await Duplicates.Find(id, who, db, cancel);
                if (pair.DismissedAt is not null)
                {
                    pair.Ask();
                    Duplicates.Tell(Duplicates.MaybeSame, pair, who, db);
                }
            },
            cancel
        );
    }
}

/// <summary>What those who decide about a pair ask of it.</summary>
internal static class Duplicates
{
    /// <summary>Of each of two guests that somebody told apart.</summary>
    public const string NotSame = "contact.notSame";

    /// <summary>Of each of two guests, when this is taken back.</summary>
    public const string MaybeSame = "contact.maybeSame";

    /// <summary>A pair with its guests, the older first, of which the actor sees both whole.</summary>
    /// <exception cref="Refusal">404 unless the actor sees both; 403 when either is known at a property that the actor does not
    /// see.</exception>
    public static async Task<(LikelyDuplicate Pair, Contact Older, Contact Newer)> Find(
        Guid id,
        Actor who,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var pair =
            await db.LikelyDuplicates.SingleOrDefaultAsync(d => d.OrganizationId == who.OrganizationId && d.Id == id, cancel)
            ?? throw Refusal.NotThere("duplicate", id);
        var seen = await db
            .Contacts.VisibleTo(who, db.ContactsAtProperty)
            .CountAsync(c => c.Id == pair.OlderId || c.Id == pair.NewerId, cancel);
        return seen < 2
            ? throw Refusal.NotThere("duplicate", id)
            : (pair, await Merges.DemandWhole(pair.OlderId, who, db, cancel), await Merges.DemandWhole(pair.NewerId, who, db, cancel));
    }

    /// <summary>Says to each of the two what was decided, with the other's id.</summary>
    public static void Tell(string action, LikelyDuplicate pair, Actor who, BellhopDb db)
    {
        foreach (var (guest, other) in new[] { (pair.OlderId, pair.NewerId), (pair.NewerId, pair.OlderId) })
        {
            var changes = new Dictionary<string, string?[]>(StringComparer.Ordinal) { ["other"] = [null, other.ToString()] };
            db.Happened(who, action, "contact", guest, guest, changes);
        }
    }
}
