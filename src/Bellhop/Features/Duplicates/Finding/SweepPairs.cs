using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Duplicates;

/// <summary>
/// The part of a sweep that compares the guests that share a key. It reads and compares outside of saves, and writes what is new.
/// </summary>
internal sealed class SweepPairs(PairWeights weights, Job job, Actor who, BellhopDb db)
{
    // So many guests are in memory, whatever their number.
    private const int MostGuests = 5_000;
    private const int ListedAtOnce = 1000;

    // Others wait for a save.
    private const int PairsInOneSave = 100;

    // Keys that gave nothing new are read again after a stop, but not more than these.
    private const int StepsWithoutSave = 20;

    private static readonly HashSet<ComparePairs.Two> None = [];
    private static readonly Dictionary<long, long> NoCounts = [];

    private readonly Dictionary<Guid, GuestRecords.Guest> _guests = [];

    /// <summary>How long comparing waited for who shares a key.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Compares guests in the order of their keys, and then listed pairs again: what they say may have changed.</summary>
    public async Task Run(SweepPlace from, CancellationToken cancel)
    {
        await using var keys = new KeysAhead(weights.Guests, job.OrganizationId, db);
        var unsaved = 0;
        for (var place = from; place is not null; )
        {
            cancel.ThrowIfCancellationRequested();
            var merges = await FindDuplicates.IsOn(job.OrganizationId, db, cancel);
            var (compared, next) = place is SweepPlace.Pairs pairs
                ? await OfKeys(pairs, keys, cancel)
                : await Listed((SweepPlace.Listed)place, cancel);
            var news = await ComparePairs.News(compared, merges, job.OrganizationId, db, cancel);
            unsaved = news.Count > 0 || next is not SweepPlace.Pairs ? 0 : unsaved + 1;
            if (unsaved % StepsWithoutSave == 0)
            {
                await Write(news, next, cancel);
            }

            place = next;
        }
    }

    private async Task<(List<ComparePairs.Compared>, SweepPlace Next)> OfKeys(
        SweepPlace.Pairs place,
        KeysAhead keys,
        CancellationToken cancel
    )
    {
        var (groups, last) = await keys.Next(place.After, cancel);
        Waited = keys.Waited;
        await Know(groups.SelectMany(g => g.Guests), cancel);
        var compared = await ComparePairs.Judge(
            groups.SelectMany(g => g.Pairs().Where(p => IsFirstOf(g.Key, p))),
            _guests,
            weights,
            groups.ToDictionary(g => g.Key, g => (long)g.Guests.Count),
            None,
            job.OrganizationId,
            db,
            cancel
        );
        return (compared, last is { } key ? new SweepPlace.Pairs(key) : new SweepPlace.Listed(Guid.Empty));
    }

    private async Task<(List<ComparePairs.Compared>, SweepPlace? Next)> Listed(SweepPlace.Listed place, CancellationToken cancel)
    {
        var listed = await db.Read(
            $"""
            SELECT id, older_id, newer_id FROM likely_duplicates WHERE organization_id = {job.OrganizationId} AND id > {place.After}
            ORDER BY id{SqlDialect.Limit(ListedAtOnce)}
            """,
            row => (Id: row.Id(), Pair: new ComparePairs.Two(row.Id(), row.Id())),
            cancel
        );
        var pairs = listed.Select(l => l.Pair).ToHashSet();
        await Know(pairs.SelectMany(p => new[] { p.Older, p.Newer }), cancel);
        var compared = await ComparePairs.Judge(pairs, _guests, weights, NoCounts, pairs, job.OrganizationId, db, cancel);
        return (compared, listed.Count < ListedAtOnce ? null : new SweepPlace.Listed(listed[^1].Id));
    }

    /// <summary>Whether two guests meet by this key first, of those that few share: they are compared once.</summary>
    private bool IsFirstOf(long key, ComparePairs.Two pair)
    {
        if (!_guests.TryGetValue(pair.Older, out var older) || !_guests.TryGetValue(pair.Newer, out var newer))
        {
            return false;
        }

        var (mine, theirs) = (older.Keys, newer.Keys);
        for (var (i, j) = (0, 0); i < mine.Count && j < theirs.Count && mine[i] < key && theirs[j] < key; )
        {
            if (mine[i] == theirs[j] && !weights.IsCommon(mine[i]))
            {
                return false;
            }

            var (before, after) = (mine[i] <= theirs[j], theirs[j] <= mine[i]);
            (i, j) = (before ? i + 1 : i, after ? j + 1 : j);
        }

        return true;
    }

    /// <summary>Reads guests that are not in memory.</summary>
    private async Task Know(IEnumerable<Guid> ids, CancellationToken cancel)
    {
        var wanted = ids.ToHashSet();
        var missing = wanted.Where(id => !_guests.ContainsKey(id)).ToList();
        if (_guests.Count + missing.Count > MostGuests)
        {
            _guests.Clear();
            missing = [.. wanted];
        }

        foreach (var some in missing.Order().Chunk(1000))
        {
            foreach (var (id, guest) in await GuestRecords.Of(some, job.OrganizationId, db, cancel))
            {
                _guests[id] = guest;
            }
        }
    }

    /// <summary>Writes what is new, and where the sweep goes on.</summary>
    private async Task Write(List<ComparePairs.Compared> news, SweepPlace? next, CancellationToken cancel)
    {
        var saves = news.Chunk(PairsInOneSave).DefaultIfEmpty([]).ToList();
        for (var i = 0; i < saves.Count; i++)
        {
            var (some, goesOn) = (saves[i], i == saves.Count - 1 ? next : null);
            await db.GiveWay(FindDuplicates.Patience, cancel);
            var allowed = await db.Save(() => WriteSome(some, goesOn, cancel), cancel, alone: true);
            await MergeAutomatically.Run(allowed, weights, who, db, cancel);
        }
    }

    private async Task<List<ComparePairs.Two>> WriteSome(ComparePairs.Compared[] some, SweepPlace? next, CancellationToken cancel)
    {
        var before = new Dictionary<Guid, GuestRecords.Guest>();
        foreach (var one in some)
        {
            (before[one.Pair.Older], before[one.Pair.Newer]) = (one.Older, one.Newer);
        }

        // Who changed a guest meanwhile noted it before we hold it: the job that looks at it compares it.
        await db.LockContacts(job.OrganizationId, before.Keys, cancel);
        var now = await GuestRecords.Again(before.Keys, before, job.OrganizationId, db, cancel);
        var same = some.Where(c => IsSame(c.Older) && IsSame(c.Newer)).ToList();
        var allowed = await ComparePairs.Write(same, job.OrganizationId, db, cancel);
        if (next is not null)
        {
            int? done = next is SweepPlace.Pairs { After: { } key } ? (int)(weights.Guests * (1 + SweepKeys.Share(key))) : null;
            await SweepDuplicates.Note(next, done, job, db, cancel);
        }

        return allowed;

        bool IsSame(GuestRecords.Guest guest) => ReferenceEquals(now.GetValueOrDefault(guest.Id), guest);
    }
}
