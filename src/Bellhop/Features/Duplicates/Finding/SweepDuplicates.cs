using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Compares all guests of the organisation anew: writes their keys, unless an earlier sweep wrote them all, learns the weights, and scores
/// every pair that shares a key. It reads the keys in their order, a bounded number at a time. It may run twice, and goes on where it
/// stopped.
/// </summary>
public static class SweepDuplicates
{
    public const string Kind = "sweepDuplicates";

    // Keys are computed and compared with what is stored outside of saves. Only what is wrong is written, by saves that others wait for.
    private const int GuestsAtOnce = 1000;
    private const int GuestsInOneSave = 250;

    /// <param name="JobId">The job whose progress <c>/jobs/{id}</c> shows.</param>
    public sealed record Result(Guid JobId);

    /// <summary>The job handler.</summary>
    public static readonly JobHandler Handler = new(Kind, Sweep);

    /// <exception cref="Refusal">403 without contacts.edit, and for an actor limited to some properties.</exception>
    public static async Task<Answered<Result>> Run(Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        who.DemandAllProperties();
        return await db.Save(
            async () =>
            {
                var job = await db.Queue(who, Kind, "", once: "", cancel: cancel);
                await db.Flush(cancel);
                var total = (int)Math.Min(2 * await PairWeights.CountGuests(who.OrganizationId, db, cancel), int.MaxValue);
                (await db.Jobs.VisibleTo(who).SingleAsync(j => j.Id == job, cancel)).Total = total;
                return new Answered<Result>(new(job), 202, $"/jobs/{job}");
            },
            cancel
        );
    }

    private static async Task Sweep(Job job, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.Demand(Permission.ContactsEdit);
        who.DemandAllProperties();
        var place = await Begin(job, db, cancel);
        if (place is SweepPlace.Keys keys)
        {
            await WriteKeys(keys.After, job, db, cancel);
            place = new SweepPlace.Learning();
        }

        if (place is SweepPlace.Learning)
        {
            await LearnGuests.Run(job, db, cancel);
            place = new SweepPlace.Pairs(null);
        }

        var weights = await PairWeights.OfSweep(job.OrganizationId, db, cancel);
        await new SweepPairs(weights, job, who, db).Run(place, cancel);
        await db.Save(() => End(job, db, cancel), cancel);
    }

    /// <summary>Where the job goes on: at the start, or where it stopped when it ran before.</summary>
    private static Task<SweepPlace> Begin(Job job, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                var row = await db.DuplicateWeights.SingleOrDefaultAsync(w => w.OrganizationId == job.OrganizationId, cancel);
                if (row is null)
                {
                    row = new() { OrganizationId = job.OrganizationId };
                    db.Add(row);
                }

                if (row.SweepId != job.Id)
                {
                    var hasAllKeys = LearnedWeights.Read(row.Weights)?.Keys == DuplicateKeys.Mark;
                    (row.SweepId, row.SweepPlace) = (job.Id, (hasAllKeys ? new SweepPlace.Learning() : SweepPlace.Start).Write());
                }

                return SweepPlace.Read(row.SweepPlace!);
            },
            cancel
        );

    private static async Task WriteKeys(Guid after, Job job, BellhopDb db, CancellationToken cancel)
    {
        var (isFirst, done) = (true, after == Guid.Empty ? 0 : job.Progress);
        for (var isLast = false; !isLast; isFirst = false)
        {
            cancel.ThrowIfCancellationRequested();
            var ids = await db.Read(
                $"""
                SELECT id FROM contacts WHERE organization_id = {job.OrganizationId} AND id > {after}
                ORDER BY id{SqlDialect.Limit(GuestsAtOnce)}
                """,
                row => row.Id(),
                cancel
            );
            (isLast, after, done) = (ids.Count < GuestsAtOnce, ids.Count > 0 ? ids[^1] : after, done + ids.Count);
            var guests = await GuestRecords.Of(ids, job.OrganizationId, db, cancel);
            var wrong = await DuplicateKeys.Wrong(guests.Values, job.OrganizationId, db, cancel);
            foreach (var some in wrong.Select(g => g.Id).Chunk(GuestsInOneSave))
            {
                await db.GiveWay(FindDuplicates.Patience, cancel);
                await db.Save(() => WriteSome(some, guests, job, db, cancel), cancel, alone: true);
            }

            SweepPlace next = isLast ? new SweepPlace.Learning() : new SweepPlace.Keys(after);
            await db.Save(() => Note(next, done, job, db, cancel), cancel);
            if (isLast || isFirst)
            {
                await db.Settle(cancel); // the planner must know that the table is no longer empty
            }
        }

        await db.Vacuum<DuplicateKey>(cancel);
    }

    /// <summary>Who changed a guest meanwhile noted it before we hold it, so what we write is what follows from the guest now.</summary>
    private static async Task WriteSome(
        Guid[] ids,
        IReadOnlyDictionary<Guid, GuestRecords.Guest> before,
        Job job,
        BellhopDb db,
        CancellationToken cancel
    )
    {
        await db.LockContacts(job.OrganizationId, ids, cancel);
        var guests = await GuestRecords.Again(ids, before, job.OrganizationId, db, cancel);
        await DuplicateKeys.Write(guests.Values, job.OrganizationId, db, cancel);
    }

    private static async Task End(Job job, BellhopDb db, CancellationToken cancel)
    {
        var mine = await db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
        var listed = await db.LikelyDuplicates.CountAsync(d => d.OrganizationId == job.OrganizationId && d.DismissedAt == null, cancel);
        (mine.Progress, mine.Result) = (mine.Total ?? mine.Progress, FormattableString.Invariant($"{{\"pairs\":{listed}}}"));
        db.TellOfMany(job.OrganizationId, "duplicate");
    }

    /// <summary>Remembers where the sweep goes on, in the save of its work.</summary>
    /// <param name="done">How much of the job's total is done; null where that stays.</param>
    internal static async Task Note(SweepPlace place, int? done, Job job, BellhopDb db, CancellationToken cancel)
    {
        var text = place.Write();
        await db.Execute(
            $"UPDATE duplicate_weights SET sweep_place = {text} WHERE organization_id = {job.OrganizationId} AND sweep_id = {job.Id}",
            cancel
        );
        if (done is { } progress)
        {
            await db
                .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, progress), cancel);
        }
    }
}
