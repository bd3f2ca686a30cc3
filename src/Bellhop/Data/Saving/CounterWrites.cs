using System.Collections.Concurrent;

namespace Bellhop.Data;

/// <summary>What follows from a save's rows and is written at its end: the counters and the search index.</summary>
public abstract partial class BellhopDb
{
    private const int CountersAtOnce = 32;

    private static readonly ConcurrentDictionary<int, string> CounterTexts = [];
    private static readonly ParameterNames OrganizationNames = new("organization"),
        PropertyNames = new("property"),
        MeasureNames = new("measure"),
        AtNames = new("at"),
        AmountNames = new("amount");

    /// <summary>How many rows one counter is spread over, so that writers at once do not wait for one.</summary>
    protected abstract int Shards { get; }

    /// <summary>What the current save has gathered to write at its end.</summary>
    public SaveContext SaveContext { get; } = new();

    /// <summary>
    /// Inside a save: the figures of these contacts are computed anew at its end, though no tracked row of theirs changed. Time has
    /// passed, or rows were written past the tracker.
    /// </summary>
    /// <param name="stars">Whether the stars of their latest review are read anew too.</param>
    internal void Recompute(int organizationId, IEnumerable<Guid> contactIds, bool stars = false)
    {
        DemandTransaction();
        foreach (var id in contactIds)
        {
            SaveContext.Recount.Add((organizationId, id));
            if (stars)
            {
                SaveContext.Rerate.Add((organizationId, id));
            }
        }
    }

    /// <summary>Writes the gathered texts into the search index, where that is not an index of the table itself.</summary>
    protected virtual Task WriteSearch(CancellationToken cancel) => Task.CompletedTask;

    /// <summary>
    /// Ids that the search index does not know by the given text, and ids after <paramref name="after"/> up to <paramref name="to"/> that
    /// it knows and
    /// that are not among <paramref name="texts"/>. None where the index is the database's own and cannot stray.
    /// </summary>
    /// <param name="texts">By contact id, what the index should hold.</param>
    public abstract Task<IReadOnlyList<Guid>> Strayed(
        int organizationId,
        Guid after,
        Guid to,
        IReadOnlyDictionary<Guid, string> texts,
        CancellationToken cancel
    );

    /// <summary>
    /// Inside a save: makes the search index anew from the contacts' texts, of all organisations. Other writers wait meanwhile.
    /// </summary>
    public abstract Task RebuildSearch(CancellationToken cancel);

    private async Task WriteCountersAndSearch(CancellationToken cancel)
    {
        await WriteSearch(cancel);
        await WriteArrivals(cancel);
        var counters = SaveContext.Counters.Where(t => t.Value != 0).ToList();
        if (counters.Count == 0)
        {
            return;
        }

        // In the order of the key, so that two writers never wait for each other in a circle.
        counters.Sort((a, b) => a.Key.CompareTo(b.Key));
        var shard = (short)(Shards == 1 ? 0 : Random.Shared.Next(Shards));
        foreach (var some in counters.Chunk(CountersAtOnce))
        {
            await using var statement = await Write(CounterTexts.GetOrAdd(some.Length, AddToCountersText), cancel);
            statement.With("shard", shard);
            for (var i = 0; i < some.Length; i++)
            {
                var ((organization, property, measure, at), amount) = some[i];
                statement
                    .With(OrganizationNames[i], organization)
                    .With(PropertyNames[i], Stored(property))
                    .With(MeasureNames[i], measure)
                    .With(AtNames[i], at)
                    .With(AmountNames[i], amount);
            }

            await statement.Command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string AddToCountersText(int count) =>
        "INSERT INTO counters (organization_id, property_id, measure, at, shard, amount) VALUES "
        + string.Join(
            ", ",
            Enumerable
                .Range(0, count)
                .Select(i =>
                    $"(@{OrganizationNames[i]}, @{PropertyNames[i]}, @{MeasureNames[i]}, @{AtNames[i]}, @shard, @{AmountNames[i]})"
                )
        )
        + " ON CONFLICT (organization_id, property_id, measure, at, shard) DO UPDATE SET amount = counters.amount + excluded.amount";
}
