using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bellhop.Data;
using Bellhop.Platform;

namespace Bellhop.Features.Intake;

/// <summary>
/// Some guests of an organisation, kept for a few minutes. <see cref="SearchPlanner"/> uses them to tell rare words from common ones. They
/// decide only how an answer is found, never the answer.
/// </summary>
internal sealed class SearchSample
{
    /// <summary>With this many guests or fewer no sample is taken, because reading all of them is cheap.</summary>
    public const int FewGuests = 3000;

    private const int Places = 50;
    private const int AtEachPlace = 40;

    private const int MostShares = 1000;

    // One in this many sampled guests is in Some, to test conditions on.
    private const int OneIn = 5;

    // A new sample is taken when the number of guests changes by more than one part in this many.
    private const int Drift = 8;

    private static readonly TimeSpan Keeps = TimeSpan.FromMinutes(5),
        Trusts = TimeSpan.FromSeconds(1);

    // The columns that a list may be sorted by.
    private static readonly string[] Columns = [.. Figures.Sorted.Select(key => JsonNamingPolicy.SnakeCaseLower.ConvertName(key[^1]))];

    private static readonly ConditionalWeakTable<DbHost, ConcurrentDictionary<(string Engine, int Organization), SearchSample>> Kept = [];

    private readonly DateTime _takenAt;
    private readonly Dictionary<string, (int[] Filled, int[] Empty)> _orders;
    private readonly BoundedCache<string, double> _shares = new(MostShares, StringComparer.Ordinal);
    private DateTime _checkedAt;

    private SearchSample(DateTime takenAt, long guests, List<(Guid Id, string Text, object?[] Keys)> rows)
    {
        (_takenAt, _checkedAt, Guests) = (takenAt, takenAt, guests);
        Texts = new(rows.ConvertAll(r => r.Text));
        Some = [.. rows.Where((_, i) => i % OneIn == 0).Select(r => r.Id)];
        var all = Enumerable.Range(0, rows.Count).ToList();
        _orders = Columns
            .Select(
                (column, i) =>
                    (
                        column,
                        all.Where(at => rows[at].Keys[i] is not null).OrderBy(at => rows[at].Keys[i], Comparer<object?>.Create(Compare)),
                        all.Where(at => rows[at].Keys[i] is null)
                    )
            )
            .ToDictionary(o => o.column, o => (o.Item2.ToArray(), o.Item3.ToArray()), StringComparer.Ordinal);
    }

    /// <summary>How many guests the organisation has.</summary>
    public long Guests { get; }

    /// <summary>Search texts of some guests, evenly spread; empty when there are few guests.</summary>
    public SampleTexts Texts { get; }

    /// <summary>The ids of a few sampled guests, to ask what share of the guests meets some conditions.</summary>
    private IReadOnlyList<Guid> Some { get; }

    /// <summary>Places in <see cref="Texts"/>, in the order of a column of contacts. Guests without a value come last.</summary>
    /// <returns>Null for a column that is not in the sample.</returns>
    public IEnumerable<int>? InOrder(string column, bool descending) =>
        _orders.TryGetValue(column, out var order)
            ? (descending ? Enumerable.Reverse(order.Filled) : order.Filled).Concat(order.Empty)
            : null;

    /// <summary>About what part of all guests meets some conditions. Kept as long as the sample.</summary>
    /// <param name="conditions">The conditions as text.</param>
    /// <param name="count">Counts the guests among these who meet them.</param>
    public async ValueTask<double> Share(string conditions, Func<IReadOnlyList<Guid>, Task<long>> count)
    {
        if (Some.Count == 0)
        {
            return 1;
        }

        if (!_shares.TryGet(conditions, out var share))
        {
            share = Math.Max(0.5, await count(Some)) / Some.Count;
            _shares.Set(conditions, share);
        }

        return share;
    }

    /// <summary>The organisation's sample. It is taken again when it is too old, or when the number of guests has changed much.</summary>
    public static async ValueTask<SearchSample> Of(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var samples = Kept.GetValue(db.Host, static _ => []);
        var key = (db.Engine, organizationId);
        var now = db.Now;
        if (samples.TryGetValue(key, out var sample) && now >= sample._takenAt && now - sample._takenAt <= Keeps)
        {
            if (now - sample._checkedAt <= Trusts)
            {
                return sample;
            }

            if (Math.Abs(await Count(organizationId, db, cancel) - sample.Guests) <= sample.Guests / Drift)
            {
                sample._checkedAt = now;
                return sample;
            }
        }

        return samples[key] = await Take(organizationId, db, cancel);
    }

    private static async Task<SearchSample> Take(int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var guests = await Count(organizationId, db, cancel);
        var rows = new List<(Guid, string, object?[])>();
        if (guests > FewGuests)
        {
            var (first, last) = (await End(Sql.None, organizationId, db, cancel), await End($" DESC", organizationId, db, cancel));
            for (var i = 0; i < Places; i++)
            {
                var from = Id(first + (ulong)((last - first) * Random.Shared.NextDouble()));
                rows.AddRange(await Read(from, organizationId, db, cancel));
            }
        }

        return new(db.Now, guests, rows);
    }

    private static Task<long> Count(int organizationId, BellhopDb db, CancellationToken cancel) =>
        db.ReadFirst(
            $"""
            SELECT CAST(coalesce(sum(amount), 0) AS bigint) FROM counters
            WHERE organization_id = {organizationId} AND property_id = {Guid.Empty} AND measure = {(int)Measure.Contacts:fixed}
            """,
            row => row.Long(),
            cancel
        );

    private static async Task<ulong> End(Sql way, int organizationId, BellhopDb db, CancellationToken cancel)
    {
        var end = await db.ReadFirst(
            $"SELECT id FROM contacts WHERE organization_id = {organizationId} ORDER BY id{way} LIMIT 1",
            row => row.Id(),
            cancel
        );
        return BinaryPrimitives.ReadUInt64BigEndian(end.ToByteArray(true));
    }

    private static Task<List<(Guid Id, string Text, object?[] Keys)>> Read(
        Guid from,
        int organizationId,
        BellhopDb db,
        CancellationToken cancel
    ) =>
        db.Read(
            $"""
            SELECT id, search, {Sql.Join(", ", Columns.Select(Sql.Name))} FROM contacts
            WHERE organization_id = {organizationId} AND id >= {from} ORDER BY id LIMIT {AtEachPlace:fixed}
            """,
            row => (row.Id(), row.Text(), Columns.Select(_ => row.Stored()).ToArray()),
            cancel
        );

    private static int Compare(object? one, object? other) =>
        one is string text ? string.CompareOrdinal(text, other as string) : Comparer<object>.Default.Compare(one!, other!);

    // An id begins with its time, so a point in time is a place in the table.
    private static Guid Id(ulong start)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, start);
        return new(bytes, true);
    }
}
