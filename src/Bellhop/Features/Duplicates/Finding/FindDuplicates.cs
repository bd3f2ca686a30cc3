using Bellhop.Data;
using Bellhop.Features.Intake;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Compares the contacts that were added or changed with the few others that share a key with them. The save that changes a contact queues
/// it. It works in small saves and may safely run twice.
/// </summary>
public static class FindDuplicates
{
    public const string Kind = "findDuplicates";

    /// <summary>As many contacts one save looks at.</summary>
    private const int InOneSave = 25;

    /// <summary>So long a batch waits while others write.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(Kind, (job, who, db, cancel) => Run(who, db, cancel));

    /// <summary>Looks for contacts that a job left behind, for which no job waits.</summary>
    public static readonly RecurringTask Recurring = new(
        Kind,
        async (db, cancel) =>
        {
            var waiting = await db.Read($"SELECT DISTINCT organization_id FROM duplicate_checks", row => row.Number(), cancel);
            foreach (var organizationId in waiting)
            {
                await db.Save(() => db.Queue(Actor.System(organizationId), Kind, "", once: "", cancel: cancel), cancel);
            }
        }
    );

    public static async Task Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        // One is queued every few seconds: of those that are done, nobody asks.
        await db.Save(
            () =>
                db
                    .Jobs.Where(j => j.OrganizationId == who.OrganizationId && j.Kind == Kind && j.State == JobState.Done)
                    .ExecuteDeleteAsync(cancel),
            cancel
        );
        var weights = await PairWeights.Of(who.OrganizationId, db, cancel);
        var more = true;
        while (more)
        {
            cancel.ThrowIfCancellationRequested();
            await db.GiveWay(Patience, cancel);
            var (left, allowed) = await db.Save(() => Some(who, weights, db, cancel), cancel, alone: true);
            await MergeAutomatically.Run(allowed, weights, who, db, cancel);
            more = left;
        }
    }

    private static async Task<(bool Left, List<ComparePairs.Two> Allowed)> Some(
        Actor who,
        PairWeights weights,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var ids = await db.Read(
            $"""
            SELECT contact_id FROM duplicate_checks WHERE organization_id = {who.OrganizationId}
            ORDER BY contact_id{SqlDialect.Limit(InOneSave)}
            """,
            row => row.Id(),
            cancel
        );
        if (ids.Count == 0)
        {
            return (false, []);
        }

        // In this order nothing is lost: whoever changes one of them holds it, and notes it again after us.
        await db.LockContacts(who.OrganizationId, ids, cancel);
        await db.Execute(
            $"DELETE FROM duplicate_checks WHERE organization_id = {who.OrganizationId} AND {db.Dialect.Among($"contact_id", ids)}",
            cancel
        );
        var allowed = await Look(ids, weights, who.OrganizationId, db, cancel);
        return (ids.Count == InOneSave, allowed);
    }

    /// <summary>Writes the keys of some contacts, which the save holds, and compares each with those that share one.</summary>
    internal static async Task<List<ComparePairs.Two>> Look(
        IReadOnlyCollection<Guid> ids,
        PairWeights weights,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        var guests = await GuestRecords.Of(ids, organizationId, db, cancel);
        await DuplicateKeys.Write(guests.Values, organizationId, db, cancel);
        var partners = await DuplicateKeys.Partners(guests.Values, weights, organizationId, db, cancel);
        var listed = (await Known(guests.Keys, organizationId, db, cancel)).ToHashSet();
        var pairs = partners.Of.SelectMany(p => p.Value.Select(other => ComparePairs.Two.Of(p.Key, other))).Union(listed).ToList();
        var others = pairs.SelectMany(p => new[] { p.Older, p.Newer }).Where(id => !guests.ContainsKey(id)).ToHashSet();
        foreach (var (id, guest) in await GuestRecords.Of(others, organizationId, db, cancel))
        {
            guests.Add(id, guest);
        }

        var compared = await ComparePairs.Judge(pairs, guests, weights, partners.Counts, listed, organizationId, db, cancel);
        var allowed = await ComparePairs.Write(compared, organizationId, db, cancel);
        if (db.ChangeTracker.Entries<LikelyDuplicate>().Any(e => e.State != EntityState.Unchanged))
        {
            db.TellOfMany(organizationId, "duplicate");
        }

        return allowed;
    }

    /// <summary>The pairs of contacts that are listed already.</summary>
    private static async Task<List<ComparePairs.Two>> Known(
        IReadOnlyCollection<Guid> ids,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        ids.Count == 0
            ? []
            : await db.Read(
                $"""
                SELECT older_id, newer_id FROM likely_duplicates
                WHERE organization_id = {organizationId} AND {db.Dialect.Among($"older_id", ids)}
                UNION SELECT older_id, newer_id
                FROM likely_duplicates{db.Dialect.By($"ix_likely_duplicates_organization_id_newer_id")}
                WHERE organization_id = {organizationId} AND {db.Dialect.Among($"newer_id", ids)}
                """,
                row => new ComparePairs.Two(row.Id(), row.Id()),
                cancel
            );

    internal static Task<bool> IsOn(int organizationId, BellhopDb db, CancellationToken cancel) =>
        db.Set<Organization>().AnyAsync(o => o.Id == organizationId && o.MergeAutomatically, cancel);
}
