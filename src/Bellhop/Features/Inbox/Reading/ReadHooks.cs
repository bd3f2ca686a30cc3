using System.Text.Json;
using Bellhop.Data;
using Bellhop.Features.Channels;
using Bellhop.Platform;
using Microsoft.EntityFrameworkCore;

namespace Bellhop.Features.Inbox;

/// <summary>
/// Reads the kept events of a connection, oldest first. Each event may be read twice, by two processes, and changes the same as once.
/// </summary>
public static class ReadHooks
{
    /// <summary>A read event is kept this long, to find out what a provider sent.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>So many items are read in one save. Where one writes at a time, others wait for it.</summary>
    private const int AtOnce = 100;

    /// <summary>A save of more items than this is a long one.</summary>
    private const int Few = 10;

    /// <summary>
    /// So long an event may wait while others write: whoever sends events is answered first. What comes in a burst waits together, and is
    /// read within ten seconds all the same.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>So many bytes of events are in memory at once, and one event at least.</summary>
    private const int MostBytes = 1024 * 1024;

    public static readonly JobHandler Handler = new(
        ReceiveHook.Reading,
        (job, who, db, cancel) => Run(Guid.Parse(job.Argument), who, db, cancel)
    );

    /// <summary>Forgets events that were read long ago, and changes of messages that never came.</summary>
    public static readonly RecurringTask Recurring = new(
        "forgetHooks",
        async (db, cancel) =>
        {
            var before = db.Now - Kept;
            await RecurringTasks.Forget(db, db.Hooks.Where(h => h.ReadAt < before).OrderBy(h => h.ReadAt), cancel);
            await RecurringTasks.Forget(db, db.EarlyChanges.Where(c => c.CreatedAt < before).OrderBy(c => c.CreatedAt), cancel);
        }
    );

    public static async Task Run(Guid connectionId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        who.DemandSystem();
        while (await Next(connectionId, who, db, cancel) is { Count: > 0 } hooks)
        {
            var kind = await db
                .Connections.Where(c => c.OrganizationId == who.OrganizationId && c.Id == connectionId)
                .Select(c => c.Kind)
                .SingleAsync(cancel);
            var pourIn = hooks.Count == AtOnce; // more wait than one save reads
            foreach (var together in Together(hooks, kind))
            {
                await db.GiveWay(Patience - (db.Now - together[0].Hook.ReceivedAt), cancel, untilCalm: pourIn);
                await ReadOrPark(together, kind, who, db, cancel);
            }
        }
    }

