using Bellhop.Data;
using Bellhop.Features.Properties;
using Bellhop.Platform;
using Bellhop.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// Compares all guests of the organisation anew: writes their keys, learns the weights, and scores every pair that shares a key. It reads
/// the keys in their order, a bounded number at a time. It may run twice, and goes on where it stopped.
/// </summary>
public static class SweepDuplicates
{
    public const string Kind = "sweepDuplicates";

    private const int GuestsInOneSave = 100;
    private const int PairsInOneSave = 100;

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
                var total = (int)Math.Min(2 * await PairWeights.Guests(who.OrganizationId, db, cancel), int.MaxValue);
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
            for (Guid? last = keys.After; last is { } after; )
            {
                cancel.ThrowIfCancellationRequested();
                await db.GiveWay(FindDuplicates.Patience, cancel);
                last = await db.Save(() => WriteKeys(after, job, db, cancel), cancel, alone: true);
            }

            await LearnGuests.Run(job, db, cancel);
            place = new SweepPlace.Pairs(null);
        }

        var weights = await PairWeights.Of(job.OrganizationId, db, cancel);
        var total = Math.Max(1, await PairWeights.Guests(job.OrganizationId, db, cancel));
        if (place is SweepPlace.Pairs pairs)
        {
            for (SweepPlace.Pairs? next = pairs; next is not null; )
            {
                cancel.ThrowIfCancellationRequested();
                await db.GiveWay(FindDuplicates.Patience, cancel);
                var step = await db.Save(() => SweepKeys.Some(next, weights, total, job, db, cancel), cancel, alone: true);
                await MergeAutomatically.Run(step.Allowed, weights, who, db, cancel);
                next = step.Next;
            }

            place = new SweepPlace.Listed(Guid.Empty);
        }

        for (var last = ((SweepPlace.Listed)place).After as Guid?; last is { } after; )
        {
            cancel.ThrowIfCancellationRequested();
            await db.GiveWay(FindDuplicates.Patience, cancel);
            last = await db.Save(() => LookAgain(after, weights, job, db, cancel), cancel, alone: true);
        }

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
                    (row.SweepId, row.SweepPlace) = (job.Id, new SweepPlace.Keys(Guid.Empty).Write());
                }

                return SweepPlace.Read(row.SweepPlace!);
            },
            cancel
        );

    private static async Task<Guid?> WriteKeys(Guid after, Job job, BellhopDb db, CancellationToken cancel)
    {
        var ids = await db.Read(
            $"""
            SELECT id FROM contacts WHERE organization_id = {job.OrganizationId} AND id > {after}
            ORDER BY id{SqlDialect.Limit(GuestsInOneSave)}
            """,
            row => row.Id(),
            cancel
        );
        await db.LockContacts(job.OrganizationId, ids, cancel);
        var guests = await GuestRecords.Of(ids, job.OrganizationId, db, cancel);
        await DuplicateKeys.Write(guests.Values, job.OrganizationId, db, cancel);
        var isLast = ids.Count < GuestsInOneSave;
        await Note(new SweepPlace.Keys(ids.Count > 0 ? ids[^1] : after), job, db, cancel);
        await Progress(job, ids.Count, db, cancel);
        return isLast ? null : ids[^1];
    }

    /// <summary>Compares listed pairs again: what they say may have changed, and so have the weights.</summary>
    private static async Task<Guid?> LookAgain(Guid after, PairWeights weights, Job job, BellhopDb db, CancellationToken cancel)
    {
        var listed = await db.Read(
            $"""
            SELECT id, older_id, newer_id FROM likely_duplicates WHERE organization_id = {job.OrganizationId} AND id > {after}
            ORDER BY id{SqlDialect.Limit(PairsInOneSave)}
            """,
            row => (Id: row.Id(), Pair: new ComparePairs.Two(row.Id(), row.Id())),
            cancel
        );
        var ids = listed.SelectMany(l => new[] { l.Pair.Older, l.Pair.Newer }).ToHashSet();
        var guests = await GuestRecords.Of(ids, job.OrganizationId, db, cancel);
        await ComparePairs.Run([.. listed.Select(l => l.Pair)], guests, weights, job.OrganizationId, db, cancel);
        var isLast = listed.Count < PairsInOneSave;
        await Note(new SweepPlace.Listed(listed.Count > 0 ? listed[^1].Id : after), job, db, cancel);
        return isLast ? null : listed[^1].Id;
    }

    private static async Task End(Job job, BellhopDb db, CancellationToken cancel)
    {
        var mine = await db.Jobs.SingleAsync(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id, cancel);
        var listed = await db.LikelyDuplicates.CountAsync(d => d.OrganizationId == job.OrganizationId && d.DismissedAt == null, cancel);
        (mine.Progress, mine.Result) = (mine.Total ?? mine.Progress, FormattableString.Invariant($"{{\"pairs\":{listed}}}"));
        db.TellOfMany(job.OrganizationId, "duplicate");
    }

    /// <summary>Remembers where the sweep goes on, in the save of its work.</summary>
    internal static Task Note(SweepPlace place, Job job, BellhopDb db, CancellationToken cancel)
    {
        var text = place.Write();
        return db.Execute(
            $"UPDATE duplicate_weights SET sweep_place = {text} WHERE organization_id = {job.OrganizationId} AND sweep_id = {job.Id}",
            cancel
        );
    }

    private static Task Progress(Job job, int more, BellhopDb db, CancellationToken cancel) =>
        db
            .Jobs.Where(j => j.OrganizationId == job.OrganizationId && j.Id == job.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.Progress, j => j.Progress + more), cancel);
}

/// <summary>Where a sweep goes on.</summary>
internal abstract record SweepPlace
{
    /// <summary>Writes keys, after this contact.</summary>
    public sealed record Keys(Guid After) : SweepPlace;

    /// <summary>Reads keys and compares, after this one; null from the first on.</summary>
    public sealed record Pairs(long? After) : SweepPlace;

    /// <summary>Compares listed pairs again, after this one.</summary>
    public sealed record Listed(Guid After) : SweepPlace;

    public string Write() =>
        this switch
        {
            Keys k => $"keys/{k.After}",
            Pairs p => FormattableString.Invariant($"pairs/{p.After}"),
            _ => $"listed/{((Listed)this).After}",
        };

    public static SweepPlace Read(string text)
    {
        var (what, after) = (
            text[..text.IndexOf('/', StringComparison.Ordinal)],
            text[(text.IndexOf('/', StringComparison.Ordinal) + 1)..]
        );
        return what switch
        {
            "keys" => new Keys(Guid.Parse(after)),
            "pairs" => new Pairs(after.Length == 0 ? null : long.Parse(after, System.Globalization.CultureInfo.InvariantCulture)),
            _ => new Listed(Guid.Parse(after)),
        };
    }
}