    /// <summary>The oldest events that nobody has read, as many as are read together.</summary>
    private static async Task<List<Hook>> Next(Guid connectionId, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var waiting = await db
            .Hooks.AsNoTracking()
            .Where(h => h.OrganizationId == who.OrganizationId && h.ConnectionId == connectionId && h.ReadAt == null)
            .Where(h => db.Connections.Any(c => c.OrganizationId == h.OrganizationId && c.Id == connectionId && !c.Paused))
            .OrderBy(h => h.Id)
            .Take(AtOnce)
            .Select(h => new { h.Id, h.Body.Length })
            .ToListAsync(cancel);
        var bytes = 0L;
        var ids = waiting.TakeWhile((h, i) => (bytes += h.Length) <= MostBytes || i == 0).Select(h => h.Id).ToList();
        return await db
            .Hooks.AsNoTracking()
            .Where(h => h.OrganizationId == who.OrganizationId && ids.Contains(h.Id))
            .OrderBy(h => h.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Some items of one event.</summary>
    /// <param name="From">The place of the first.</param>
    /// <param name="Count">How many the event has in all.</param>
    private sealed record Part(Hook Hook, int From, IReadOnlyList<ChannelItem> Items, int Count)
    {
        /// <summary>The place behind its last item.</summary>
        public int Next => From + Items.Count;

        /// <summary>With it the event is read.</summary>
        public bool IsLast => Next >= Count;
    }

    /// <summary>The items of the events in their order, cut into what is read in one save.</summary>
    private static IEnumerable<IReadOnlyList<Part>> Together(IEnumerable<Hook> hooks, ConnectionKind kind)
    {
        var (together, many) = (new List<Part>(), 0);
        foreach (var hook in hooks)
        {
            var items = ItemsOf(hook, kind);
            var from = hook.ItemsRead;
            do
            {
                var part = new Part(hook, from, [.. items.Skip(from).Take(AtOnce)], items.Count);
                if (many + part.Items.Count > AtOnce)
                {
                    yield return together;
                    (together, many) = ([], 0);
                }

                together.Add(part);
                many += part.Items.Count;
                from += AtOnce;
            } while (from < items.Count);
        }

        if (together.Count > 0)
        {
            yield return together;
        }
    }

    // An event that cannot be read at all is parked, so that those behind it are read.
    private static IReadOnlyList<ChannelItem> ItemsOf(Hook hook, ConnectionKind kind)
    {
        try
        {
            return Channel.Read(kind, hook.Body);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            return [new UnreadableItem("failed") { Part = -1 }];
        }
    }

    /// <summary>
    /// Reads some items in one save. If one of them cannot be stored, each half is read by itself, until the bad one stands alone and is
    /// parked.
    /// </summary>
    private static async Task ReadOrPark(IReadOnlyList<Part> parts, ConnectionKind kind, Actor who, BellhopDb db, CancellationToken cancel)
    {
        try
        {
            await ReadSome(parts, kind, who, db, cancel);
        }
        catch (Exception error) when (IsOfTheItem(error, parts, db, cancel))
        {
            if (parts is [{ Items.Count: 1 } bad])
            {
                await Park(bad, kind, who, db, cancel);
                return;
            }

            foreach (var half in Halves(parts))
            {
                await ReadOrPark(half, kind, who, db, cancel);
            }
        }
    }

    private static IReadOnlyList<Part>[] Halves(IReadOnlyList<Part> parts)
    {
        if (parts is [var only])
        {
            var half = only.Items.Count / 2;
            return
            [
                [only with { Items = [.. only.Items.Take(half)] }],
                [only with { From = only.From + half, Items = [.. only.Items.Skip(half)] }],
            ];
        }

        return
        [
            [.. parts.Take(parts.Count / 2)],
            [.. parts.Skip(parts.Count / 2)],
        ];
    }

    // A database that is away, full or busy is no fault of what was sent: the job is tried again.
    private static bool IsOfTheItem(Exception error, IReadOnlyList<Part> parts, BellhopDb db, CancellationToken cancel) =>
        parts.Any(p => p.Items.Count > 0) && !cancel.IsCancellationRequested && db.IsOfTheRows(error);

    /// <summary>Reads some items in one save. What another process has read meanwhile is left out.</summary>
    private static Task ReadSome(IReadOnlyList<Part> parts, ConnectionKind kind, Actor who, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                var mine = await Claim(parts, who, db, cancel);
                if (mine.Count == 0)
                {
                    return;
                }

                await db.WithoutDetectingChanges(async () =>
                {
                    var save = new ReadingSave(mine[0].Hook, who, db);
                    await save.LookUp([.. mine.Select(p => p.Hook.Id).Distinct()], [.. mine.SelectMany(p => p.Items)], cancel);
                    foreach (var (hook, item) in mine.SelectMany(p => p.Items.Select(i => (p.Hook, i))))
                    {
                        save.Hook = hook;
                        if (await ReceiveItem.Run(item, save, who, db, cancel) is { } reason)
                        {
                            await ParkItem.Run(item, reason, kind, save, db, cancel);
                        }
                    }
                });
            },
            cancel,
            alone: parts.Sum(p => p.Items.Count) > Few
        );

    private static Task Park(Part bad, ConnectionKind kind, Actor who, BellhopDb db, CancellationToken cancel) =>
        db.Save(
            async () =>
            {
                if ((await Claim([bad], who, db, cancel)).Count > 0)
                {
                    await ParkItem.Run(bad.Items[0], "failed", kind, new(bad.Hook, who, db), db, cancel);
                }
            },
            cancel
        );

    /// <summary>
    /// Moves the events' marks on, and returns the parts that nobody else has read. The rows stay locked until the save ends, so two
    /// processes never read the same items.
    /// </summary>
    private static async Task<List<Part>> Claim(IReadOnlyList<Part> parts, Actor who, BellhopDb db, CancellationToken cancel)
    {
        var (claimed, now) = (new HashSet<Guid>(), db.Now);
        await db.LockRows($"hooks", who.OrganizationId, [.. parts.Select(p => p.Hook.Id)], cancel);
        foreach (var some in parts.GroupBy(p => (p.From, p.Next, p.IsLast), p => p.Hook.Id))
        {
            var (from, next, readAt) = (some.Key.From, some.Key.Next, some.Key.IsLast ? now : (DateTime?)null);
            claimed.UnionWith(
                await db.Read(
                    $"""
                    UPDATE hooks SET items_read = {next}, read_at = {readAt}
                    WHERE organization_id = {who.OrganizationId} AND {db.Dialect.Among($"id", some)} AND items_read = {from}
                        AND read_at IS NULL
                    RETURNING id
                    """,
                    row => row.Id(),
                    cancel
                )
            );
        }

        var mine = parts.Where(p => claimed.Contains(p.Hook.Id)).ToList();
        if (mine.Find(p => p.IsLast) is { } last)
        {
            await db.Execute(
                $"""
                UPDATE connections SET last_event_at = {now}
                WHERE organization_id = {who.OrganizationId} AND id = {last.Hook.ConnectionId}
                """,
                cancel
            );
        }

        return mine;
    }
}
